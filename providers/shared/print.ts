import { createHash } from "node:crypto";

/** Names something by what it is and not by its place in a list. */
export const print = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);
