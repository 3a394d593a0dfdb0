import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { ManagedDatabase as Model } from "../../model/database.js";
import type { Fault } from "../../model/fault.js";
import type { ManagedAddress } from "../generated.js";
import { Part } from "../part.js";
import type { Ground } from "./database.js";
import type { Settings } from "./settings.js";
/**
 * ApsaraDB for MongoDB: a replica set of three nodes in the private vSwitches, one in each of the first three zones.
 * Secondary and hidden node take zones of their own or none (CreateDBInstance), so with two zones all stand in the first;
 * naming a third one later moves them.
 *
 * What AMS can do there: it is MongoDB itself, and its URL needs no options, as several hosts make the driver look for
 * their replica set. AMS is its root user: the service's API makes no other one for a replica set (CreateAccount). From
 * 4.4 on that root writes to every database but `admin`, which AMS doesn't use. No test here speaks to ApsaraDB.
 *
 * TLS stays off: its authority's certificate comes from the console once TLS is on, AMS before 3.1.0 takes no `?tls=true`,
 * and only 7.0 and 8.0 can insist on it. The password doesn't cross the network (SCRAM), but the data do, within the VPC.
 */
export declare class ManagedDatabase extends Part {
    #private;
    readonly address: ManagedAddress;
    /** Hosts and ports, without credentials. */
    readonly endpoint: pulumi.Output<string>;
    /** What media machines wait for. */
    readonly ready: readonly pulumi.Resource[];
    constructor(cluster: Cluster, database: Model, settings: Settings, ground: Ground, parent: Part);
}
export declare function checkManaged({ database }: Cluster): readonly Fault[];
