import type { Cluster, Role } from "../../model/cluster.js";
import { type Machine } from "./render.js";
/** An AMS machine. */
export declare function mediaMachine(cluster: Cluster, role: Role): Machine;
