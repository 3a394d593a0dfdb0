import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { projectFile } from "../model/project.ts";

/** Pinned, with all that it needs, by dev/actionlint/go.mod and go.sum; a newer one is a change to all three. */
const version = "1.7.12";

/** Where it is once it is built. */
export function placeOfActionlint(): string {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(cache, "ams-cluster", "actionlint", version, "actionlint");
}

/** Builds beside the place and renames, so that an interrupted build leaves nothing that looks whole. */
function build(place: string): void {
  const parent = dirname(place);
  mkdirSync(dirname(parent), { recursive: true });
  const temporary = mkdtempSync(`${parent}.`);
  try {
    const run = spawnSync(
      "go",
      ["build", "-trimpath", "-o", join(temporary, "actionlint"), "github.com/rhysd/actionlint/cmd/actionlint"],
      {
        cwd: projectFile("dev/actionlint"),
        env: { ...process.env, GOFLAGS: "-mod=readonly", CGO_ENABLED: "0" },
        encoding: "utf8",
      },
    );
    if (run.status !== 0) {
      throw new Error(
        `actionlint ${version} can't be built, with Go 1.25 or newer, into ${parent}:\n${run.error?.message ?? run.stderr}`,
      );
    }
    if (!existsSync(parent)) renameSync(temporary, parent);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The path of the pinned actionlint, the linter of GitHub's workflows; built with Go into the user's cache when missing. */
export function actionlint(): string {
  const place = placeOfActionlint();
  if (!existsSync(place)) build(place);
  return place;
}
