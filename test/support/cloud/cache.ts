import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached as cachePath } from "../../../dev/cache.ts";

const directory = cachePath("sdk");

/** A value that is dear to compute, kept in the user's cache. The key names everything that the value depends on. */
export function cached<T>(key: string, compute: () => T): T {
  const file = join(directory, `${key}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    const value = compute();
    keep(file, JSON.stringify(value));
    return value;
  }
}

/** Written beside and renamed, so that nobody reads half a file; a cache that can't be written is no cache. */
function keep(file: string, text: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    const own = `${file}.${process.pid}`;
    writeFileSync(own, text);
    renameSync(own, file);
  } catch {
    return;
  }
}
