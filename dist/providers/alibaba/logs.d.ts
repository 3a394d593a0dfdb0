import { Store } from "@pulumi/alicloud/log/store.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { Part } from "../part.js";
/**
 * Where the machines write. All accounts share the names of projects, so that it ends with the account's number, which
 * a machine learns from its metadata; `arn` has it here. Answers with the project's name.
 */
export declare function addLog(part: Part, cluster: Cluster, arn: Output<string>): Output<string>;
interface StoreNeeds {
    readonly project: Output<string>;
    readonly store: string;
    readonly days: number;
}
export declare function addStore(part: Part, name: string, { project, store: logstoreName, days }: StoreNeeds): Store;
export {};
