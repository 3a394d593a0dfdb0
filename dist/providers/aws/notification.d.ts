import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import type { Part } from "../part.js";
/**
 * An SNS topic with the stack's receivers; none without any. CloudWatch can't publish to a topic under AWS's own key
 * (CloudWatch's user guide, "Notifying users on alarm changes"), so the topic has a key of its own that lets it, or the
 * owner's, which has to.
 */
export declare function addTopic(part: Part, cluster: Cluster, arnOfAccount: pulumi.Output<string>): pulumi.Output<string> | undefined;
