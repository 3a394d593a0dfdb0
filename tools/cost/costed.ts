import { groupsOf } from "../../model/cluster.ts";
import type { Planned } from "../diagram/planned.ts";
import type { Stated } from "./stated.ts";
import type { CostedStack } from "./usage.ts";

/** A plan as far as its price goes. */
export function toCosted({ stack, cluster, recording }: Planned): CostedStack {
  const resources = recording.resources.filter(({ custom }) => custom);
  return { stack, cloud: cluster.cloud, resources, ...statedBy(cluster) };
}

/** What a stack says of its cost, beside its resources. */
export function statedBy(cluster: Planned["cluster"]): Stated {
  const { region, media, audience } = cluster;
  const { licence, licenceUsdPerHour } = media;
  const usdOf = (size: string) =>
    typeof licenceUsdPerHour === "number" ? licenceUsdPerHour : licenceUsdPerHour?.[size];
  const prices = groupsOf(cluster).map(({ role, group }) => [role, usdOf(group.machine)] as const);
  return {
    ...{ region, licence },
    ...(audience === undefined ? {} : { audience }),
    licenceUsdPerHour: Object.fromEntries(prices.filter(([, usd]) => usd !== undefined)),
  };
}
