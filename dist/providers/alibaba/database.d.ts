import type { Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { OwnDatabase } from "../../model/database.js";
import { Part } from "../part.js";
import type { AgentBucket } from "./agent-bucket.js";
import type { Firewall } from "./firewall.js";
import type { Network } from "./network.js";
import type { Secrets } from "./secrets.js";
import { type Settings } from "./settings.js";
/** What the database stands on. */
export interface Ground {
    readonly network: Network;
    readonly firewall: Firewall;
    readonly secrets: Secrets;
    readonly agent: AgentBucket;
}
/**
 * The MongoDB machines, over the zones, each with a data disk of its own, a fixed address and a name in the network's
 * private zone. The first one's resources are called the same in a replica set of one and of three, so that it can grow.
 */
export declare class Database extends Part {
    #private;
    /** What media machines wait for. */
    readonly ready: readonly Resource[];
    constructor(cluster: Cluster, database: OwnDatabase, settings: Settings, ground: Ground, parent: Part);
}
