import { homedir } from "node:os";
import { join } from "node:path";

/** Where what is built, installed or computed once stays: the user's cache. */
export const cached = (...names: readonly string[]): string =>
  join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "ams-cluster", ...names);
