import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../model/project.ts";

/** The generator of the documentation's site, with packages of its own: users and most checks need none of them. */
export const siteFolder = projectFile("dev/site");

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

const versionIn = (file: string): string | undefined => {
  if (!existsSync(file)) return undefined;
  const { packages }: Lock = JSON.parse(readFileSync(file, "utf8"));
  return packages["node_modules/vitepress"]?.version;
};

/** Of the generator, as the lock file pins it. */
export const siteVersion = versionIn(join(siteFolder, "package-lock.json")) ?? "";

export const hasSitePackages = (): boolean =>
  versionIn(join(siteFolder, "node_modules/.package-lock.json")) === siteVersion;

export function installSitePackages(): void {
  const words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", words, { cwd: siteFolder, stdio: ["ignore", "ignore", "inherit"] });
}
