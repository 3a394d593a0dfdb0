import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { Network } from "./network.js";
/** The bucket that the machines fetch their agent from, and an object for each agent of this release. */
export declare class AgentBucket extends Part {
    #private;
    /** What a template waits for, so that none names an agent that is not there. */
    readonly ready: readonly Resource[];
    constructor(cluster: Cluster, network: Network, account: Output<string>, parent: Part);
}
