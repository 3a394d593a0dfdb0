import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster, Role } from "../../model/cluster.js";
import { type Target } from "../../model/targets.js";
import { Part } from "../part.js";
import type { AccessLogs } from "./access-logs.js";
import type { Certificate } from "./certificate.js";
import { type BalancerPlace } from "./network-balancer.js";
/** A set of servers that a scaling group fills. */
export interface ServerGroup {
    readonly target: Target;
    readonly type: "ALB" | "NLB";
    readonly id: Output<string>;
}
/** What other parts need to know of the way in, whoever balances. */
export type WayIn = Part & Pick<LoadBalancer, "webHost" | "webId" | "streamHost" | "ready" | "groupsOf">;
export interface BalancerNeeds extends BalancerPlace {
    readonly logs: AccessLogs;
    /** Absent without TLS. */
    readonly certificate: Certificate | undefined;
}
/** ALB Standard (the Basic edition knows no query strings) for HTTP, and NLB for ingest. */
export declare class LoadBalancer extends Part {
    #private;
    readonly webHost: Output<string>;
    /** Of the application balancer; absent where proxies stand in its place. */
    readonly webId?: Output<string>;
    /** There only with RTMP or SRT. */
    readonly streamHost?: Output<string>;
    /** What scaling groups wait for: no machine is behind a balancer before the rules that keep strangers from its panel. */
    readonly ready: readonly Resource[];
    constructor(cluster: Cluster, { network, firewall, logs, certificate }: BalancerNeeds, parent: Part);
    groupsOf(role: Role): readonly ServerGroup[];
}
