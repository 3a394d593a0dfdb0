import type { MachineFile } from "./render.js";
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
export declare function toArchive(files: readonly MachineFile[], commands: readonly (readonly string[])[]): Archive;
/** The object's key in the bucket: an archive is never replaced, since each digest is an object of its own. */
export declare const archiveKey: ({ digest }: Archive) => string;
