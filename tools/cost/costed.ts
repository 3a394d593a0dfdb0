import type { Planned } from "../diagram/planned.ts";
import type { CostedStack } from "./usage.ts";

/** A plan as far as its price goes. */
export function toCosted({ stack, cluster, recording }: Planned): CostedStack {
  const resources = recording.resources.filter(({ custom }) => custom);
  return { stack, cloud: cluster.cloud, resources, licence: cluster.media.licence };
}
