import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../../model/cluster.js";
import type { DnsRecord } from "../contract.js";
import { Part } from "../part.js";
import type { WayIn } from "./load-balancer.js";
/** The service's names: records in Alibaba Cloud DNS, or what a person has to add elsewhere. */
export declare class Dns extends Part {
    #private;
    readonly recordsToAdd: pulumi.Input<readonly DnsRecord[]>;
    constructor(cluster: Cluster, domain: Domain, balancer: WayIn, parent: Part);
}
