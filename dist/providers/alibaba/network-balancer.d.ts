import { LoadBalancer as StreamBalancer } from "@pulumi/alicloud/nlb/loadBalancer.js";
import { ServerGroup } from "@pulumi/alicloud/nlb/serverGroup.js";
import type { Cluster } from "../../model/cluster.js";
import type { Part } from "../part.js";
import type { Firewall } from "./firewall.js";
import type { Network } from "./network.js";
/**
 * A balancer's place in each zone, with an elastic address of the stack's own and a planned private one: what a firewall
 * elsewhere may name, and all that ALB's provider compares. Its Read fills in what is not named here, and each `up` would
 * then send an update of the same zones, which ALB refuses (terraform-provider-alicloud issue 9309).
 */
export declare function entries(part: Part, cluster: Cluster, network: Network, entry: Entry): {
    allocationId: import("@pulumi/pulumi").Output<string>;
    address: string;
    zoneId: string;
    vswitchId: import("@pulumi/pulumi").Output<string>;
}[];
/** A balancer's name, and which of a subnet's planned addresses is its own. */
export interface Entry {
    readonly name: string;
    readonly place: "web" | "stream";
}
/** What a balancer stands on. */
export interface BalancerPlace {
    readonly network: Network;
    readonly firewall: Firewall;
}
/**
 * The layer-4 balancer: of ingest beside the application balancer, and of everything in front of proxies. It is called
 * the same in both, so that ingest keeps its address when a cluster changes its kind of balancer.
 */
export declare function addNetworkBalancer(part: Part, cluster: Cluster, { network, firewall }: BalancerPlace): StreamBalancer;
/** A set of machines behind a listener, and how the balancer asks whether they live. */
export interface StreamTarget {
    readonly name: string;
    readonly protocol: "tcp" | "udp";
    readonly check: {
        readonly port: number;
        readonly path: string;
    };
}
export declare function addStreamTarget(part: Part, cluster: Cluster, network: Network, target: StreamTarget): ServerGroup;
