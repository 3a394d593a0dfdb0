import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { Part } from "../part.js";
/** The group that CloudMonitor tells: empty without receivers, as a rule needs one. Each address has to be confirmed. */
export declare function addContacts(part: Part, cluster: Cluster): Output<string>;
