import {
  measuredAtPercent,
  publisherMilliCores,
  refusalPercent,
  viewersPerVcpu,
} from "../../../model/capacity/figures.ts";
import type { Role } from "../../../model/cluster.ts";

/**
 * What the simulation takes for true beside the settings, the same for everybody's. Nothing here was measured on a cloud:
 * where a source stands, the figure is the source's; where none stands, it is a guess that the reader may change.
 */
export const assumptions = {
  /** AMS's own default limit (StatsCollector.enoughResource). */
  refusalPercent,
  /** Ant Media's FAQ for 720p. */
  bitrateKbps: 1500,
  /** From the order of a machine to AMS's first answer, a guess: no source; the cloud's part of it can't be run here. */
  bootSeconds: 150,
  /** The same for a stopped machine of a warm pool, a guess. */
  warmBootSeconds: 60,
  /** "Users can wait 3 minutes in total" (Ant-Media-Server issue 4721). */
  patienceSeconds: 180,
  /** Pause between two tries of somebody who was not let in, a guess. */
  retrySeconds: 10,
  /** Somebody who was cut comes back within this, a guess. */
  returnSeconds: 10,
  /** The part of its time in which a leaving origin asks its publishers to reconnect (machine/agent/media/reconnects.py). */
  move: { lastSeconds: 60, lastShare: 1 / 10 },
  /** Until a minute's CPU is to be seen in the cloud's monitoring, a guess. */
  metricDelaySeconds: 60,
  /** A group's health check sees a machine that is gone (EC2 status checks, each minute), a guess. */
  goneSeconds: 180,
} as const;

/** What a node of a role uses with so many publishers or viewers; of its CPU it can't be more than all. */
export function usageOf(
  role: Role,
  { vcpus, bitrateKbps }: { readonly vcpus: number; readonly bitrateKbps: number },
  clients: number,
) {
  const mbps = (clients * bitrateKbps) / 1000;
  const percent =
    role === "edge"
      ? (clients * measuredAtPercent) / (viewersPerVcpu(vcpus) * vcpus)
      : (clients * publisherMilliCores) / (vcpus * 10);
  const cpu = Math.min(100, percent);
  return role === "edge" ? { cpu, egress: mbps, viewers: clients } : { cpu, ingress: mbps, publishers: clients };
}
