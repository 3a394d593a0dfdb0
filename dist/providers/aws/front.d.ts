import type { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import { type BalancerPlace } from "./network-balancer.js";
/** The network balancer in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
export declare class Front extends Part {
    #private;
    /** The one balancer takes web and ingest. */
    readonly web: Elb;
    readonly stream: Elb | undefined;
    /** Sets of proxies, one for each listener. */
    readonly proxies: readonly Output<string>[];
    constructor(cluster: Cluster, needs: BalancerPlace, parent: Part);
    /** The proxies find the nodes themselves. */
    targetGroupArns(): Output<string>[];
}
