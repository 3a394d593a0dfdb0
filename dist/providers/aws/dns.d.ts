import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Domain } from "../../model/cluster.js";
import type { DnsRecord } from "../contract.js";
import { Part } from "../part.js";
import type { WayIn } from "./load-balancer.js";
import type { Settings } from "./settings.js";
/** Names for the balancers: alias records in Route 53, or the records that a person has to add elsewhere. */
export declare class Dns extends Part {
    #private;
    readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;
    constructor(cluster: Cluster, domain: Domain, settings: Settings, balancer: Pick<WayIn, "web" | "stream">, parent: Part);
}
