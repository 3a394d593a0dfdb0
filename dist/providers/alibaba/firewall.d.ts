import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { type Member } from "../../model/firewall.js";
import { Part } from "../part.js";
import type { Network } from "./network.js";
/** A security group for each member, a rule resource for each grant of the model's table, and rules that drop the rest. */
export declare class Firewall extends Part {
    #private;
    constructor(cluster: Cluster, network: Network, parent: Part);
    idOf(member: Member): Output<string>;
}
