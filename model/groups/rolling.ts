import type { Cluster, NodeGroup } from "../../config/types.ts";

/** Share of a group, in percent, that is replaced before the pause: the least there is, so one machine of it. */
export const canaryPercents: readonly number[] = [1, 100];

/** How long an origin's first new node is watched before the others follow. */
export const canaryMinutes = 60;

/**
 * How many of a group's machines run while a new template rolls through it, in percent of what it should have. New ones at
 * a time: one zone's share, because no order of zones can be asked for.
 */
export function runningPercents({ network }: Cluster, { minInServicePercent }: NodeGroup) {
  const share = Math.floor(100 / network.zones.length);
  return { least: minInServicePercent, most: Math.max(100, minInServicePercent + share) };
}
