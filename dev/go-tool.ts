import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cached } from "./cache.ts";

export interface GoTool {
  /** With a go.mod that pins the module and names the command as a tool, and its go.sum. */
  readonly folder: string;
  readonly version: string;
  /** The import path of the command. */
  readonly command: string;
}

/** Where a program is once it is built. */
export const placeOf = ({ version, command }: GoTool): string => cached(basename(command), version, basename(command));

/** The path of a program out of the Go module proxy, which is built once. */
export function goTool(tool: GoTool): string {
  const { folder, command } = tool;
  const name = basename(command);
  const place = placeOf(tool);
  if (existsSync(place)) return place;
  mkdirSync(dirname(place), { recursive: true });
  const temporary = mkdtempSync(`${place}.`);
  const build = ["build", "-trimpath", "-ldflags=-s", "-o", join(temporary, name), command];
  const env = { ...process.env, GOFLAGS: "-mod=readonly", CGO_ENABLED: "0" };
  const done = spawnSync("go", build, { cwd: folder, env, encoding: "utf8" });
  if (done.status !== 0)
    throw new Error(`${name} cannot be built; it requires Go 1.25 or newer: ${done.error ?? done.stderr}`);
  renameSync(join(temporary, name), place);
  rmSync(temporary, { recursive: true });
  return place;
}
