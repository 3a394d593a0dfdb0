import type { Cluster, Role } from "../model/cluster.js";
import { type Archive } from "./user-data/archive.js";
export { archiveKey } from "./user-data/archive.js";
export { maxUserDataBytes, unpack as unpackUserData } from "./user-data/pack.js";
/** A media machine of a group, a proxy, or a member of the database; all members have the same user data. */
export type MachineRole = Role | "database" | "proxy";
/** The agent of a machine: the same for origins and edges. */
export declare function archive(cluster: Cluster, role: MachineRole): Archive;
/** All agents of a cluster by the kind of machine. */
export declare function archives(cluster: Cluster): ReadonlyMap<"media" | "database" | "proxy", Archive>;
/**
 * The user data of a machine: cloud-init configuration with the facts, the agent's digest and the program that fetches
 * the agent. It holds no secret and no output of a resource: the machine learns account, region and credentials from its
 * metadata server, and fetches its secret with its own role.
 */
export declare const userData: (cluster: Cluster, role: MachineRole) => string;
/** The same as the cloud's API takes it: compressed, in base64. */
export declare const packedUserData: (cluster: Cluster, role: MachineRole) => string;
