import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cached } from "./cache.ts";

/** The scanner that the policy's tests ask for a second opinion; from PyPI, into the user's cache. */
export const checkovVersion = "3.3.30";

const place = cached("checkov", checkovVersion);

/** Checkov's program, once it is installed. */
export function findCheckov(): string | undefined {
  const program = join(place, "bin", "checkov");
  return existsSync(join(place, "complete")) && existsSync(program) ? program : undefined;
}

/** Installs it, in half a minute; a virtual environment can't be moved, so that a mark says when it is whole. */
export function installCheckov(): void {
  if (findCheckov() !== undefined) return;
  console.error(`installing Checkov ${checkovVersion} (only once)`);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  execFileSync("python3", ["-m", "venv", place], { stdio: "inherit" });
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `checkov==${checkovVersion}`];
  execFileSync(join(place, "bin", "python3"), pip, { stdio: "inherit" });
  writeFileSync(join(place, "complete"), "");
}
