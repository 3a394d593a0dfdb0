import { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import type { Cluster } from "../../model/cluster.js";
import type { Part } from "../part.js";
import type { AccessLogs } from "./access-logs.js";
import type { Firewall } from "./firewall.js";
import type { Network } from "./network.js";
/** What a balancer stands on. */
export interface BalancerPlace {
    readonly network: Network;
    readonly firewall: Firewall;
    readonly logs: AccessLogs;
}
/** Where both kinds of balancer stand, and how they are guarded. */
export declare const place: (cluster: Cluster, { network, firewall, logs }: BalancerPlace) => {
    internal: boolean;
    subnets: import("@pulumi/pulumi").Output<string>[];
    securityGroups: import("@pulumi/pulumi").Output<string>[];
    enableDeletionProtection: boolean;
    accessLogs: {
        bucket: import("@pulumi/pulumi").Output<string>;
        enabled: boolean;
    };
};
/**
 * The layer-4 balancer: of ingest beside the application balancer, and of everything in front of proxies. It is called
 * the same in both, so that ingest keeps its address when a cluster changes its kind of balancer.
 */
export declare function addNetworkBalancer(part: Part, cluster: Cluster, needs: BalancerPlace): Elb;
/** Whom a balancer may ask, and how it asks whether they live. */
export interface Check {
    readonly port: number;
    readonly path: string;
}
export declare function healthCheck({ balancer: { health } }: Cluster, { port, path }: Check): {
    protocol: string;
    port: string;
    path: string;
    matcher: string;
    interval: number;
    timeout: number;
    healthyThreshold: number;
    unhealthyThreshold: number;
};
/** A set of proxies behind one listener. */
export interface FrontTarget {
    readonly name: string;
    readonly protocol: "tcp" | "udp";
    readonly port: number;
    readonly check: Check;
}
/** Its name is the cluster's and not its part's: the physical one ends at 32 characters, eight of which are Pulumi's. */
export declare function addFrontTarget(part: Part, cluster: Cluster, network: Network, target: FrontTarget): TargetGroup;
/**
 * What ingest and proxies have in common. The firewall lets clients in by their own addresses, and the proxies tell the
 * nodes who called. By default the balancer cuts what is open to a target that fails its check (Network Load Balancers'
 * guide, "Unhealthy target connection termination"), and a node that drains fails it: its gate lets nobody new in.
 */
export declare const streamTarget: ({ drain }: Cluster, protocol: "tcp" | "udp") => {
    targetHealthStates?: {
        enableUnhealthyConnectionTermination: boolean;
        unhealthyDrainingInterval: number;
    }[];
    preserveClientIp: string;
};
