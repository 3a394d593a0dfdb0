import type { Output } from "@pulumi/pulumi";
import { type Cluster } from "../../model/cluster.js";
import { type Member } from "../../model/firewall.js";
import { Part } from "../part.js";
import type { Network } from "./network.js";
/** A security group for each member, further ones for admin ranges that it has no room for, and one rule resource for each grant of the model's table. */
export declare class Firewall extends Part {
    #private;
    constructor(cluster: Cluster, network: Network, parent: Part);
    /** All groups of the member; machines and balancers have all of them. */
    idsOf(member: Member): Output<string>[];
}
