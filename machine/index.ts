import type { Cluster, Role } from "../model/cluster.ts";
import { databaseMachine } from "./user-data/database.ts";
import { mediaMachine } from "./user-data/media.ts";
import { pack } from "./user-data/pack.ts";
import { proxyMachine } from "./user-data/proxy.ts";
import { cloudConfig } from "./user-data/render.ts";

export { maxUserDataBytes, unpack as unpackUserData } from "./user-data/pack.ts";

/** Who the machine is: a media machine of a group, a proxy, or the database's member by its place in the list. */
export type MachineRole = Role | "database" | "proxy";

/**
 * The user data of a machine: cloud-init configuration that is the same text on both clouds. It holds no secret; the
 * machine learns its cloud and region from cloud-init and fetches its secret with its own role.
 */
export function userData(cluster: Cluster, role: MachineRole): string {
  if (role === "proxy") return cloudConfig(proxyMachine(cluster));
  return cloudConfig(role === "database" ? databaseMachine(cluster) : mediaMachine(cluster, role));
}

/** The same as the cloud's API takes it: compressed, in base64. */
export const packedUserData = (cluster: Cluster, role: MachineRole): string =>
  pack(userData(cluster, role), cluster.cloud);
