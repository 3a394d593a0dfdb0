import { type MachineSize } from "../../model/cluster.js";
import type { NodeGroup } from "../../model/node-group.js";
/** Connections that a machine of this size carries at once. */
export declare function maxConnections(size: MachineSize): number;
/** Places for a group's nodes: all of them twice, because those that drain stay while their successors come. */
export declare const slotsOf: ({ max }: NodeGroup) => number;
