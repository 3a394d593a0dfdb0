import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { closeAll } from "../../machine/site.ts";
import { walkThrough } from "./applications.ts";
import { ask } from "./ask.ts";
import { must } from "./command.ts";
import { conform, notAsked, type Outcome } from "./conform.ts";
import type { Mode } from "./conformance.ts";
import { startMongo } from "./database.ts";
import { begin, type Trial } from "./trial.ts";

/**
 * The part of `npm run test:ams` that runs in namespaces of its own (run.ts, namespace.sh): inside.ts SECONDS. /tmp/home is the
 * copy of the installation.
 */
const [seconds = "900"] = process.argv.slice(2);
const copies = { standalone: "/tmp/home", cluster: "/tmp/second" } as const;
/** Where the vendor's scripts and unit look for it, whatever they are told. */
const place = "/usr/local/antmedia";
const address = "10.0.0.11";

const say = (text: string): void => void process.stdout.write(`${text}\n`);
let differs = false;

function tell({ what, differences }: Outcome): void {
  differs ||= differences.length > 0;
  say(differences.length === 0 ? `  ok       ${what}` : `  DIFFERS  ${what}: ${differences.join("; ")}`);
}

async function tried(what: string, step: () => Promise<void>): Promise<void> {
  const begin = Date.now();
  try {
    await step();
    tell({ what: `${what} (${Math.round((Date.now() - begin) / 1000)} s)`, differences: [] });
  } catch (error) {
    tell({ what, differences: [error instanceof Error ? error.message : String(error)] });
  }
}

/** The trial's installation under the one name that the vendor's files know. */
function settle(installation: string): void {
  must("mount", ["--bind", installation, place]);
}

async function run(mode: Mode): Promise<string> {
  const home = copies[mode];
  const shared = { mode, seconds: Number(seconds) };
  const database = mode === "cluster" ? { database: await startMongo("/tmp/database") } : {};
  const trials: Trial[] = [];
  let version = "";
  await tried("our programs make it a member, with its applications on the settings of their files", async () => {
    trials.push(await begin({ ...shared, ...database, address, home, port: 5080, settle }));
  });
  const [real] = trials;
  if (real !== undefined) {
    const standIn = await begin({ ...shared, address: "10.0.0.12" });
    const { value } = await ask({ path: "/rest/v2/version", by: "node" }, real.server);
    version = Object.values(value ?? {}).join(" ");
    const [leave, ...rest] = [...real.steps].reverse();
    for (const [what, step] of rest.reverse()) await tried(what, step);
    for (const outcome of await conform(mode, standIn, real)) tell(outcome);
    for (const outcome of await walkThrough(standIn.server, real.server, shared.seconds)) tell(outcome);
    if (leave !== undefined) await tried(...leave);
  }
  await closeAll();
  must("umount", [place]);
  return version;
}

const isHere = (program: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(`${folder}/${program}`));

function clusterHindrance(version: string): string | undefined {
  if (!/enterprise/i.test(version)) return `this edition has no cluster (${version || "it did not say its version"})`;
  return isHere("mongod") ? undefined : "there is no mongod on the PATH; a cluster needs a database of its own here";
}

must("cp", ["-a", "--reflink=auto", copies.standalone, copies.cluster]);
say("standalone");
const version = await run("standalone");
const why = clusterHindrance(version);
if (why === undefined) {
  say("cluster");
  await run("cluster");
}
say(`version: ${version}`);
say("not asked");
for (const line of notAsked(new Map([["cluster", why]]))) say(`  ${line}`);
process.exit(differs ? 1 : 0);
