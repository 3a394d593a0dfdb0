import * as pulumi from "@pulumi/pulumi";
import { type Cluster } from "../../model/cluster.js";
import type { DnsRecord, Secrets } from "../contract.js";
import { Part } from "../part.js";
import type { Settings } from "./settings.js";
/** An ACM certificate that is ready for a listener. */
export declare class Certificate extends Part {
    #private;
    readonly arn: pulumi.Output<string>;
    /** What a person has to add so that ACM may issue the certificate; empty when Route 53 is ours or nothing is issued. */
    readonly recordsToAdd: pulumi.Output<readonly DnsRecord[]>;
    constructor(cluster: Cluster, settings: Settings, given: Secrets, parent: Part);
}
