import { type Fault, show } from "../../../config/fault.ts";
import { removePath, setPath } from "../../../config/remedy/command.ts";
import type { Cluster, ManagedDatabase } from "../../../config/types.ts";
import { databaseMembers } from "../../../model/groups/database.ts";
import type { MachineSize } from "../../../model/groups/machine-size.ts";
import { type MachineUse, machineSizeOf } from "../../../model/groups/machine-use.ts";
import type { Settings } from "../schema.ts";

/** x86 families with a fixed ratio of memory: c6e 1:2 (the old Alibaba guide of AMS), g6e 1:4; gn6i carries a T4. */
export const types: Readonly<Record<MachineSize, string>> = {
  "compute-2": "ecs.c6e.large",
  "compute-4": "ecs.c6e.xlarge",
  "compute-8": "ecs.c6e.2xlarge",
  "compute-16": "ecs.c6e.4xlarge",
  "compute-32": "ecs.c6e.8xlarge",
  "general-2": "ecs.g6e.large",
  "general-4": "ecs.g6e.xlarge",
  "general-8": "ecs.g6e.2xlarge",
  "general-16": "ecs.g6e.4xlarge",
  "gpu-4": "ecs.gn6i-c4g1.xlarge",
  "gpu-8": "ecs.gn6i-c8g1.2xlarge",
  "gpu-16": "ecs.gn6i-c16g1.4xlarge",
};

/**
 * ApsaraDB's dedicated classes with cloud disks: MongoDB 4.4 and newer runs on cloud disks alone, and the shared classes
 * (.c) take no disk encryption (ApsaraDB for MongoDB, "Instance types"). 2x and 4x are the GiB for each vCPU.
 */
const managedTypes: Readonly<Partial<Record<MachineSize, string>>> = {
  // There is none with 2 vCPUs and 4 GiB: this one has 8.
  "compute-2": "mdb.shard.4x.large.d",
  "compute-4": "mdb.shard.2x.xlarge.d",
  "compute-8": "mdb.shard.2x.2xlarge.d",
  "compute-16": "mdb.shard.2x.4xlarge.d",
  "compute-32": "mdb.shard.2x.8xlarge.d",
  "general-2": "mdb.shard.4x.large.d",
  "general-4": "mdb.shard.4x.xlarge.d",
  "general-8": "mdb.shard.4x.2xlarge.d",
  "general-16": "mdb.shard.4x.4xlarge.d",
};

/** Families of ARM processors end their generation in r (Ampere) or y (Yitian): g6r, c6r, g8y, c8y, r8y. */
const isArm = (instanceType: string): boolean => /^ecs\.[a-z]+\d+[ry]\./.test(instanceType);

/** Of each machine that the stack runs itself. */
export const machineType = (cluster: Cluster, settings: Settings, use: MachineUse): string =>
  settings.instanceTypes[use] ?? types[machineSizeOf(cluster, use)];

export function managedType({ machine }: ManagedDatabase, { instanceTypes }: Settings): string {
  const type = instanceTypes.database ?? managedTypes[machine];
  if (type === undefined) throw new Error(`ApsaraDB for MongoDB has no class for ${machine}`);
  return type;
}

/**
 * Whether ECS gives the type disks of its host, which are lost with it (ECS, "Overview of instance families"): families
 * with local SSDs (ecs.i*) and for big data (ecs.d*), some of GPUs. The ending of ecs.d1ne and ecs.sn2ne says network.
 */
export function hasLocalDisks(type: string): boolean {
  const family = type.split(".")[1]?.split("-")[0] ?? "";
  return /^[di]\d/.test(family) || ["ga1", "gn4", "gn5"].includes(family);
}

/** The images are built for x86. */
export function checkTypes({ instanceTypes }: Settings): readonly Fault[] {
  return Object.entries(instanceTypes).flatMap(([role, type]) =>
    type !== undefined && isArm(type)
      ? [
          {
            path: `ams:alibaba.instanceTypes.${role}`,
            got: `${show(type)}, an Arm type`,
            allowed: "an x86 type, because the images are x86",
            fix: setPath(`ams:alibaba.instanceTypes.${role}`, "ecs.c6e.xlarge"),
          },
        ]
      : [],
  );
}

const localDisks = (type: string): Fault => ({
  path: "ams:alibaba.instanceTypes.database",
  got: `${show(type)}, whose local disks lose their data if the host fails`,
  allowed: "a type that has only cloud disks, such as ecs.g6e.xlarge, ecs.g7.xlarge or ecs.r7.xlarge",
  fix: setPath("ams:alibaba.instanceTypes.database", "ecs.g6e.xlarge"),
});

/** ECS and ApsaraDB call their machines differently, and elsewhere nothing reads the type. */
export function checkDatabaseType({ instanceTypes: { database: type } }: Settings, cluster: Cluster): readonly Fault[] {
  if (type === undefined) return [];
  const kind = databaseMembers(cluster) > 0 ? "own" : cluster.database.kind;
  if (kind === (type.startsWith("mdb.") ? "managed" : "own"))
    return kind === "own" && hasLocalDisks(type) ? [localDisks(type)] : [];
  const allowed = {
    own: "an ECS instance type such as ecs.g6e.xlarge",
    managed: "a dedicated ApsaraDB for MongoDB class such as mdb.shard.4x.xlarge.d",
  };
  return [
    {
      path: "ams:alibaba.instanceTypes.database",
      got: `${show(type)} while ams:database.kind is ${cluster.database.kind}`,
      allowed:
        kind === "own" || kind === "managed" ? allowed[kind] : "not set, because the stack does not run the database",
      fix: removePath("ams:alibaba.instanceTypes.database"),
    },
  ];
}
