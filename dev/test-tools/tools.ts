import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { projectFolder } from "../../model/project.ts";
import { gatewayTool } from "../../test/ams/bucket-server.ts";
import { amsClasses, classesVersion, placeOfClasses } from "../../test/ams/classes.ts";
import { collectorTool } from "../../test/machine/forward/receivers.ts";
import { pebbleTool } from "../../test/proxy/authority.ts";
import { debian13, debianRoot, machineRoot, placeOfRoot, type Root } from "../../test/support/debian-root.ts";
import { ferretdb, hasFerretdb } from "../../test/support/ferretdb.ts";
import { actionlintTool } from "../actionlint.ts";
import { checkovVersion, findCheckov, installCheckov } from "../checkov.ts";
import { findEngine } from "../engine.ts";
import { type GoTool, goTool, placeOf } from "../go-tool.ts";
import { installNewest, isInstalled, recorded } from "../newest-set.ts";
import { findWebSdk, installWebSdk, webSdkVersion } from "../web-sdk.ts";
import { installPackages, missingPackages } from "./debian.ts";
import { hasSitePackages, installSitePackages, siteVersion } from "./site.ts";

/** Lanes of tools that are installed one after the other; the first one before the others, which run beside each other. */
export const lanes = ["packages", "build", "fetch"] as const;
export type Lane = (typeof lanes)[number];

/** What the tests start that is neither of this project nor a package of npm's. */
export interface Tool {
  readonly lane: Lane;
  /** In words; undefined when all of it is here. */
  readonly missing: () => string | undefined;
  readonly install: () => void;
  /** No test that a commit waits for starts it. */
  readonly nightly?: boolean;
}

const isRoot = process.getuid?.() === 0;

const one = (what: string, isHere: () => boolean, install: () => void, lane: Lane = "fetch"): Tool => ({
  lane,
  missing: () => (isHere() ? undefined : what),
  install,
});

const nightly = (tool: Tool): Tool => ({ ...tool, nightly: true });

const built = (what: string, tool: GoTool): Tool =>
  one(
    `${what} ${tool.version}, from the Go module proxy`,
    () => existsSync(placeOf(tool)),
    () => void goTool(tool),
    "build",
  );

const packages: Tool = {
  lane: "packages",
  missing() {
    const names = missingPackages();
    return names.length === 0 ? undefined : `Debian packages: ${names.join(" ")}`;
  },
  install: () => installPackages(missingPackages()),
};

/** Only root makes one. */
const root = (what: string, words: Root): Tool =>
  one(
    `${what}, in ~/.cache/ams-cluster`,
    () => !isRoot || existsSync(placeOfRoot(words)),
    () => debianRoot(words),
  );

const buildEngine = (): void => {
  execFileSync(process.execPath, ["start.mjs", "dev/engine.ts"], { cwd: projectFolder, stdio: "inherit" });
};

const newest = `from npm, in a separate directory: ${Object.entries(recorded)
  .map((pair) => pair.join(" "))
  .join(", ")}`;

/** In each lane in the order in which they are installed. */
export const tools: readonly Tool[] = [
  packages,
  one("Pulumi's engine, from the Go module proxy", () => findEngine() !== undefined, buildEngine, "build"),
  one(`Checkov ${checkovVersion}, from PyPI`, () => findCheckov() !== undefined, installCheckov),
  one(`Ant Media's JavaScript SDK ${webSdkVersion}, from npm`, () => findWebSdk() !== undefined, installWebSdk),
  built("actionlint", actionlintTool),
  nightly(one(newest, isInstalled, installNewest)),
  nightly(one(`VitePress ${siteVersion}, from npm, in dev/site`, hasSitePackages, installSitePackages)),
  one("FerretDB, from the Go module proxy", hasFerretdb, ferretdb, "build"),
  built("Pebble", pebbleTool),
  built("Versity's S3 gateway", gatewayTool),
  built("the OpenTelemetry Collector", collectorTool),
  one(
    `Ant Media Server's classes ${classesVersion}, from Maven Central`,
    () => existsSync(placeOfClasses()),
    amsClasses,
  ),
  root("a Debian 12 root file system for the boot rehearsals", machineRoot),
  root("a Debian 13 root file system with its proxies", debian13),
];
