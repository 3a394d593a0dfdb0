import type { Cluster, ProxyBalancer } from "../../config/types.ts";
import { assertNever, type Role } from "../../model/cluster.ts";
import { databasePort, type Flow, flows, type Peer } from "../../model/network/firewall.ts";
import { databaseAddress, subnetsOf, type Tier } from "../../model/network/network.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { httpListeners, streamListeners } from "../../model/traffic/listeners.ts";
import { type ListenerLine, listenerLine } from "./listener-line.ts";
import { countOf, instanceTypeOf, type Planned } from "./planned.ts";
import { type Words, words } from "./words.ts";

/** What a picture of a stack shows, without a place on the page: Mermaid and SVG draw the same. */
export interface Picture {
  readonly stack: string;
  readonly title: string;
  readonly region: string;
  readonly cidr: string;
  readonly words: Words;
  readonly zones: readonly Zone[];
  /** Protocols of the network balancer that publishers speak, e.g. RTMP. */
  readonly ingest: readonly string[];
  readonly web: Balancer;
  /** Absent without RTMP and SRT, and with proxies, which take ingest too. */
  readonly stream?: Balancer;
  readonly groups: Readonly<Record<Role, Group>>;
  readonly database: DatabaseNode;
  /** Zones with a NAT gateway; empty for none. */
  readonly natZones: readonly string[];
  readonly ports: Ports;
}

export interface Zone {
  readonly letter: string;
  readonly cidrs: Readonly<Record<Tier, string>>;
}

export interface Balancer {
  readonly title: string;
  readonly subtitle: string;
  readonly listeners: readonly ListenerLine[];
}

export interface Group {
  readonly title: string;
  readonly machine: string;
  readonly min: number;
  readonly max: number;
  readonly cpuTargetPercent: number;
}

export interface DatabaseNode {
  readonly title: string;
  readonly detail: string;
  readonly zone: string;
}

/** Labels of the arrows: ports, as the firewall's table has them. */
export interface Ports {
  readonly publishersToStream: string;
  readonly publishersToWeb: readonly string[];
  readonly playersToWeb: readonly string[];
  /** Absent while nobody may administrate. */
  readonly adminsToWeb?: string;
  readonly streamToOrigin: string;
  readonly webToNodes: string;
  readonly webToOrigin: string;
  readonly edgeToOrigin: string;
  readonly nodesToDatabase: string;
  readonly webRtc: string;
  readonly databaseToInternet: string;
}

export function toPicture(planned: Planned): Picture {
  const { cluster, stack } = planned;
  const own = words[cluster.cloud];
  const streams = streamListeners(cluster);
  return {
    stack,
    title: `Ant Media Server cluster on ${own.cloud}`,
    region: cluster.region,
    cidr: cluster.network.cidr,
    words: own,
    zones: zonesOf(cluster),
    ingest: streams.flatMap((listener) => listenerLine(listener).short.split(" ").slice(0, -1)),
    ...balancersOf(planned, own),
    groups: { origin: toGroup(planned, "origin"), edge: toGroup(planned, "edge") },
    database: toDatabase(planned),
    natZones: cluster.network.zones.slice(0, countOf(planned, "NatGateway")),
    ports: toPorts(cluster),
  };
}

/** The cloud's own balancers, or the proxies in the place of both. */
function balancersOf(planned: Planned, own: Words): Pick<Picture, "web" | "stream"> {
  const { cluster } = planned;
  const [web, streams] = [httpListeners(cluster).map(listenerLine), streamListeners(cluster).map(listenerLine)];
  const proxy = proxyOf(cluster);
  if (proxy !== undefined) {
    const title = proxyTitle(proxy, instanceTypeOf(planned, "proxy"));
    const subtitle = `behind the ${own.stream} · ${webSubtitle(cluster, { ...own, issuer: "Let's Encrypt" })}`;
    return { web: { title, subtitle, listeners: [...web, ...streams] } };
  }
  const subtitle = cluster.domain === undefined ? "" : `rtmp.${cluster.domain.name}`;
  return {
    web: { title: own.web, subtitle: webSubtitle(cluster, own), listeners: web },
    ...(streams.length > 0 ? { stream: { title: own.stream, subtitle, listeners: streams } } : {}),
  };
}

const proxyTitle = ({ kind, count }: ProxyBalancer, type: string): string =>
  `${{ haproxy: "HAProxy", nginx: "Nginx" }[kind]}, ${count} × ${type}`;

function zonesOf({ network }: Cluster): readonly Zone[] {
  const cidrOf = (tier: Tier, index: number): string => subnetsOf(network, tier)[index]?.cidr ?? "";
  return network.zones.map((letter, index) => ({
    letter,
    cidrs: {
      balancer: cidrOf("balancer", index),
      media: cidrOf("media", index),
      database: cidrOf("database", index),
    },
  }));
}

function webSubtitle({ domain, certificate }: Cluster, own: Words): string {
  const source = { issued: `TLS issued by ${own.issuer}`, existing: "TLS", uploaded: "TLS", none: "no TLS" };
  if (domain === undefined) return source[certificate.source];
  const dns = domain.dns === "managed" ? own.dns : "external DNS";
  return [domain.name, dns, source[certificate.source]].join(" · ");
}

function toGroup(planned: Planned, role: Role): Group {
  const { min, max, cpuTargetPercent } = planned.cluster[role];
  const title = { origin: "Origin group", edge: "Edge group" }[role];
  return { title, machine: instanceTypeOf(planned, role), min, max, cpuTargetPercent };
}

function toDatabase(planned: Planned): DatabaseNode {
  const { database, network } = planned.cluster;
  const zone = network.zones[0] ?? "";
  switch (database.kind) {
    case "instance":
    case "replica-set": {
      const detail = [instanceTypeOf(planned, "database"), `${database.diskGiB} GiB volume`];
      const [size, address] = database.kind === "instance" ? ["one", databaseAddress(network, 0)] : ["three", "each"];
      return {
        title: `MongoDB ${database.version}, replica set of ${size}`,
        detail: [...detail, address].join(" · "),
        zone,
      };
    }
    case "managed":
      return { title: `The cloud's own MongoDB ${database.version}`, detail: database.machine, zone };
    case "external":
      return { title: "MongoDB elsewhere", detail: "by the secret ams:databaseUrl", zone };
    case "none":
      throw new Error("the diagram draws clusters; with ams:mode standalone there is one machine");
    default:
      return assertNever(database);
  }
}

/** Ports of a flow: `443`, `4200/udp`, `50000-60000/udp`. */
export function portText({ protocol, ports: [first, last] }: Flow): string {
  if (protocol === "all") return "all";
  const range = first === last ? `${first}` : `${first}-${last}`;
  return protocol === "udp" ? `${range}/udp` : range;
}

function toPorts(cluster: Cluster): Ports {
  const rows = flows(cluster);
  const between = (from: Peer, to: Peer): readonly Flow[] => rows.filter((row) => row.from === from && row.to === to);
  const label = (from: Peer, to: Peer): string => between(from, to).map(portText).join(", ");
  const streams = streamListeners(cluster);
  const shorts = streams.map((listener) => listenerLine(listener).short);
  const streamPorts = streams.map(({ port }) => port);
  const admin = label("admin", "balancer");
  const isProxied = proxyOf(cluster) !== undefined;
  const front = isProxied ? "proxy" : "balancer";
  const ofRole = (role: Role): readonly number[] =>
    httpListeners(cluster)
      .filter((listener) => listenerLine(listener).serves === role)
      .map(({ port }) => port);
  return {
    publishersToStream: shorts.join(", "),
    publishersToWeb: [ofRole("origin").join(", "), ...(isProxied ? shorts : [])],
    playersToWeb: [ofRole("edge").join(", "), `${ofRole("origin").join(", ")}: target=edge, HLS`],
    ...(admin === "" ? {} : { adminsToWeb: admin }),
    streamToOrigin: between("balancer", "origin").filter(isOneOf(streamPorts)).map(portText).join(", "),
    webToNodes: label(front, "edge"),
    webToOrigin: label(front, isProxied ? "origin" : "edge"),
    edgeToOrigin: label("edge", "origin"),
    nodesToDatabase: label("origin", "database") || `${databasePort(cluster)}`,
    webRtc: `WebRTC media ${label("internet", "edge").replace("-", "–")}, past the ${isProxied ? "proxies" : "balancer"}`,
    databaseToInternet: label("database", "internet"),
  };
}

const isOneOf =
  (ports: readonly number[]) =>
  (row: Flow): boolean =>
    ports.includes(row.ports[0]);
