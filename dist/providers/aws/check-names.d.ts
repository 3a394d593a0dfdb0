import type { Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
/** Names, tags and addresses that AWS refuses, or takes and then never serves. */
export declare const checkNames: (cluster: Cluster) => readonly Fault[];
