import type { Elsewhere } from "../live/consoles.ts";
import type { NodeStatus } from "./node.ts";
import type { NotReady } from "./readiness.ts";

export interface Status {
  /** In UTC, as ISO 8601 has it, by the cluster's clock; by this machine's where AMS could not be asked. */
  readonly time: string;
  readonly stack: string | undefined;
  readonly cloud: string | undefined;
  readonly region: string | undefined;
  readonly cluster: string | undefined;
  readonly address: string;
  /** Why AMS could not be asked. Then only the machines' own lines say how they are. */
  readonly away: string | undefined;
  /** Of the origins that answered: the balancer shows the panel of no others. */
  readonly versions: readonly string[];
  readonly clusterMode: boolean | undefined;
  readonly nodes: readonly NodeStatus[];
  /** Machines that run no AMS: the database's, proxies, TURN servers. */
  readonly machines: readonly NodeStatus[];
  readonly alive: number | undefined;
  /** Of all groups together; undefined without a stack's file. */
  readonly wanted: { readonly min: number; readonly max: number } | undefined;
  readonly app: string;
  readonly streams: number | undefined;
  readonly viewers: { readonly webRtc: number; readonly hls: number; readonly rtmp: number } | undefined;
  /** The node with the most streams, and its share of all, 0 to 1. */
  readonly fullest: { readonly node: string; readonly share: number } | undefined;
  /** Machines that are not ready, by the log service's lines; undefined when nobody brought them. */
  readonly notReady: readonly NotReady[] | undefined;
  readonly problems: readonly string[];
  readonly elsewhere: readonly Elsewhere[];
}
