import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the project lies. No other file may ask where it lies itself: start.mjs joins them into one script. */
export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Path of one of the project's files or folders, by its name from the top. */
export const projectFile = (name: string): string => join(projectFolder, name);
