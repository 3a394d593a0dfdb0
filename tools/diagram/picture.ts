import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import { scalingOf } from "../../model/groups/load.ts";
import { subnetsOf, type Tier } from "../../model/network/network.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { httpListeners, streamListeners } from "../../model/traffic/listeners.ts";
import { turnListeners, turnName } from "../../model/traffic/turn.ts";
import { toDatabase } from "./database.ts";
import type { Group, Picture, Zone } from "./form.ts";
import { listenerLine } from "./listener-line.ts";
import { countOf, instanceTypeOf, type Planned } from "./planned.ts";
import { toPorts } from "./ports.ts";
import { type Words, words } from "./words.ts";

export function toPicture(planned: Planned): Picture {
  const { cluster, stack } = planned;
  const own = words[cluster.cloud];
  const streams = streamListeners(cluster);
  const natZones = cluster.network.zones.slice(0, countOf(planned, "NatGateway"));
  const database = toDatabase(planned);
  return {
    stack,
    title: `Ant Media Server ${cluster.mode === "cluster" ? "cluster " : ""}on ${own.cloud}`,
    region: cluster.region,
    cidr: cluster.network.cidr,
    words: own,
    zones: zonesOf(cluster, natZones),
    ingest: streams.flatMap((listener) => listenerLine(listener).short.split(" ").slice(0, -1)),
    ...balancersOf(planned, own),
    groups: toGroups(planned),
    ...(database === undefined ? {} : { database }),
    ...turnOf(planned),
    ...(cluster.recordings.store === "bucket" ? { recordings: { title: "Recordings", detail: own.bucket } } : {}),
    natZones,
    ports: toPorts(cluster),
  };
}

/** The cloud's own balancers, or its network balancer and the proxies behind it. */
function balancersOf(planned: Planned, own: Words): Pick<Picture, "web" | "stream" | "isProxied"> {
  const { cluster } = planned;
  const [web, streams] = [httpListeners(cluster).map(listenerLine), streamListeners(cluster).map(listenerLine)];
  const proxy = proxyOf(cluster);
  if (proxy !== undefined) {
    const title = `${proxyName(proxy.kind)}, ${proxy.count} × ${instanceTypeOf(planned, "proxy")}`;
    const subtitle = webSubtitle(cluster, { ...own, issuer: "Let's Encrypt" });
    const stream = { title: own.stream, subtitle: "forwards all ports to the proxies", listeners: [] };
    return { web: { title, subtitle, listeners: [...web, ...streams] }, stream, isProxied: true };
  }
  const subtitle = cluster.domain === undefined ? "" : `rtmp.${cluster.domain.name}`;
  return {
    web: { title: own.web, subtitle: webSubtitle(cluster, own), listeners: web },
    ...(streams.length > 0 ? { stream: { title: own.stream, subtitle, listeners: streams } } : {}),
    isProxied: false,
  };
}

/** Clients behind firewalls reach the TURN servers, and those the nodes' media ports. */
function turnOf(planned: Planned): Pick<Picture, "turn"> {
  const { turn, domain } = planned.cluster;
  if (turn === undefined || domain === undefined) return {};
  const ports = turnListeners.map(({ protocol, port }) => (protocol === "udp" ? `${port}/udp` : `${port}`));
  const title = `TURN, ${turn.count} × ${instanceTypeOf(planned, "turn")}`;
  return { turn: { title, detail: `${turnName(domain)} on ${ports.join(", ")}` } };
}

const proxyName = (kind: "haproxy" | "nginx"): string => ({ haproxy: "HAProxy", nginx: "Nginx" })[kind];

function zonesOf(cluster: Cluster, natZones: readonly string[]): readonly Zone[] {
  const { network } = cluster;
  const proxy = proxyOf(cluster);
  const cidrOf = (tier: Tier, index: number): string => subnetsOf(network, tier)[index]?.cidr ?? "";
  const balancers = [proxy !== undefined || streamListeners(cluster).length > 0, cluster.turn !== undefined];
  return network.zones.map((letter, index) => ({
    letter,
    cidrs: {
      balancer: cidrOf("balancer", index),
      media: cidrOf("media", index),
      database: cidrOf("database", index),
    },
    entrance: [
      ...(natZones.includes(letter) ? ["NAT"] : []),
      ...balancers.filter(Boolean).map(() => "NLB"),
      ...(proxy === undefined ? ["ALB"] : sharesIn(proxy.count, "proxy", index, network.zones.length)),
      ...(cluster.turn === undefined ? [] : sharesIn(cluster.turn.count, "TURN", index, network.zones.length)),
    ],
  }));
}

/** A group evens its machines out over the zones; the first zones get what is left over. */
export const shareOf = (count: number, zone: number, zones: number): number =>
  Math.floor(count / zones) + (zone < count % zones ? 1 : 0);

function sharesIn(count: number, what: "proxy" | "TURN", zone: number, zones: number): readonly string[] {
  const share = shareOf(count, zone, zones);
  return share === 0 ? [] : [`${share} × ${what}`];
}

function webSubtitle({ domain, certificate }: Cluster, own: Words): string {
  const source = { issued: `TLS issued by ${own.issuer}`, existing: "TLS", uploaded: "TLS", none: "no TLS" };
  if (domain === undefined) return source[certificate.source];
  const dns = domain.dns === "managed" ? own.dns : "external DNS";
  return [domain.name, dns, source[certificate.source]].join(" · ");
}

function toGroups(planned: Planned): Picture["groups"] {
  const groups = groupsOf(planned.cluster);
  const titles =
    groups.length === 1 ? { origin: "Media server", edge: "" } : { origin: "Origin group", edge: "Edge group" };
  const [origin, edge] = groups.map(({ role, group: { min, max } }): Group => {
    const scaling = min === max ? {} : { scaling: scalingOf(planned.cluster, role) };
    return { title: titles[role], machine: instanceTypeOf(planned, role), min, max, ...scaling };
  });
  if (origin === undefined) throw new Error(`${planned.stack} has no media servers`);
  return edge === undefined ? { origin } : { origin, edge };
}
