import type { Cluster } from "../../config/types.ts";
import type { Role } from "../cluster.ts";

/** Which ports of the nodes serve what: one table for the balancers' target groups, the firewall and the gate. */

/** A set of backends behind one rule. `panel` is the origins again, with sticky sessions. */
export type TargetName = "origin" | "edge" | "panel" | "rtmp" | "srt";

export interface Target {
  readonly name: TargetName;
  /** The node group that serves it. */
  readonly role: Role;
  readonly protocol: "http" | "tcp" | "udp";
  readonly port: number;
  /** Cookie life; 0 is no stickiness. */
  readonly stickySeconds: number;
}

export const nodePort = 5080;

type StreamTarget = Target & { readonly protocol: "tcp" | "udp" };

/**
 * What AMS takes in beside HTTP, as it listens (red5.properties rtmp.port, server.srt_port; ServerSettings.java has the
 * defaults). A row is a listener of the network balancer and a target group where `enabled`, the firewall's rules for
 * them, and, enabled or not, a port that a closed gate refuses.
 */
export const ingest: readonly (StreamTarget & { readonly enabled: (cluster: Cluster) => boolean })[] = [
  {
    name: "rtmp",
    role: "origin",
    protocol: "tcp",
    port: 1935,
    stickySeconds: 0,
    enabled: ({ balancer }) => balancer.rtmp,
  },
  {
    name: "srt",
    role: "origin",
    protocol: "udp",
    port: 4200,
    stickySeconds: 0,
    enabled: ({ balancer }) => balancer.srt,
  },
];

/** Ports that a node opens to its members alone while its gate is closed; the first is AMS's HTTP. */
export function gatePorts(): Readonly<Record<"tcp" | "udp", readonly number[]>> {
  const ports = (wanted: "tcp" | "udp"): readonly number[] =>
    ingest.filter(({ protocol }) => protocol === wanted).map(({ port }) => port);
  return { tcp: [nodePort, ...ports("tcp")], udp: ports("udp") };
}

export function targets(cluster: Cluster): readonly Target[] {
  const { balancer } = cluster;
  const http = { protocol: "http", port: nodePort, stickySeconds: 0 } as const;
  const edge: readonly Target[] = cluster.mode === "standalone" ? [] : [{ name: "edge", role: "edge", ...http }];
  const rows: Target[] = [{ name: "origin", role: "origin", ...http }, ...edge];
  // Without admin ranges no rule leads there, and AWS never calls a machine healthy in a group that nothing uses.
  if (cluster.access.adminCidrs.length > 0)
    rows.push({ name: "panel", role: "origin", ...http, stickySeconds: balancer.panelStickinessSeconds });
  return [...rows, ...streamTargets(cluster)];
}

/** The targets behind the network balancer. */
export function streamTargets(cluster: Cluster): readonly StreamTarget[] {
  return ingest.filter(({ enabled }) => enabled(cluster)).map(({ enabled: _, ...target }) => target);
}
