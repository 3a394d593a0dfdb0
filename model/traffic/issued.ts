import type { Cluster } from "../../config/types.ts";
import { proxiesRenew } from "./balancer.ts";
import { turnName } from "./turn.ts";

/** The certificate that the proxies get from Let's Encrypt, and what the TURN servers have to do with it. */

type Facts = Parameters<typeof proxiesRenew>[0] & {
  readonly domain?: Cluster["domain"] | undefined;
  readonly turn?: Cluster["turn"] | undefined;
};

/** Whether the TURN servers show the proxies' certificate. */
export const turnShares = (cluster: Facts): boolean => cluster.turn?.tls === true && proxiesRenew(cluster);

/** The names in it. The authority refuses a name beside a wildcard that covers it (Boulder, wfe: "redundant with a wildcard"). */
export function issuedNames(cluster: Facts): readonly string[] {
  const { domain } = cluster;
  if (domain === undefined || !proxiesRenew(cluster)) return [];
  const all = [domain.name, ...domain.names, ...(turnShares(cluster) ? [turnName(domain)] : [])];
  return all.filter((name) => isWildcard(name) || !all.includes(name.replace(/^[^.]+/, "*")));
}

export const isWildcard = (name: string): boolean => name.startsWith("*.");

/**
 * How the authority has the names proved (RFC 8555, section 8): a wildcard by DNS alone, and with it all others, since certbot
 * takes one way for an order. None where the proxies get no certificate.
 */
export function challengeOf(cluster: Facts): "http" | "dns" | undefined {
  if (!proxiesRenew(cluster)) return undefined;
  return cluster.domain?.names.some(isWildcard) ? "dns" : "http";
}

/** The records that prove the names by DNS; a wildcard has that of the name that it is below. */
export const challengeRecords = (cluster: Facts): readonly string[] => [
  ...new Set(issuedNames(cluster).map((name) => `_acme-challenge.${name.replace(/^\*\./, "")}`)),
];

/** Whether the authority looks for its proof of the TURN servers' name at port 80 of their balancer. */
export const provesTurn = (cluster: Facts): boolean => turnShares(cluster) && challengeOf(cluster) === "http";

/** The listener there, and the set of proxies behind it: they answer the authority whatever name it asks for. */
export const turnChallenge = { name: "turn-tcp-80", target: "turn80", protocol: "tcp", port: 80 } as const;
