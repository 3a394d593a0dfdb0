import { readFileSync } from "node:fs";
import type { Cloud } from "../../config/types.ts";
import { projectFile } from "../project.ts";
import type { Machine } from "./capacity.ts";
import { sources } from "./figures.ts";

/** What the clouds' instance types have, from `model/capacity/*.json`; a test holds the files' form. */

export interface Source {
  readonly what: string;
  readonly url: string;
}

export interface MachineTable {
  readonly cloud: Cloud;
  /** Keys of `sources`, for the two kinds of figures. */
  readonly network: string;
  readonly internet: string;
  readonly sources: Readonly<Record<string, Source>>;
  readonly machines: readonly {
    readonly type: string;
    readonly vcpus: number;
    readonly gpu: boolean;
    readonly networkMbps: number;
    /** Absent where the public address has a peak of its own. */
    readonly internetMbps?: number;
  }[];
}

const tables = new Map<Cloud, MachineTable>();

function tableOf(cloud: Cloud): MachineTable {
  const table = tables.get(cloud) ?? read(cloud);
  tables.set(cloud, table);
  return table;
}

const read = (cloud: Cloud): MachineTable =>
  JSON.parse(readFileSync(projectFile(`model/capacity/${cloud}.json`), "utf8")) as MachineTable;

export const sourcesOf = (cloud: Cloud): Readonly<Record<string, Source>> => ({
  ...sources,
  ...tableOf(cloud).sources,
});

/** The most that `ams:alibaba.publicBandwidthMbps` may be, which is its default too. */
export const mostPublicMbps = 100;

/** The least that ECS lets in through a public address (Alibaba Cloud, Network bandwidth of ECS instances). */
const leastInMbps = 10;

/** The bandwidth of machines that share one: each has up to what its own network carries. */
export interface SharedMbps {
  readonly sharedMbps: number;
}

/** What a cloud's instance type has; undefined for a type that nobody has looked up. */
export function machineOf(
  cloud: Cloud,
  type: string,
  publicMbps: number | SharedMbps = mostPublicMbps,
): Machine | undefined {
  const { machines, network, internet } = tableOf(cloud);
  const found = machines.find((machine) => machine.type === type);
  if (found === undefined) return undefined;
  const { vcpus, gpu, networkMbps, internetMbps } = found;
  if (typeof publicMbps !== "number") {
    const way = { limit: "bandwidth", inMbps: networkMbps, outMbps: networkMbps, ...publicMbps } as const;
    return { vcpus, gpu, networkMbps, internet: way, sources: { network: [network], internet: [network, "shared"] } };
  }
  const from = { network: [network], internet: internetMbps === undefined ? [internet] : [network, internet] };
  const way =
    cloud === "alibaba"
      ? ({ limit: "public-bandwidth", inMbps: Math.max(publicMbps, leastInMbps), outMbps: publicMbps } as const)
      : ({ limit: "bandwidth", inMbps: internetMbps, outMbps: internetMbps } as const);
  return { vcpus, gpu, networkMbps, internet: way, sources: from };
}
