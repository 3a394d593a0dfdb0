import type { Cluster } from "../config/types.ts";
import type { Machine as InstanceType } from "../model/capacity/capacity.ts";
import type { Role } from "../model/cluster.ts";
import { ownDatabase } from "../model/groups/database.ts";
import { agentBucket } from "../model/naming.ts";
import type { AddressPool } from "../model/network/address-pool.ts";
import { proxyOf } from "../model/traffic/balancer.ts";
import { type Archive, toArchive } from "./user-data/archive.ts";
import { bootstrap } from "./user-data/bootstrap.ts";
import { databaseMachine } from "./user-data/database.ts";
import { drillMachine } from "./user-data/drill.ts";
import { withExporter } from "./user-data/exporter.ts";
import { withForwarding } from "./user-data/forward.ts";
import { mediaMachine } from "./user-data/media.ts";
import { pack } from "./user-data/pack.ts";
import { proxyMachine } from "./user-data/proxy.ts";
import type { Machine } from "./user-data/render.ts";
import { withSetup } from "./user-data/setup.ts";
import { turnMachine } from "./user-data/turn.ts";

export { archiveKey } from "./user-data/archive.ts";
export { drillMinutes } from "./user-data/drill.ts";
export { maxUserDataBytes, unpack as unpackUserData } from "./user-data/pack.ts";

/** A media machine of a group, a proxy, a TURN server, or a member of the database; all members have the same user data. */
export type MachineRole = Role | "database" | "proxy" | "turn";

/** What the instance types of a group of media machines have; undefined for a type that nobody has looked up. */
type InstanceTypes = readonly (InstanceType | undefined)[];

const machine = (cluster: Cluster, role: MachineRole, types: InstanceTypes): Machine =>
  withForwarding(cluster, withExporter(cluster, role, ownMachine(cluster, role, types)));

function ownMachine(cluster: Cluster, role: MachineRole, types: InstanceTypes): Machine {
  if (role === "database") return databaseMachine(cluster);
  if (role === "turn") return turnMachine(cluster);
  return withSetup(cluster, role, role === "proxy" ? proxyMachine(cluster) : mediaMachine(cluster, role, types));
}

/** The agent of a machine: the same for origins and edges. */
export function archive(cluster: Cluster, role: MachineRole): Archive {
  const { files, commands } = machine(cluster, role, []);
  return toArchive(files, commands);
}

/** All agents of a cluster by the kind of machine. */
export function archives(cluster: Cluster): ReadonlyMap<"media" | "database" | "proxy" | "turn", Archive> {
  return new Map([
    ["media", archive(cluster, "origin")],
    ...(ownDatabase(cluster) === undefined ? [] : [["database", archive(cluster, "database")] as const]),
    ...(proxyOf(cluster) === undefined ? [] : [["proxy", archive(cluster, "proxy")] as const]),
    ...(cluster.turn === undefined ? [] : [["turn", archive(cluster, "turn")] as const]),
  ]);
}

/**
 * The user data of a machine: cloud-init configuration with the facts, the agent's digest and the program that fetches
 * the agent. It holds no secret and no output of a resource: the machine learns account, region and credentials from its
 * metadata server, and fetches its secret with its own role. A machine without a public address binds one of the pool.
 */
export function userData(cluster: Cluster, role: MachineRole, types: InstanceTypes = [], pool?: AddressPool): string {
  const { facts, ...own } = machine(cluster, role, types);
  const addressPool = pool === undefined ? {} : { addressPool: { cluster: cluster.name, name: pool.name } };
  const known = { ...own, facts: { ...facts, ...addressPool } };
  return bootstrap(cluster.cloud, agentBucket(cluster), known, archive(cluster, role));
}

/** The same as the cloud's API takes it: compressed, in base64. */
export const packedUserData = (
  cluster: Cluster,
  role: MachineRole,
  types: InstanceTypes = [],
  pool?: AddressPool,
): string => pack(userData(cluster, role, types, pool), cluster.cloud);

/** The user data of a rehearsed restore's machine, which belongs to no group and to no resource of the stack. */
export const drillUserData = (cluster: Cluster): string => pack(drillMachine(cluster), cluster.cloud);
