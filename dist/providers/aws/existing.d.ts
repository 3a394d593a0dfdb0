import type { Cluster } from "../../model/cluster.js";
import type { Fault } from "../../model/fault.js";
export declare const checkExisting: (cluster: Cluster) => readonly Fault[];
