import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { isAtLeast } from "../model/ams/release.ts";
import { projectFile } from "../model/project.ts";
import { UsageError } from "../tools/cli/faults.ts";
import { value } from "../tools/cli/options.ts";
import { commandOf, runWords } from "../tools/cli/run.ts";
import { readProperties, readSettings, type Setting } from "./ams-settings/source.ts";

/** The first release whose settings the table has: the one before the oldest that is supported. */
const firstRelease = "2.10.0";

type Releases = readonly string[];
type Git = (...words: readonly string[]) => string;

/** `npm run ams-settings`: the table anew, from the source text at each release's tag. */
const renew = commandOf(
  "ams-settings",
  {
    summary: "Updates model/ams/ams-settings.tsv, which lists the settings of each Ant Media Server release.",
    options: { git: value("dir", "clone of https://github.com/ant-media/Ant-Media-Server with its tags; required") },
    notes:
      "Afterwards, set the default of ams:media.version in config/sections/media.ts to the newest release, and read the\n" +
      "table's diff: a setting that the cluster writes, or that breaks a node, belongs in model/ams/reserved-properties.ts.",
    exitCodes: "0 on success, 2 if the command line is invalid.",
    examples: ["--git ../Ant-Media-Server"],
  },
  async ({ git: folder }) => {
    if (folder === undefined) throw new UsageError("--git DIR is required");
    const git: Git = (...rest) =>
      execFileSync("git", ["-C", folder, ...rest], { encoding: "utf8", maxBuffer: 1 << 24 });
    writeFileSync(projectFile("model/ams/ams-settings.tsv"), tableOf(git));
    return 0;
  },
);

function tableOf(git: Git): string {
  const releases = git("tag", "--list", "ams-v*")
    .split("\n")
    .flatMap((tag) => /^ams-v(\d+\.\d+\.\d+)$/.exec(tag)?.[1] ?? [])
    .filter((release) => isAtLeast(release, firstRelease))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const rows = ["application", "server"].flatMap((scope) => {
    const byRelease = releases.map((release) => (scope === "server" ? serverAt(git, release) : appAt(git, release)));
    return rowsOf(scope, releases, byRelease);
  });
  return `${[`# releases ${releases.join(" ")}`, "scope\tname\ttype\tsince\tuntil\tfield\tdefault", ...rows].join("\n")}\n`;
}

const textAt = (git: Git, release: string, path: string): string => git("show", `ams-v${release}:src/main/${path}`);

const appAt = (git: Git, release: string): ReadonlyMap<string, Setting> =>
  readSettings(textAt(git, release, "java/io/antmedia/AppSettings.java"));

/** What conf/red5.properties may hold: the settings that ServerSettings reads, and those that the file itself lists. */
const serverAt = (git: Git, release: string): ReadonlyMap<string, Setting> =>
  new Map([
    ...readProperties(textAt(git, release, "server/conf/red5.properties")),
    ...readSettings(textAt(git, release, "java/io/antmedia/settings/ServerSettings.java")),
  ]);

/** A row for each name: the type and default of its newest release, and the first and last release that has it. */
function rowsOf(
  scope: string,
  releases: Releases,
  byRelease: readonly ReadonlyMap<string, Setting>[],
): readonly string[] {
  const names = [...new Set(byRelease.flatMap((settings) => [...settings.keys()]))].sort();
  return names.map((name) => {
    const first = byRelease.findIndex((settings) => settings.has(name));
    const last = byRelease.reduce((newest, settings, index) => (settings.has(name) ? index : newest), first);
    const { type = "", byDefault = "", field = "" } = byRelease[last]?.get(name) ?? {};
    const since = first === 0 ? "" : releases[first];
    const until = last === releases.length - 1 ? "" : releases[last];
    return [scope, name, type, since, until, scope === "application" ? field : "", byDefault].join("\t").trimEnd();
  });
}

void runWords(renew, process.argv.slice(2));
