import { readFileSync } from "node:fs";
import { reasonOf, UsageError } from "./faults.ts";

/** The text of a file that the command line names; `-` is standard input. `name` is what the fault calls it. */
export function readInput(file: string, name = file): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`${name}: can't be read: ${reasonOf(error)}`);
  }
}
