import type { Cluster } from "../../config/types.ts";
import { bootMinutes } from "../../model/groups/event.ts";

/** Names and numbers of both clouds' lifecycle hooks: a machine completes them by name. */
export const lifecycleHooks = { launch: "launch", drain: "drain" } as const;

/** Time of the operator's script at a boot, before the machine's own services. */
const setupMinutes = ({ setup }: Cluster): number => setup?.minutes ?? 0;

/**
 * Time that a new machine has to join the cluster before its health counts, and before its launch hook gives it up: what a
 * start of AMS may take, and 15 minutes at least, which cover the machine's own start; and what the operator's script may take.
 */
export const bootSeconds = (cluster: Cluster): number =>
  bootMinutes(cluster.media.startMinutes, setupMinutes(cluster)) * 60;

/** The same for a proxy, which installs its packages. */
export const proxyBootSeconds = (cluster: Cluster): number => (15 + setupMinutes(cluster)) * 60;

/**
 * A draining machine says at least this often that it is still at it; without a word it goes. Both clouds end a drain by
 * themselves: AWS after 48 hours or a hundred heartbeats, Alibaba Cloud after 6 hours or 20 of them.
 */
export const heartbeatSeconds = 1800;

/** What a cloud takes for a launch or an ending beside the hooks' own time. */
export const machineMinutes = 15;

/** How long a group of media machines may be busy: one machine's launch hook, and another one's drain after it. */
export const busyMinutes = (cluster: Cluster): number =>
  bootSeconds(cluster) / 60 + cluster.drain.maxMinutes + machineMinutes;
