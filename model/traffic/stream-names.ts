import type { Cluster, Domain } from "../../config/types.ts";
import { proxyOf } from "./balancer.ts";
import { streamListeners } from "./listeners.ts";
import { turnName } from "./turn.ts";

/** Name of the network balancer, which takes the ingest, below the domain's own. */
export const streamName = ({ name }: Pick<Domain, "name">): string => `rtmp.${name}`;

/** Names of the cluster's own records, whether or not all its parts use theirs: turning one on takes no name. */
export const ownNames = (domain: Pick<Domain, "name">): readonly string[] => [
  domain.name,
  streamName(domain),
  turnName(domain),
];

/** Each name that leads to the cluster. */
export const takenNames = (domain: Pick<Domain, "name" | "names">): readonly string[] => [
  ...ownNames(domain),
  ...domain.names,
];

/** The name whose certificate a TLS listener of ingest shows: proxies have one certificate for everything. */
export const tlsStreamName = (cluster: Pick<Cluster, "balancer">, domain: Pick<Domain, "name">): string =>
  proxyOf(cluster) === undefined ? streamName(domain) : domain.name;

/** The names that the certificate has to have, the domain first. */
export function certificateNames(cluster: Cluster): readonly string[] {
  const { domain } = cluster;
  if (domain === undefined) return [];
  const streams = streamListeners(cluster).some(({ protocol }) => protocol === "tls");
  return [...new Set([domain.name, ...domain.names, ...(streams ? [tlsStreamName(cluster, domain)] : [])])];
}
