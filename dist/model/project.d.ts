import { projectFolder } from "./project.cjs";
export { projectFolder };
/** Path of one of the project's files or folders, by its name from the top. */
export declare const projectFile: (name: string) => string;
