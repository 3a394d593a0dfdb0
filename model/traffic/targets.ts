import type { Cluster } from "../../config/types.ts";
import type { Role } from "../cluster.ts";

/** Which ports of the nodes serve what: one table for the balancers' target groups, the firewall and the gate. */

/**
 * A set of backends behind one rule: `origin`, `edge`, `panel` (the origins again, with sticky sessions), those of
 * `ingest`, or an operator's own of ams:balancer.streams.
 */
export type TargetName = string;

export interface Target {
  readonly name: TargetName;
  /** The node group that serves it. */
  readonly role: Role;
  readonly protocol: "http" | "tcp" | "udp";
  readonly port: number;
  /** Cookie life; 0 is no stickiness. */
  readonly stickySeconds: number;
  /** Where the network balancer listens for it. @default the same protocol and port */
  readonly listen?: { readonly protocol: "tcp" | "udp" | "tls"; readonly port: number };
}

export const nodePort = 5080;

type StreamTarget = Target & { readonly protocol: "tcp" | "udp" };

/** AMS's own port of RTMPS (red5.properties, rtmps.port); TLS ends before the node, which sees RTMP. */
export const rtmpsPort = 8443;

/** Where the network balancer listens for a target. */
export const listenOf = ({ protocol, port, listen }: StreamTarget) => listen ?? { protocol, port };

/**
 * Whether the node sees the client's own address, and so has to open the port to everybody. Not behind TLS, as Alibaba
 * Cloud's NLB associates no such listener with servers that do (NLB guide, "Obtain client IP addresses"), nor behind an
 * operator's TCP. Of UDP, AWS's network balancer can't take it away (its guide, "Client IP preservation").
 */
export const keepsClient = ({ listen }: Target): boolean => listen === undefined || listen.protocol === "udp";

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
  {
    name: "rtmps",
    role: "origin",
    protocol: "tcp",
    port: 1935,
    listen: { protocol: "tls", port: rtmpsPort },
    stickySeconds: 0,
    enabled: ({ balancer }) => balancer.rtmps,
  },
];

/** What an operator adds (ams:balancer.streams). */
const added = ({ balancer }: Cluster): readonly StreamTarget[] =>
  balancer.streams.map(({ name, port, protocol, targetPort }) => ({
    name,
    role: "origin",
    protocol: protocol === "udp" ? "udp" : "tcp",
    port: targetPort,
    listen: { protocol, port },
    stickySeconds: 0,
  }));

/** Ports that a node opens to its members alone while its gate is closed; the first is AMS's HTTP. */
export function gatePorts(cluster: Cluster): Readonly<Record<"tcp" | "udp", readonly number[]>> {
  const ports = (wanted: "tcp" | "udp"): readonly number[] =>
    [...ingest, ...added(cluster)].filter(({ protocol }) => protocol === wanted).map(({ port }) => port);
  return { tcp: [...new Set([nodePort, ...ports("tcp")])], udp: [...new Set(ports("udp"))] };
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
  const known = ingest.filter(({ enabled }) => enabled(cluster)).map(({ enabled: _, ...target }) => target);
  return [...known, ...added(cluster)];
}
