import type { Cluster } from "./cluster.js";
import { groupsOf } from "./cluster.js";
import type { Fault } from "./fault.js";
/** Most machines of a group at a time: its own most, new ones of a rolling upgrade, stopped ones of a warm pool. */
export declare function mostMachines(cluster: Cluster, { role, group }: ReturnType<typeof groupsOf>[number]): number;
/** Addresses that the media subnets have for machines. */
export declare function mediaAddresses({ cloud, network }: Pick<Cluster, "cloud" | "network">): number;
/** A subnet's size can't be raised: what does not fit is refused before the subnets are made. */
export declare function checkAddresses(cluster: Cluster): readonly Fault[];
