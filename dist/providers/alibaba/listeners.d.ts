import type { Output, Resource } from "@pulumi/pulumi";
import { type Cluster } from "../../model/cluster.js";
import type { Listener } from "../../model/listeners.js";
import type { TargetName } from "../../model/targets.js";
import type { Part } from "../part.js";
import type { Certificate } from "./certificate.js";
/** What a listener of the network balancer opens and where it leads. */
export interface StreamDoor {
    readonly balancerId: Output<string>;
    readonly groupId: (target: TargetName) => Output<string>;
}
/** The same of the application balancer. */
export interface Door extends StreamDoor {
    /** A server group that stays empty. */
    readonly nobody: Output<string>;
    /** Without its security group the balancer's ports are open to everybody. */
    readonly guard: Resource;
    /** For HTTPS. */
    readonly certificate: Certificate | undefined;
}
/**
 * A listener of the table with its rules. On this cloud it can only forward by default, so what the table denies or
 * redirects by default is the last rule, before a group without servers: nobody gets in until that rule is there.
 */
export declare function addWebListener(part: Part, cluster: Cluster, listener: Listener, door: Door): readonly Resource[];
export declare function addStreamListener(part: Part, cluster: Cluster, listener: Listener, door: StreamDoor): Resource;
