import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import type { Output } from "@pulumi/pulumi";
import { type Cluster } from "../../model/cluster.js";
import type { Listener as ModelListener } from "../../model/listeners.js";
import type { TargetName } from "../../model/targets.js";
import type { Part } from "../part.js";
import type { Certificate } from "./certificate.js";
/** What a listener opens and where it leads. */
export interface Door {
    readonly balancer: LoadBalancer;
    readonly targetGroupArn: (target: TargetName) => Output<string>;
    /** For HTTPS. */
    readonly certificate: Certificate | undefined;
}
/** A listener of the table with its rules. */
export declare function addListener(part: Part, cluster: Cluster, listener: ModelListener, door: Door): void;
