import { existsSync } from "node:fs";
import { projectFile } from "../../model/project.ts";

/** The package's command, and the script that runs it here. */
export const program = "ams-cluster";

/** Whether this is the package's build, in the place of the project's own files. */
export const isInstalled = !existsSync(projectFile("start.mjs"));

/** What a person types: `npm run plan -- aws` here, `npx ams-cluster plan aws` with the package. */
export function commandLine(name: string, words = ""): string {
  if (isInstalled) return ["npx", program, ...(name === program ? [] : [name]), words].join(" ").trim();
  return `npm run ${name}${words === "" ? "" : ` -- ${words}`}`;
}
