import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { Network } from "./network.js";
/** Who called: the balancers' requests, and what the network's rules turned away. */
export declare class AccessLogs extends Part {
    #private;
    /** Name of the bucket that the balancers write to. */
    readonly bucket: pulumi.Output<string>;
    constructor(cluster: Cluster, network: Network, account: pulumi.Output<string>, parent: Part);
}
