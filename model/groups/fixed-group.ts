import type { Cluster } from "../../config/types.ts";
import { proxyOf } from "../traffic/balancer.ts";

/** A group of a fixed number of machines in the balancers' subnets, none of which holds anything. */
export interface FixedGroup {
  readonly role: "proxy" | "turn";
  readonly count: number;
}

/** The groups that the cluster has beside those of its nodes. */
export function fixedGroups(cluster: Cluster): readonly FixedGroup[] {
  const counts = { proxy: proxyOf(cluster)?.count, turn: cluster.turn?.count };
  return (["proxy", "turn"] as const).flatMap((role) => {
    const count = counts[role];
    return count === undefined ? [] : [{ role, count }];
  });
}

/** A rolling upgrade adds one machine. */
export const mostOfFixed = ({ count }: FixedGroup): number => count + 1;
