import type { Output } from "@pulumi/pulumi";
import type { ProxyBalancer } from "../../model/balancer.js";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { Ground } from "./database.js";
import type { Front } from "./front.js";
import type { Settings } from "./settings.js";
export interface ProxyGround extends Ground {
    readonly front: Front;
}
/** A fixed number of HAProxy or Nginx machines over the zones, which replaces what the network balancer calls unhealthy. */
export declare class ProxyGroup extends Part {
    #private;
    readonly groupName: Output<string>;
    constructor(cluster: Cluster, proxy: ProxyBalancer, settings: Settings, ground: ProxyGround, parent: Part);
}
