import { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import type { Firewall } from "../network/firewall.ts";
import type { Network } from "../network/network.ts";
import type { AccessLogs } from "../observability/access-logs.ts";

/** What a load balancer requires. */
export interface BalancerPlace {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly logs: AccessLogs;
}

/** Subnets, security groups and protection of both kinds of load balancer. */
export const place = (cluster: Cluster, { network, firewall, logs }: BalancerPlace) => ({
  internal: cluster.balancer.scheme === "internal",
  subnets: [...network.subnetIds("balancer")],
  securityGroups: firewall.idsOf("balancer"),
  enableDeletionProtection: cluster.protect,
  // A network balancer writes of TLS listeners alone (its guide, "Access logs").
  accessLogs: { bucket: logs.bucket, enabled: true },
});

/** A target group has one balancer (Application Load Balancers' quotas), so a new one is made once the old one is gone. */
export const replacedFirst = { deleteBeforeReplace: true } as const;

/**
 * The layer-4 balancer: of ingest beside the application balancer, and of everything in front of proxies. It is called
 * the same in both, so that ingest keeps its address when a cluster changes its kind of balancer. TURN servers have another.
 */
export function addNetworkBalancer(
  component: ClusterComponent,
  cluster: Cluster,
  dependencies: BalancerPlace,
  key: "stream" | "turn" = "stream",
): Elb {
  const name = `${cluster.name}-${key}`;
  return new Elb(
    name,
    {
      loadBalancerType: "network",
      ...place(cluster, dependencies),
      // Else a zone's clients reach that zone's machines alone, and nobody where there is none.
      enableCrossZoneLoadBalancing: true,
      tags: namedTags(cluster, name),
    },
    component.durable(cluster, { ...replacedFirst, dependsOn: [...dependencies.network.wayIn] }),
  );
}

/** Port and path of a health check. */
export interface Check {
  readonly port: number;
  readonly path: string;
}

export function healthCheck({ balancer: { health } }: Cluster, { port, path }: Check) {
  return {
    protocol: "HTTP",
    port: String(port),
    path,
    matcher: "200",
    interval: health.intervalSeconds,
    timeout: health.timeoutSeconds,
    healthyThreshold: health.healthyThreshold,
    unhealthyThreshold: health.unhealthyThreshold,
  };
}

/** One port has one listener, of one protocol or of both (Network Load Balancers' guide, "Listener configuration"). */
export type StreamProtocol = "tcp" | "udp" | "tcp_udp";

/**
 * What ingest and proxies have in common. The firewall lets clients in by their own addresses, and the proxies tell the
 * nodes who called. By default the balancer cuts what is open to a target that fails its check (Network Load Balancers'
 * guide, "Unhealthy target connection termination"), and a node that drains fails it: its gate lets nobody new in.
 */
export const streamTarget = ({ drain }: Cluster, protocol: StreamProtocol, keepsClient = true) => ({
  preserveClientIp: String(keepsClient),
  ...(protocol !== "tcp"
    ? {}
    : {
        targetHealthStates: [
          { enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: drain.maxMinutes * 60 },
        ],
      }),
});
