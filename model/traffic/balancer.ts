import type { Cluster, ProxyBalancer } from "../../config/types.ts";

/** The proxies, if the balancer runs on machines of our own. */
export function proxyOf({ balancer }: Pick<Cluster, "balancer">): ProxyBalancer | undefined {
  return balancer.kind === "managed" ? undefined : balancer;
}

/** Whether HTTP clients may also come over IPv6. */
export const takesIpv6 = ({ balancer }: Pick<Cluster, "balancer">): boolean =>
  balancer.kind === "managed" && balancer.ipv6;

/** Whether the proxies get their certificate from an authority themselves, and share it through a secret. */
export const proxiesRenew = (cluster: {
  readonly balancer: Cluster["balancer"];
  readonly certificate: Pick<Cluster["certificate"], "source">;
}): boolean => proxyOf(cluster) !== undefined && cluster.certificate.source === "issued";

/** Statistics page of the proxies: a password, and admin ranges only (seed 004: 6080). */
export const statsPort = 6080;
/** Where a proxy says that it is at work; for the network balancer's checks alone. */
export const proxyHealthPort = 6081;
export const proxyHealthPath = "/";
/** Where the one proxy that renews the certificate answers the authority's HTTP challenge, for the others to ask. */
export const acmePort = 8402;

/** Alibaba Cloud: peak in Mbps of a balancer's address in a zone, the most of an elastic address that is paid by traffic. */
export const entryMbps = 200;
