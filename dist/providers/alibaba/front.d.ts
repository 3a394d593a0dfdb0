import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { type FrontListener } from "../../model/front.js";
import { Part } from "../part.js";
import { type BalancerPlace } from "./network-balancer.js";
/** A set of proxies behind one listener. */
export interface FrontTarget {
    readonly listener: FrontListener;
    readonly id: Output<string>;
}
/** NLB in front of the proxies: layer 4 alone, TLS and rules are the proxies' own. */
export declare class Front extends Part {
    #private;
    readonly webHost: Output<string>;
    /** There only with RTMP or SRT: the one balancer takes both. */
    readonly streamHost?: Output<string>;
    readonly ready: readonly Resource[];
    readonly proxies: readonly FrontTarget[];
    constructor(cluster: Cluster, place: BalancerPlace, parent: Part);
    /** The proxies find the nodes themselves. */
    groupsOf(): readonly [];
}
