import type { Audience } from "../../config/types.ts";
import { type Group, type Limit, least, streamKbps } from "../../model/capacity/capacity.ts";
import { machineOf } from "../../model/capacity/machines.ts";
import { relayedViewers, relayLimits } from "../../model/capacity/relayed.ts";
import { sharedMbps } from "../../recording/read/machines.ts";
import { toResources } from "../../recording/read/plain.ts";
import { instanceTypeOf, type Planned } from "../diagram/planned.ts";

/** What stands beside the groups: TURN servers, and a CDN in front of the edges. */

export interface TurnServers {
  readonly size: string;
  readonly type: string;
  readonly count: number;
  readonly limits: readonly Limit[];
  /** The tightest limit. */
  readonly decides: Limit | undefined;
  /** Viewers that all of them relay to. */
  readonly carries: number;
  /** Of a declared audience; undefined where nobody says how many viewers are relayed. */
  readonly relayed: number | undefined;
  readonly allocationKbps: number;
}

/** What the CDN's caches take from the edges. */
export interface CdnFetch {
  /** Of a cache that fetches every rendition of every stream. */
  readonly mbps: number;
  /** How many such caches the network of the edges feeds, at the fewest machines. */
  readonly caches: number;
}

export function turnServers(planned: Planned, audience: Audience, isDeclared: boolean): TurnServers | undefined {
  const { cluster } = planned;
  const { turn } = cluster;
  if (turn === undefined) return undefined;
  const type = instanceTypeOf(planned, "turn");
  const relayed = isDeclared ? relayedViewers(cluster, audience) : undefined;
  const shared = sharedMbps(toResources(planned.recording.resources));
  const relay = { cluster, turn, machine: machineOf(cluster.cloud, type), sharedMbps: shared };
  const limits = relayLimits(relay, audience.bitrateKbps, relayed);
  const decides = limits.find(({ each }) => each === least(limits));
  const carries = turn.count * least(limits);
  const allocationKbps = turn.allocationMbps * 1000;
  return { size: turn.machine, type, count: turn.count, limits, decides, carries, relayed, allocationKbps };
}

export function cdnFetch({ cluster }: Planned, audience: Audience, edge: Group): CdnFetch | undefined {
  const kbps = streamKbps(audience);
  const networkMbps = edge.carries?.egressMbps ?? edge.machine.networkMbps;
  if (cluster.cdn === undefined || kbps === undefined || networkMbps === undefined) return undefined;
  const mbps = (audience.publishers * kbps) / 1000;
  return { mbps, caches: mbps === 0 ? Number.POSITIVE_INFINITY : Math.floor((edge.count * networkMbps) / mbps) };
}
