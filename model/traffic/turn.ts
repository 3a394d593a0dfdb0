import type { Cluster, Domain, Turn } from "../../config/types.ts";

/** TURN servers (RFC 8656): coturn on machines of the stack, behind a network balancer of its own. */

/** Where coturn listens, for UDP, TCP and, where it has a certificate, TLS: it tells them apart by the first bytes. */
export const turnPort = 3478;

/** Ports that coturn relays from, one for each allocation. */
export const relayPorts = [49152, 65535] as const;

/** WebRTC ports of a node, the only ones that relayed media goes to (AppSettings.java, webRTCPortRangeMin and Max). */
export const mediaPorts = [50000, 60000] as const;

/** What the network balancer in front of the TURN servers listens to; each row leads to `turnPort`. */
export interface TurnListener {
  /** Part of the logical name, e.g. `turn-tcp-443`. */
  readonly name: string;
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

const listener = (protocol: TurnListener["protocol"], port: number): TurnListener => ({
  name: `turn-${protocol}-${port}`,
  protocol,
  port,
});

/** 443 is the port that firewalls of offices leave open. */
export const turnListeners: readonly TurnListener[] = [
  listener("udp", turnPort),
  listener("tcp", turnPort),
  listener("tcp", 443),
];

/** Name of the TURN servers, below the domain's own. */
export const turnName = ({ name }: Pick<Domain, "name">): string => `turn.${name}`;

/**
 * The one address that AMS hands out, as RFC 7065 writes it. UDP is what a URI without a transport means, and AMS appends
 * `?transport=udp` by itself in the Link header of WHIP (WhipEndpoint.java), so that none stands here.
 */
export function turnUri({ domain, turn }: Pick<Cluster, "domain" | "turn">): string | undefined {
  if (turn === undefined || domain === undefined) return undefined;
  const address = `turn:${turnName(domain)}`;
  const ends = { udp: `:${turnPort}`, tcp: `:${turnPort}?transport=tcp`, tcp443: ":443?transport=tcp" };
  return address + ends[turn.default];
}

/** The address over TLS, which pages name themselves: AMS's SDK takes none that begins with `turns:`. */
export const turnsUri = ({ domain, turn }: Pick<Cluster, "domain" | "turn">): string | undefined =>
  domain === undefined || turn?.tls !== true ? undefined : `turns:${turnName(domain)}:443?transport=tcp`;

/** The credential that AMS hands out, with those that are valid beside it: no order of machines decides who is let in. */
export const turnCredentials = ({ credential }: Turn): readonly number[] =>
  [credential - 1, credential, credential + 1].filter((number) => number > 0);

export const turnUser = ({ name }: Pick<Cluster, "name">, credential: number): string => `${name}-${credential}`;
