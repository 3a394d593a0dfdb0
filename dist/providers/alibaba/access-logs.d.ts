import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { Network } from "./network.js";
/** A store of the log service, and the project that it is in. */
export interface LogPlace {
    readonly project: pulumi.Output<string>;
    readonly store: pulumi.Output<string>;
}
/** Who called: the application balancer's requests, and what the network's rules turned away. */
export declare class AccessLogs extends Part {
    #private;
    /** There only with an application balancer: the network balancer has a log in its console alone. */
    readonly requests?: LogPlace;
    /** `project`: where the machines write; an existing one goes before it. */
    constructor(cluster: Cluster, network: Network, project: pulumi.Output<string>, parent: Part);
}
