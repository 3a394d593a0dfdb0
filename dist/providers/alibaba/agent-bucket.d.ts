import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
/** The bucket that the machines fetch their agent from, and an object for each agent of this release. */
export declare class AgentBucket extends Part {
    /** What a template waits for, so that none names an agent that is not there. */
    readonly ready: readonly Resource[];
    /** `arn` has the account's number in it: all accounts share the names of buckets. */
    constructor(cluster: Cluster, arn: Output<string>, parent: Part);
}
