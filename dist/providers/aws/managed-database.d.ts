import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { ManagedDatabase as Model } from "../../model/database.js";
import type { ManagedAddress } from "../generated.js";
import { Part } from "../part.js";
import type { DatabaseNeeds } from "./database.js";
import type { Settings } from "./settings.js";
/**
 * Amazon DocumentDB with MongoDB 5.0's protocol, in the private subnets.
 *
 * What AMS can do there: its vendor documents a cluster on DocumentDB (docs, "Scaling with AWS DocumentDB"). The URL needs
 * `retryWrites=false`, because DocumentDB has no retryable writes and drivers ask for them; AMS takes a `?` since 3.1.0
 * only. What it can't: DocumentDB is no MongoDB; operators such as $lookup with a pipeline, some index types and
 * collations are missing or differ. Whether each of AMS's own queries works there is unverified: no test here speaks to
 * DocumentDB, and the vendor publishes no list.
 *
 * TLS: the vendor's guide turns it off, since AMS then took no options in the URL and its Java doesn't trust Amazon's
 * authority for databases. Since AMS 3.1.0 only the trust is missing, so TLS is on once `ams:aws.documentDbCa` holds
 * that authority's certificate, and off without it: then the password still doesn't cross the network (SCRAM), but the
 * data do, within the VPC.
 */
export declare class ManagedDatabase extends Part {
    #private;
    readonly address: ManagedAddress;
    /** Host and port, without credentials. */
    readonly endpoint: pulumi.Output<string>;
    constructor(cluster: Cluster, database: Model, settings: Settings, needs: DatabaseNeeds, parent: Part);
}
