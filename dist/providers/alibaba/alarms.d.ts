import * as pulumi from "@pulumi/pulumi";
import { type Cluster, type Role } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { WayIn } from "./load-balancer.js";
import type { NodeGroup } from "./node-group.js";
/** What is watched. */
export interface Watched {
    readonly groups: ReadonlyMap<Role, NodeGroup>;
    readonly balancer: WayIn;
    /** Something's name with the account's number in it. */
    readonly arn: pulumi.Output<string>;
}
/**
 * The cluster's alarms in CloudMonitor and who is told of them. Not among them is the certificate's: CloudMonitor has no
 * such metric, and Certificate Management Service writes to the account's contacts by itself. CloudMonitor also has no
 * word for silence, so an alarm whose machines say nothing keeps the state that it had.
 */
export declare class Alarms extends Part {
    #private;
    constructor(cluster: Cluster, watched: Watched, parent: Part);
}
