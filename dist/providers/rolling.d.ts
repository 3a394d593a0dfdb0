import type { Cluster } from "../model/cluster.js";
import type { NodeGroup } from "../model/node-group.js";
/** Share of a group, in percent, that is replaced before the pause: the least there is, so one machine of it. */
export declare const canaryPercents: readonly number[];
/** How long an origin's first new node is watched before the others follow. */
export declare const canaryMinutes = 60;
/**
 * How many of a group's machines run while a new template rolls through it, in percent of what it should have. New ones at
 * a time: one zone's share, because no order of zones can be asked for.
 */
export declare function runningPercents({ network }: Cluster, { minInServicePercent }: NodeGroup): {
    least: number;
    most: number;
};
