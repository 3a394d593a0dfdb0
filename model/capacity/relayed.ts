import type { Audience, Cluster, Turn } from "../../config/types.ts";
import { entryMbps } from "../traffic/balancer.ts";
import { type Limit, type Machine, machinesFor, perMbps } from "./capacity.ts";

/** What TURN servers carry: media of a relayed viewer comes in from a node and goes out to the viewer. */

/** Whether clients on the internet have no other way to the nodes, whatever their own network allows. */
const isOnlyWay = ({ network, balancer }: Cluster, turn: Turn): boolean =>
  turn.default !== "udp" || (network.media === "private" && balancer.scheme === "internet");

/** Viewers whose media passes the TURN servers; undefined where nobody says how many. */
export function relayedViewers(cluster: Cluster, audience: Audience): number | undefined {
  const { turn } = cluster;
  if (turn === undefined) return 0;
  const percent = audience.relayedPercent ?? (isOnlyWay(cluster, turn) ? 100 : undefined);
  return percent === undefined ? undefined : Math.ceil((audience.viewers * percent) / 100);
}

/** What the load balancer's public addresses let through; undefined without a limit. */
function balancerMbps({ cluster, sharedMbps }: Relay): number | undefined {
  const { cloud, balancer, network } = cluster;
  if (cloud !== "alibaba" || balancer.scheme !== "internet") return undefined;
  return sharedMbps ?? entryMbps * network.zones.length;
}

export interface Relay {
  readonly cluster: Cluster;
  readonly turn: Turn;
  /** Undefined with a type whose figures nobody has looked up. */
  readonly machine: Machine | undefined;
  /** Where the addresses share a bandwidth. */
  readonly sharedMbps?: number | undefined;
}

/** Of a machine that sends to the internet, what AWS lets out counts; Alibaba Cloud limits public addresses, and it has none. */
const networkOf = ({ networkMbps, internet, sources }: Machine) =>
  internet.limit === "bandwidth"
    ? { mbps: internet.outMbps, sources: sources.internet }
    : { mbps: networkMbps, sources: sources.network };

/** What the servers can run out of, with the number of them that so many relayed viewers need. */
export function relayLimits(relay: Relay, bitrateKbps: number, relayed?: number): readonly Limit[] {
  const { turn, machine } = relay;
  const limit = (name: Limit["name"], what: string, each: number | undefined, sources: readonly string[]): Limit => ({
    ...{ name, what, each, machines: relayed === undefined ? undefined : machinesFor(relayed, each), sources },
  });
  const all = perMbps(balancerMbps(relay), bitrateKbps);
  const network = machine === undefined ? { mbps: undefined, sources: [] } : networkOf(machine);
  return [
    limit("allocations", "ams:turn.allocations", turn.allocations, ["allocations"]),
    limit("bandwidth", "network, inbound and outbound", perMbps(network.mbps, bitrateKbps), network.sources),
    ...(all === undefined ? [] : [ofBalancer(all, turn.count, relayed)]),
  ];
}

/** No number of servers behind it makes a balancer carry more. */
const ofBalancer = (all: number, count: number, relayed: number | undefined): Limit => ({
  name: "balancer",
  what: "load balancer addresses",
  each: Math.floor(all / count),
  machines: relayed === undefined ? undefined : relayed > all ? Number.POSITIVE_INFINITY : 0,
  sources: ["eip"],
});
