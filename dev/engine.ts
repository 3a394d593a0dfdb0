import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFile, projectFolder } from "../model/project.ts";
import { cached } from "./cache.ts";

/**
 * `npm run engine`: finds Pulumi's command line, or builds it from the Go sources that dev/engine pins, into the
 * user's cache. The last line that it prints is the path of `pulumi`.
 */

/** The version that the tests use, and that the workflows install. */
export const pulumiVersion = "3.258.0";

/** The pinned sources. The language host is older: its newer versions are released only together with the full CLI. */
const pinned = [
  {
    name: "pulumi",
    module: "dev/engine/pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: pulumiVersion,
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pulumiVersion}`,
  },
  {
    name: "pulumi-language-nodejs",
    module: "dev/engine/language-host",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "3.68.0",
    flags: "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.68.0",
  },
] as const;

/** A command line that is older than the program's SDK is not tried. */
const oldest = [3, 248, 0] as const;

/** A `pulumi` with its language host for Node.js. */
export interface Engine {
  readonly pulumi: string;
  /** Goes first on the engine's PATH: the language host lies there. */
  readonly directory: string;
  readonly version: string;
  readonly from: "PULUMI" | "PATH" | "cache";
  /** The host that is built here is too old to read Pulumi.yaml's options for Node. */
  readonly readsOptions: boolean;
}

/** For NODE_OPTIONS: what Pulumi.yaml says, where the language host does not read it. */
export const nodeOptions = ({ readsOptions }: Engine): string =>
  readsOptions ? "" : `--import ${pathToFileURL(projectFile("dev/engine/host-options.mjs")).href}`;

const cacheDirectory = (): string => cached("engine", pinned.map((part) => part.version).join("-"));

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(pulumi: string): string | undefined {
  const run = spawnSync(pulumi, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
  });
  return run.stdout?.match(/^v?(\d+\.\d+\.\d+)/)?.[1];
}

function isRecent(version: string): boolean {
  const numbers = version.split(".").map(Number);
  const difference = oldest.map((least, index) => (numbers[index] ?? 0) - least).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}

function inspect(pulumi: string, from: Engine["from"]): Engine | undefined {
  const directory = dirname(pulumi);
  if (!isExecutable(pulumi) || !isExecutable(join(directory, "pulumi-language-nodejs"))) return undefined;
  const version = versionOf(pulumi);
  if (version === undefined || !isRecent(version)) return undefined;
  return { pulumi, directory, version, from, readsOptions: from !== "cache" && directory !== cacheDirectory() };
}

/** The engine of $PULUMI, of the PATH, or the one built before; undefined when there is none. */
export function findEngine(): Engine | undefined {
  const named = process.env["PULUMI"];
  if (named !== undefined && named !== "") return inspect(named, "PULUMI");
  const directories = (process.env["PATH"] ?? "").split(delimiter).filter((directory) => directory !== "");
  for (const directory of directories) {
    const engine = inspect(join(directory, "pulumi"), "PATH");
    if (engine !== undefined) return engine;
  }
  return inspect(join(cacheDirectory(), "pulumi"), "cache");
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function build(part: (typeof pinned)[number], directory: string): void {
  console.log(`building ${part.name} ${part.version} (takes minutes, only once)`);
  const output = join(directory, part.name);
  const run = spawnSync("go", ["build", "-trimpath", "-ldflags", part.flags, "-o", output, part.package], {
    cwd: join(projectFolder, part.module),
    env: { ...process.env, GOFLAGS: `${process.env["GOFLAGS"] ?? ""} -mod=readonly`.trim(), CGO_ENABLED: "0" },
    stdio: "inherit",
  });
  if (run.status !== 0)
    fail(`go build of ${part.name} failed with ${run.status ?? run.signal}; see its messages above.`);
}

/** Builds beside the place and renames, so that an interrupted build leaves nothing that looks whole. */
function buildEngine(): void {
  if (spawnSync("go", ["version"]).status !== 0) {
    fail(
      "No pulumi 3.248 or newer with its pulumi-language-nodejs was found through $PULUMI, the PATH or the cache, and " +
        "Go is not available to build one. Install the Pulumi CLI (https://www.pulumi.com/docs/install/) or Go 1.25 or " +
        "newer (https://go.dev/doc/install), then run this again.",
    );
  }
  const place = cacheDirectory();
  mkdirSync(dirname(place), { recursive: true });
  const temporary = mkdtempSync(`${place}.`);
  try {
    for (const part of pinned) build(part, temporary);
    if (existsSync(place)) rmSync(place, { recursive: true });
    renameSync(temporary, place);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function main(): void {
  const named = process.env["PULUMI"];
  if (findEngine() === undefined) {
    if (named) fail(`PULUMI=${named} is not pulumi 3.248 or newer with pulumi-language-nodejs in the same directory.`);
    buildEngine();
  }
  const engine = findEngine();
  if (engine === undefined)
    fail(`The engine in ${cacheDirectory()} does not start. Remove that directory and try again.`);
  console.log(`pulumi ${engine.version} (${engine.from})`);
  console.log(engine.pulumi);
}

if (process.argv[1] === projectFile("dev/engine.ts")) main();
