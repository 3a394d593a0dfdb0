import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { type Fault } from "../../model/fault.js";
import { type Secrets } from "../contract.js";
import { Part } from "../part.js";
/** What HTTPS listeners show. The part is there for an existing certificate too, so that both clouds' trees are equal. */
export declare class Certificate extends Part {
    #private;
    /** The certificate's number and its home, as listeners want it. */
    readonly id: pulumi.Input<string>;
    constructor(cluster: Cluster, given: Secrets, parent: Part);
}
/**
 * Certificate Management Service has two homes, one for the Chinese mainland and one for all other regions; an id's
 * suffix names the home, whatever the listener's region (certimate issues 827 and 1283).
 */
export declare const certificateHome: (region: string) => string;
/** This cloud issues none by itself, and knows one by its number and its home. */
export declare function checkCertificate(cluster: Cluster): readonly Fault[];
