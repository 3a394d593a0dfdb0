import { Group } from "@pulumi/aws/autoscaling/group.js";
import type { Input } from "@pulumi/pulumi";
import type { ProxyBalancer } from "../../model/balancer.js";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { AgentBucket } from "./agent-bucket.js";
import type { Front } from "./front.js";
import type { BalancerPlace } from "./network-balancer.js";
import type { Secrets } from "./secrets.js";
import type { Settings } from "./settings.js";
export interface ProxyNeeds extends BalancerPlace {
    readonly secrets: Secrets;
    readonly agent: AgentBucket;
    readonly front: Front;
}
/** A fixed number of HAProxy or Nginx machines over the zones, which replaces what the network balancer calls unhealthy. */
export declare class ProxyGroup extends Part {
    #private;
    readonly group: Group;
    readonly imageId: Input<string>;
    constructor(cluster: Cluster, proxy: ProxyBalancer, settings: Settings, needs: ProxyNeeds, parent: Part);
}
