import type { CustomResource, Output } from "@pulumi/pulumi";
import type { MachineRole } from "../../machine/index.js";
import { type Cluster } from "../../model/cluster.js";
import type { Secrets as GivenSecrets } from "../contract.js";
import { type Credentials, type Places } from "../generated.js";
import { Part } from "../part.js";
import type { Settings } from "./settings.js";
/** The RAM role of a group's machines, and what has to stand before they can use it. */
export interface InstanceRole {
    readonly name: Output<string>;
    /** Has the account's number in it. */
    readonly arn: Output<string>;
    readonly ready: readonly CustomResource[];
}
/**
 * The machines' secrets, a RAM role for each group of machines, and the administrators' SSH key. The
 * media machines' secret holds the database's URL: `storeMedia` writes it once a database that the cloud runs has its
 * address.
 */
export declare class Secrets extends Part {
    #private;
    readonly credentials: Credentials;
    /** There only with `access.sshPublicKey`. */
    readonly keyPairName?: Output<string>;
    readonly logProject: Output<string>;
    constructor(cluster: Cluster, settings: Settings, given: GivenSecrets, parent: Part);
    /** Role of a group's machines. Throws for machines that the cluster doesn't have. */
    roleOf(role: MachineRole): InstanceRole;
    /** What the media machines read, and wait for, with what only other parts know. */
    storeMedia(places?: Places): CustomResource;
}
