import { LoadBalancer as Elb } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster, Role } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { Certificate } from "./certificate.js";
import { type BalancerPlace } from "./network-balancer.js";
export interface BalancerNeeds extends BalancerPlace {
    /** Absent without TLS. */
    readonly certificate: Certificate | undefined;
}
/** What other parts need to know of the way in, whoever balances. */
export type WayIn = Part & Pick<LoadBalancer, "web" | "stream" | "targetGroupArns">;
/**
 * The application balancer, and the network balancer if the cluster ingests RTMP or SRT.
 *
 * Balancers and target groups are named after the cluster and not after this part: their physical names end at 32
 * characters, eight of which are Pulumi's.
 */
export declare class LoadBalancer extends Part {
    #private;
    readonly web: Elb;
    readonly stream: Elb | undefined;
    constructor(cluster: Cluster, needs: BalancerNeeds, parent: Part);
    /** Target groups that a node group's machines join. */
    targetGroupArns(role: Role): Output<string>[];
}
