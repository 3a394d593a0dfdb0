/** A row of the firewall's table (firewall.ts). */

/**
 * `internet` is anybody, `private` whoever comes from a private network, `admin` the admin ranges, `bastion` the owner's
 * group of administrators' machines, `monitor` the ranges of Prometheus servers, `receiver` the address that logs are forwarded
 * to; the others are machines of the cluster.
 */
export type Peer = "internet" | "private" | "admin" | "bastion" | "monitor" | "receiver" | Member;
/** Peers that own a security group. */
export type Member = "balancer" | "proxy" | "turn" | "origin" | "edge" | "database" | "drill";

export interface Flow {
  /** Part of the logical name, stable and unique, e.g. `internet-balancer-tcp-443`. */
  readonly key: string;
  readonly from: Peer;
  readonly to: Peer;
  readonly protocol: "tcp" | "udp" | "all";
  /** First and last port; 0 to 65535 with protocol `all`. */
  readonly ports: readonly [number, number];
  /** Fixed text, a rule's description: both providers update it in place. AWS takes no apostrophe in it. */
  readonly why: string;
  /** Whether clients from the internet come over IPv6 too. */
  readonly ipv6?: boolean;
}

const outsiders: readonly Peer[] = ["internet", "private", "admin", "bastion", "monitor", "receiver"];

export const isMember = (peer: Peer): peer is Member => !outsiders.includes(peer);

type Ports = number | readonly [number, number];

export function flow(from: Peer, to: Peer, protocol: Flow["protocol"], ports: Ports, why: string): Flow {
  const [first, last] = typeof ports === "number" ? [ports, ports] : ports;
  const range = first === last ? `${first}` : `${first}-${last}`;
  const key = protocol === "all" ? `${from}-${to}-all` : `${from}-${to}-${protocol}-${range}`;
  return { key, from, to, protocol, ports: [first, last], why };
}
