import { join } from "node:path";
import { projectFolder } from "./project.cjs";

export { projectFolder };

/** Path of one of the project's files or folders, by its name from the top. */
export const projectFile = (name: string): string => join(projectFolder, name);
