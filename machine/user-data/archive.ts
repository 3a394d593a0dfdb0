import { createHash } from "node:crypto";
import type { MachineFile } from "./render.ts";

/**
 * The agent of one kind of machine as an object of the stack's bucket. Its text says all of it: which files, line by line,
 * and what the machine runs once they are there. JSON in the order of the paths is the same bytes everywhere, as no tar or
 * gzip of a library's next version is, both clouds' APIs take it as it is, and a diff can be read.
 */
export interface Archive {
  /** SHA-256 of the text in UTF-8, in hexadecimal. */
  readonly digest: string;
  readonly text: string;
}

export function toArchive(files: readonly MachineFile[], commands: readonly (readonly string[])[]): Archive {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const lines = sorted.map(({ path, text }) => [path, text.replace(/\n$/, "").split("\n")]);
  const text = `${JSON.stringify({ files: Object.fromEntries(lines), commands }, undefined, 1)}\n`;
  return { digest: createHash("sha256").update(text).digest("hex"), text };
}

/** The object's key in the bucket: an archive is never replaced, since each digest is an object of its own. */
export const archiveKey = ({ digest }: Archive): string => `agent/${digest}.json`;
