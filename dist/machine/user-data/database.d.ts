import type { Cluster } from "../../model/cluster.js";
import { type Machine } from "./render.js";
/** The database's machine: MongoDB on a volume of its own, with authentication from its very first start. */
export declare function databaseMachine(cluster: Cluster): Machine;
