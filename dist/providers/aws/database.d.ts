import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { OwnDatabase } from "../../model/database.js";
import { Part } from "../part.js";
import type { AgentBucket } from "./agent-bucket.js";
import type { Firewall } from "./firewall.js";
import { type Network } from "./network.js";
import { type Secrets } from "./secrets.js";
import { type Settings } from "./settings.js";
/**
 * Canonical's public parameter for the newest Ubuntu 24.04. EC2 resolves it when it launches the machine (EC2 user
 * guide, "Use a Systems Manager parameter instead of an AMI ID"), so that no preview looks anything up. It stands in a
 * launch template because an instance whose own `ami` is one is replaced at each update (terraform-provider-aws 43364).
 */
export declare const newestUbuntu = "resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";
export interface DatabaseNeeds {
    readonly network: Network;
    readonly firewall: Firewall;
    readonly secrets: Secrets;
    readonly agent: AgentBucket;
}
/**
 * The MongoDB machines, over the zones, each with a fixed private address and name and a data volume that outlives it.
 * The first one's resources are called the same in a replica set of one and of three, so that it can grow.
 */
export declare class Database extends Part {
    #private;
    readonly imageId: Output<string>;
    constructor(cluster: Cluster, database: OwnDatabase, settings: Settings, needs: DatabaseNeeds, parent: Part);
}
