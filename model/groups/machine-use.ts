import type { Cluster } from "../../config/types.ts";
import type { Role } from "../cluster.ts";
import { proxyOf } from "../traffic/balancer.ts";
import { ownDatabase } from "./database.ts";
import type { MachineSize } from "./machine-size.ts";

/** What a machine is made for: a group's machines, the database's, the proxies' or the TURN servers'. */
export type MachineUse = Role | "database" | "proxy" | "turn";

/** Size of the machines that the stack runs itself. Throws for a use that the cluster has none of. */
export function machineSizeOf(cluster: Cluster, use: MachineUse): MachineSize {
  if (use === "origin" || use === "edge") return cluster[use].machine;
  const found = { proxy: proxyOf(cluster), turn: cluster.turn, database: ownDatabase(cluster) }[use];
  if (found === undefined) throw new Error(`the cluster has no machine for ${use}`);
  return found.machine;
}
