import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../model/cluster.js";
/** One concept of the cluster. The tokens are identity: changing one replaces what stands below it; a test pins them. */
export type PartKind = "Cluster" | "Network" | "Firewall" | "Secrets" | "Database" | "Certificate" | "LoadBalancer" | "ProxyGroup" | "NodeGroup" | "Alarms" | "Storage" | "Agent" | "Logs" | "Dns";
/** What a part was called in an earlier release, for its `aliases`: what stands below it follows, names' beginnings too. */
export declare const formerly: (kind: PartKind, name: string) => pulumi.Alias;
/** Base of both clouds' components, with neutral type tokens, so that the two stacks' trees can be compared. */
export declare class Part extends pulumi.ComponentResource {
    #private;
    /** Without a parent it is the cluster's own component, and `options` are those of whoever makes the cluster. */
    constructor(kind: PartKind, name: string, parent?: Part, options?: pulumi.ComponentResourceOptions);
    /** Public, so that the function that builds a part can end it too. The root gives out the policy documents below it. */
    registerOutputs(outputs?: pulumi.Inputs): void;
    /** Options of a resource of this part. */
    child(options?: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions;
    /** Options of a resource that holds what can't be made again; the stack's `protect` lets it go. */
    durable(cluster: Cluster, options?: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions;
}
