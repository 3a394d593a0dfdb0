import type { Cluster, Role } from "../model/cluster.ts";
import { databaseMachine } from "./database.ts";
import { mediaMachine } from "./media.ts";
import { cloudConfig } from "./render.ts";

/** Who the machine is: a media machine of a group, or the database's member by its place in the list. */
export type MachineRole = Role | "database";

/** The smaller of the clouds' limits on user data, before base64: EC2's. */
export const maxUserDataBytes = 16384;

/**
 * The user data of a machine: cloud-init configuration that is the same text on both clouds. It holds no secret; the
 * machine learns its cloud and region from cloud-init and fetches its secret with its own role. AMS knows no roles, so
 * that origins and edges get the same text.
 */
export function userData(cluster: Cluster, role: MachineRole): string {
  return cloudConfig(role === "database" ? databaseMachine(cluster) : mediaMachine(cluster));
}
