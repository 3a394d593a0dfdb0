import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { Cluster } from "../../model/cluster.js";
import type { Part } from "../part.js";
/** Where the machines write, a stream for each. */
export declare function addLog(part: Part, cluster: Cluster): LogGroup;
