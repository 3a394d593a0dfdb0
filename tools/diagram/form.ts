import type { Scaling } from "../../model/groups/load.ts";
import type { Tier } from "../../model/network/network.ts";
import type { ListenerLine } from "./listener-line.ts";
import type { Words } from "./words.ts";

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
  /** The application balancer; with proxies, the proxies. */
  readonly web: Balancer;
  /** The network balancer; with proxies, everything passes it on its way to them. */
  readonly stream?: Balancer;
  readonly isProxied: boolean;
  /** Without edges, it is a lone machine. */
  readonly groups: { readonly origin: Group; readonly edge?: Group };
  /** A lone machine has none. */
  readonly database?: DatabaseNode;
  /** The TURN servers, by their name and ports. */
  readonly turn?: Store;
  /** The bucket of the recordings. */
  readonly recordings?: Store;
  /** Zones with a NAT gateway; empty for none. */
  readonly natZones: readonly string[];
  readonly ports: Ports;
}

export interface Zone {
  readonly letter: string;
  readonly cidrs: Readonly<Record<Tier, string>>;
  /** What stands in the zone's public subnet: NAT gateway, nodes of the balancers, proxies. */
  readonly entrance: readonly string[];
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
  /** One machine does not scale. */
  /** Absent for a group of one size. */
  readonly scaling?: Pick<Scaling, "follows" | "targetPercent">;
}

export interface Store {
  readonly title: string;
  readonly detail: string;
}

export interface DatabaseNode extends Store {
  /** Empty for a database outside the network. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly zone: string;
  /** Empty where the cloud gives it. */
  readonly address: string;
}

/** Labels of the arrows: ports, as the firewall's table has them. An empty one is an arrow that there is not. */
export interface Ports {
  readonly publishersToStream: readonly string[];
  readonly publishersToWeb: readonly string[];
  readonly playersToWeb: readonly string[];
  readonly adminsToWeb: string;
  readonly streamToOrigin: string;
  readonly webToEdge: string;
  readonly webToOrigin: string;
  readonly edgeToOrigin: string;
  readonly nodesToDatabase: string;
  readonly webRtc: string;
  readonly databaseToInternet: string;
}

export const sizeText = ({ min, max, machine }: Group): string =>
  `${min === max ? min : `${min} to ${max}`} × ${machine}`;

/** How a group scales; nothing for one machine. */
export const scalingText = ({ scaling }: Group): string =>
  scaling === undefined ? "" : `${figures[scaling.follows]} at ${scaling.targetPercent} %`;

const figures = { cpu: "CPU", load: "load" } as const;
