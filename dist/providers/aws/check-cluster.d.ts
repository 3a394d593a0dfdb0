import type { Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
/** What the neutral fields ask for that this cloud can't do, or not in this form. */
export declare function checkCluster(cluster: Cluster): readonly Fault[];
