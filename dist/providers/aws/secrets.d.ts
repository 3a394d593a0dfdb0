import { KeyPair } from "@pulumi/aws/ec2/keyPair.js";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile.js";
import type * as pulumi from "@pulumi/pulumi";
import type { MachineRole } from "../../machine/index.js";
import { type Cluster } from "../../model/cluster.js";
import type { Secrets as GivenSecrets } from "../contract.js";
import { type Credentials, type Places } from "../generated.js";
import { Part } from "../part.js";
/**
 * Who may act as a role: a service of AWS. Services have the same names in all partitions (AWS CDK, region-info) but EC2 in
 * China, where it takes roles under its own (user guide of AWS in China, "IAM").
 */
export declare function mayAssume(cluster: Cluster, service: "ec2" | "dlm"): string;
/**
 * Secrets Manager's secrets, an instance profile for each group of machines, the log that they write and the SSH key if
 * any. The media machines' secret holds the database's URL: `storeMedia` writes it once a database
 * that AWS runs has its address.
 */
export declare class Secrets extends Part {
    #private;
    readonly credentials: Credentials;
    /** There only with `access.sshPublicKey`. */
    readonly keyPair: KeyPair | undefined;
    /** Number of the account, as the log's ARN has it. */
    readonly account: pulumi.Output<string>;
    constructor(cluster: Cluster, given: GivenSecrets, parent: Part);
    /** Profile of a group's machines. Throws for machines that the cluster doesn't have. */
    profileOf(role: MachineRole): InstanceProfile;
    /** What the media machines read, with what only other parts know. */
    storeMedia(places?: Places): void;
}
