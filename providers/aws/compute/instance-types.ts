import type { Cluster, ManagedDatabase } from "../../../config/types.ts";
import type { MachineSize } from "../../../model/groups/machine-size.ts";
import { type MachineUse, machineSizeOf } from "../../../model/groups/machine-use.ts";
import type { Settings } from "../schema.ts";

/**
 * EC2 type of each machine size. c5 and not a newer generation: it is what the marketplace listing and the vendor's
 * CloudFormation allow, and what the capacity figures were measured on (antmedia-aws-autoscale-template.yaml; its list
 * has no c6i, c7i or Graviton). All are x86_64 and Nitro.
 */
export const instanceTypes: Readonly<Record<MachineSize, string>> = {
  "compute-2": "c5.large",
  "compute-4": "c5.xlarge",
  "compute-8": "c5.2xlarge",
  "compute-16": "c5.4xlarge",
  // c5 has no 32: this one has 36 vCPUs and 72 GiB.
  "compute-32": "c5.9xlarge",
  "general-2": "m5.large",
  "general-4": "m5.xlarge",
  "general-8": "m5.2xlarge",
  "general-16": "m5.4xlarge",
  "gpu-4": "g4dn.xlarge",
  "gpu-8": "g4dn.2xlarge",
  "gpu-16": "g4dn.4xlarge",
};

/**
 * DocumentDB's class of each size, by vCPUs: it has memory-optimised families alone. r5 is in each of its regions; the
 * images' architecture doesn't matter here, so that a stack may choose Graviton (db.r6g.large) for itself.
 */
const managedTypes: Readonly<Record<string, string>> = {
  "2": "db.r5.large",
  "4": "db.r5.xlarge",
  "8": "db.r5.2xlarge",
  "16": "db.r5.4xlarge",
  "32": "db.r5.8xlarge",
};

/** Of each machine that the stack runs itself. */
export const machineType = (cluster: Cluster, settings: Settings, use: MachineUse): string =>
  settings.instanceTypes[use] ?? instanceTypes[machineSizeOf(cluster, use)];

export function managedType({ machine }: ManagedDatabase, settings: Settings): string {
  const type = settings.instanceTypes.database ?? managedTypes[machine.split("-")[1] ?? ""];
  if (type === undefined) throw new Error(`DocumentDB has no class for ${machine}`);
  return type;
}

/**
 * Whether EC2 gives the type disks of its host, which a stop empties (EC2 user guide, "Instance store temporary block
 * storage"; instance type explorer): a `d` among the letters after the generation (m5d, c5ad, r6idn, g4dn), or a family
 * that has them without saying so.
 */
export function hasLocalDisks(type: string): boolean {
  const family = type.split(".")[0] ?? "";
  const [, series = "", options = ""] = /^([a-z]+)\d+(.*)$/.exec(family) ?? [];
  return options.includes("d") || localSeries.has(series) || localFamilies.has(family);
}

/** Storage-optimised and FPGA series of every generation (i3, i4i, im4gn, is4gen, d3en, h1, f2, hpc6id...). */
const localSeries: ReadonlySet<string> = new Set(["d", "f", "h", "hs", "i", "im", "is", "trn"]);

/** Families before Nitro, GPUs, and the largest memories. */
const localFamilies: ReadonlySet<string> = new Set([
  ...["c1", "c3", "cc2", "cr1", "g2", "m1", "m2", "m3", "r3", "x1", "x1e"],
  ...["dl1", "g5", "g6", "g6e", "gr6", "p5", "p5e", "p5en", "p6-b200"],
]);
