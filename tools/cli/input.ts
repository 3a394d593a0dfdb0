import { readFileSync } from "node:fs";
import { reasonOf, UsageError } from "./faults.ts";

/** The text of a file that the command line names; `-` is standard input. `name` is what the fault calls it. */
export function readInput(file: string, name = file): string {
  try {
    return decoded(readFileSync(file === "-" ? 0 : file));
  } catch (error) {
    throw new UsageError(`${name}: cannot be read: ${reasonOf(error)}`);
  }
}

/** PowerShell's `>` writes UTF-16, or UTF-8 with a mark at its beginning. */
function decoded(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
