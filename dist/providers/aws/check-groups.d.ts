import { type Cluster } from "../../model/cluster.js";
import type { Fault } from "../../model/fault.js";
/** What the groups' fields ask for that this cloud can't do. */
export declare function checkGroups(cluster: Cluster): readonly Fault[];
