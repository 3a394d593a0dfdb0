import { readFileSync } from "node:fs";
import { projectFile } from "../project.ts";
import { isAtLeast } from "./release.ts";

/** A setting of Ant Media Server, as its source text at each release's tag declares it. */
export interface AmsSetting {
  /** `application`: each application's own, in red5-web.properties; `server`: in conf/red5.properties. */
  readonly scope: "application" | "server";
  readonly name: string;
  readonly type: "int" | "number" | "boolean" | "text";
  /** First release of the table that has it. @default the table's first */
  readonly since?: string;
  /** Last release of the table that has it. @default the table's newest */
  readonly until?: string;
  /** What REST calls it. @default the name */
  readonly field?: string;
  /** Value of the newest release. @default none */
  readonly byDefault?: string;
}

export interface AmsSettings {
  readonly newestRelease: string;
  readonly settings: readonly AmsSetting[];
}

let table: AmsSettings | undefined;

/**
 * The settings of all releases from 2.10 on, from model/ams/ams-settings.tsv, which `npm run ams-settings` renews. Read when
 * something asks for it: most stacks set no property of AMS.
 */
export function amsSettings(): AmsSettings {
  table ??= readTable(readFileSync(projectFile("model/ams/ams-settings.tsv"), "utf8"));
  return table;
}

function readTable(text: string): AmsSettings {
  const [releases = "", , ...rows] = text.trimEnd().split("\n");
  return { newestRelease: releases.split(" ").at(-1) ?? "", settings: rows.map(readRow) };
}

function readRow(row: string): AmsSetting {
  const [scope, name = "", type, since = "", until = "", field = "", byDefault = ""] = row.split("\t");
  if (scope !== "application" && scope !== "server") throw new Error(`unknown setting scope: ${row}`);
  if (type !== "int" && type !== "number" && type !== "boolean" && type !== "text")
    throw new Error(`unknown setting type: ${row}`);
  const given = Object.entries({ since, until, field, byDefault }).filter(([, value]) => value !== "");
  return { scope, name, type, ...Object.fromEntries(given) };
}

const settingsIn = (scope: AmsSetting["scope"]): readonly AmsSetting[] =>
  amsSettings().settings.filter((setting) => setting.scope === scope);

/** The setting of this name, in whatever release of the table. */
export const knownSetting = (scope: AmsSetting["scope"], name: string): AmsSetting | undefined =>
  settingsIn(scope).find((setting) => setting.name === name);

/** The settings that a release of the table has. */
export const settingsOf = (scope: AmsSetting["scope"], release: string): readonly AmsSetting[] =>
  settingsIn(scope).filter((setting) => isIn(setting, release));

/** Whether a release of the table has the setting. */
export const isIn = ({ since, until }: AmsSetting, release: string): boolean =>
  (since === undefined || isAtLeast(release, since)) && (until === undefined || isAtLeast(until, release));
