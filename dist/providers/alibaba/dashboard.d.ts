import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { Part } from "../part.js";
/**
 * CloudMonitor's page of the cluster: an application group of all that bears its tag, machines that come later as well,
 * with the charts of each. The provider has no resource for a dashboard of one's own (3.108.0).
 */
export declare function addDashboard(part: Part, cluster: Cluster, contacts: Output<string>): void;
