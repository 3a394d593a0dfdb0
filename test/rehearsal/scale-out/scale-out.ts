/**
 * Scale-outs of one machine each, in turn: ours, with the vendor's user data, with none; and what each takes.
 * node --import tsx test/rehearsal/scale-out/scale-out.ts [ROUNDS] prints them as JSON; `npm run bench -- --only rehearsal` has rows.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../machine/rig.ts";
import { cluster } from "../../support/cluster.ts";
import { debianRoot, machineRoot } from "../../support/debian-root.ts";
import { ferretdb } from "../../support/ferretdb.ts";
import { Machine } from "../machine.ts";
import { secretName, secretWith } from "../secret.ts";
import { addresses, Site } from "../site.ts";
import { countTraffic, resetTraffic, type Traffic, traffic } from "../traffic.ts";
import { mirrored, vendorUserData } from "./vendor.ts";

/** What a machine has taken since it was started. */
interface Taken extends Traffic {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Processes and threads. */
  readonly started: number;
}

export interface ScaleOut {
  /** When AMS starts as a node of the cluster. */
  readonly ams: Taken;
  /** Ours: when the balancer gets in. The vendor's: when it signals that it is ready. */
  readonly ready: Taken;
  readonly steps: readonly { readonly text: string; readonly seconds: number }[];
}

export interface ScaleOuts {
  readonly ours: readonly ScaleOut[];
  readonly vendor: readonly ScaleOut[];
  readonly leanVendor: readonly ScaleOut[];
  readonly empty: readonly ScaleOut[];
}

interface Kind {
  readonly seed: (machine: Machine) => Machine;
  readonly amsStarts: (machine: Machine) => boolean;
  readonly isReady: (machine: Machine) => boolean;
}

const password = "appPassword0123456789";
/** A whole installation on a machine that does other things too. */
const limitSeconds = 900;
const inCluster = (machine: Machine): boolean => machine.events().includes("ams start cluster");
const booted = (machine: Machine): boolean => existsSync(`${machine.root}/var/lib/cloud/data/result.json`);

const vendor = (options?: string): Kind => ({
  seed: (machine) => {
    const database = `mongodb://ams:${password}@${addresses.database}:27017`;
    return machine.installAms().seedWith(vendorUserData(database, options));
  },
  amsStarts: inCluster,
  isReady: (machine) => machine.events().includes("cfn-signal 0"),
});

const kinds: Readonly<Record<keyof ScaleOuts, Kind>> = {
  ours: {
    seed: (machine) => machine.installAms().seed(cluster(), "origin"),
    amsStarts: inCluster,
    isReady: (machine) => machine.has("/run/ams-cluster/admitted") && machine.isOpen(),
  },
  vendor: vendor(),
  // For an image that has the compiler already, which pip's package recommends.
  leanVendor: vendor("--no-install-recommends"),
  // A boot that does nothing, of an image without AMS: what no user data can go below.
  empty: { seed: (machine) => machine.seedWith("#cloud-config\n{}\n"), amsStarts: booted, isReady: booted },
};

async function scaleOut(site: Site, base: string, name: string, kind: Kind): Promise<ScaleOut> {
  const machine = mirrored(kind.seed(new Machine(site, base, name, "10.0.0.11")));
  resetTraffic(site);
  const begin = performance.now();
  const taken = (): Taken => ({
    seconds: (performance.now() - begin) / 1e3,
    cpuSeconds: machine.cpuSeconds(),
    started: machine.started(),
    ...traffic(site),
  });
  try {
    machine.boot();
    await machine.sees("AMS's start", () => kind.amsStarts(machine), limitSeconds);
    const ams = taken();
    await machine.sees("the end", () => kind.isReady(machine), limitSeconds);
    const ready = taken();
    return { ams, ready, steps: machine.steps() };
  } finally {
    await machine.destroy();
  }
}

/** The server of all that the vendor's user data downloads, which is made the first time. */
function serveDownloads(site: Site, base: string): void {
  const done = run(join(import.meta.dirname, "vendor-downloads.sh"), [base]);
  if (done.status !== 0) throw new Error(`vendor-downloads.sh: ${done.all.slice(-2000)}`);
  const server = 'exec python3 -m http.server --directory "$0" --bind "$1" 80 2>/dev/null';
  site.spawn("sh", "-c", server, done.out.trim(), addresses.router);
}

const rounds = Number(process.argv[2] ?? 1);
const site = await Site.start();
try {
  const base = debianRoot(machineRoot);
  site.cloud.secrets.set(secretName, secretWith(password));
  await site.databaseUp(ferretdb(), password);
  serveDownloads(site, base);
  countTraffic(site);
  // The cluster's first machine makes its administrator; a scale-out finds one.
  await scaleOut(site, base, "first", kinds.ours);
  const results: Record<string, ScaleOut[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, kind] of Object.entries(kinds))
      results[name] = [...(results[name] ?? []), await scaleOut(site, base, `${name}-${round}`, kind)];
  }
  console.log(JSON.stringify(results));
} finally {
  await site.stop();
}
