import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Cloud } from "../../config/types.ts";
import type { Machine } from "../../model/capacity/capacity.ts";
import { sources } from "../../model/capacity/figures.ts";
import type { Candidate } from "../../model/capacity/size.ts";
import type { Role } from "../../model/cluster.ts";
import type { MachineSize } from "../../model/groups/machine-size.ts";
import { projectFile } from "../../model/project.ts";
import { types } from "../../providers/alibaba/compute/instance-types.ts";
import { instanceTypes } from "../../providers/aws/compute/instance-types.ts";

const mbps = z.int().positive();

const tableSchema = z.strictObject({
  cloud: z.enum(["aws", "alibaba"]),
  /** Keys of `sources`, for the two kinds of figures. */
  network: z.string(),
  internet: z.string(),
  sources: z.record(z.string(), z.strictObject({ what: z.string().min(1), url: z.url() })),
  machines: z.array(
    z.strictObject({
      type: z.string(),
      vcpus: z.int().positive(),
      gpu: z.boolean(),
      networkMbps: mbps,
      /** Absent where the public address has a peak of its own. */
      internetMbps: mbps.optional(),
    }),
  ),
});

type Table = z.output<typeof tableSchema>;

const tables = new Map<Cloud, Table>();

function tableOf(cloud: Cloud): Table {
  const read = (): Table =>
    tableSchema.parse(JSON.parse(readFileSync(projectFile(`tools/capacity/${cloud}.json`), "utf8")));
  const table = tables.get(cloud) ?? read();
  tables.set(cloud, table);
  return table;
}

export interface Source {
  readonly what: string;
  readonly url: string;
}

export const sourcesOf = (cloud: Cloud): Readonly<Record<string, Source>> => ({
  ...sources,
  ...tableOf(cloud).sources,
});

/** The most that `ams:alibaba.publicBandwidthMbps` may be, which is its default too. */
export const mostPublicMbps = 100;

/** The least that ECS lets in through a public address (Alibaba Cloud, Network bandwidth of ECS instances). */
const leastInMbps = 10;

/** What a cloud's instance type has; undefined for a type that nobody has looked up. */
export function machineOf(cloud: Cloud, type: string, publicMbps = mostPublicMbps): Machine | undefined {
  const { machines, network, internet } = tableOf(cloud);
  const found = machines.find((machine) => machine.type === type);
  if (found === undefined) return undefined;
  const { vcpus, gpu, networkMbps, internetMbps } = found;
  const from = { network: [network], internet: internetMbps === undefined ? [internet] : [network, internet] };
  const way =
    cloud === "alibaba"
      ? ({ limit: "public-bandwidth", inMbps: Math.max(publicMbps, leastInMbps), outMbps: publicMbps } as const)
      : ({ limit: "bandwidth", inMbps: internetMbps, outMbps: internetMbps } as const);
  return { vcpus, gpu, networkMbps, internet: way, sources: from };
}

export const typeOf: Readonly<Record<Cloud, Readonly<Record<MachineSize, string>>>> = {
  aws: instanceTypes,
  alibaba: types,
};

/** The vendor's calculator begins with four vCPUs. */
const sizes: Readonly<Record<"cpu" | "gpu", readonly MachineSize[]>> = {
  cpu: ["compute-4", "compute-8", "compute-16", "compute-32"],
  gpu: ["gpu-4", "gpu-8", "gpu-16"],
};

export function candidatesOf(cloud: Cloud, gpu: boolean): Readonly<Record<Role, readonly Candidate[]>> {
  const known = (size: MachineSize): readonly Candidate[] => {
    const type = typeOf[cloud][size];
    const machine = machineOf(cloud, type);
    return machine === undefined ? [] : [{ size, type, machine }];
  };
  return { origin: sizes[gpu ? "gpu" : "cpu"].flatMap(known), edge: sizes.cpu.flatMap(known) };
}

/** The least machines of the model's defaults: one origin, and two edges, so that one may fail. */
export const least = { origin: 1, edge: 2 } as const;
