import type { Cluster } from "../../config/types.ts";
import type { Role } from "../../model/cluster.ts";
import { databasePort, flows, mediaPeerOf } from "../../model/network/firewall.ts";
import type { Flow, Peer } from "../../model/network/flow.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { httpListeners, panelPort, streamListeners } from "../../model/traffic/listeners.ts";
import { nodePort } from "../../model/traffic/targets.ts";
import type { Ports } from "./form.ts";
import { listenerLine } from "./listener-line.ts";
import { words } from "./words.ts";

/** Ports of a flow: `443`, `4200/udp`, `50000-60000/udp`. */
export function portText({ protocol, ports: [first, last] }: Flow): string {
  if (protocol === "all") return "all";
  const range = first === last ? `${first}` : `${first}-${last}`;
  return protocol === "udp" ? `${range}/udp` : range;
}

export function toPorts(cluster: Cluster): Ports {
  const rows = flows(cluster);
  const between = (from: Peer, to: Peer): readonly Flow[] => rows.filter((row) => row.from === from && row.to === to);
  const text = (list: readonly Flow[]): string => list.map(portText).join(", ");
  const streams = streamListeners(cluster);
  const shorts = streams.map((listener) => listenerLine(listener).short);
  const isStream = (row: Flow): boolean => streams.some(({ port }) => port === row.ports[0]);
  const isProxied = proxyOf(cluster) !== undefined;
  const front = isProxied ? "proxy" : "balancer";
  const toOrigin = between(front, "origin");
  const { publish, play } = webPorts(cluster);
  return {
    publishersToStream: shorts,
    publishersToWeb: publish,
    playersToWeb: [
      ...play,
      ...(cluster.cdn === undefined ? [] : [`443: HLS, DASH through ${words[cluster.cloud].cdn}`]),
    ],
    adminsToWeb: text(between("admin", "balancer")),
    streamToOrigin: isProxied ? "" : text(toOrigin.filter(isStream)),
    webToEdge: text(between(front, "edge")),
    webToOrigin: text(isProxied ? toOrigin : toOrigin.filter((row) => !isStream(row))),
    edgeToOrigin: text(between("edge", "origin")),
    nodesToDatabase: text(between("origin", "database")) || `${databasePort(cluster)}`,
    webRtc: `WebRTC media ${text(between(mediaPeerOf(cluster), "origin").filter(isRange)).replace("-", "–")}, bypassing the ${isProxied ? "proxies" : "balancer"}`,
    databaseToInternet: text(between("database", "internet")),
  };
}

/** WebRTC's ports are a range; an ingest port is one. */
const isRange = ({ ports: [first, last] }: Flow): boolean => first !== last;

function webPorts(cluster: Cluster): { readonly publish: readonly string[]; readonly play: readonly string[] } {
  const open = httpListeners(cluster).filter(({ port }) => port !== panelPort);
  const portsOf = (role: Role): string =>
    open
      .filter((listener) => listenerLine(listener).serves === role)
      .map(({ port }) => port)
      .join(", ");
  if (cluster.mode === "standalone") {
    // A lone machine plays on all of them; the pairs stand below each other.
    const pair = (isPlay: boolean): string =>
      open.flatMap(({ port }) => (port >= nodePort === isPlay ? [port] : [])).join(", ");
    const all = [pair(false), pair(true)];
    return { publish: all, play: all };
  }
  return { publish: [portsOf("origin")], play: [portsOf("edge"), `${portsOf("origin")}: target=edge, HLS`] };
}
