import { Key } from "@pulumi/aws/kms/key.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { policyDocument } from "../../shared/documents.ts";
import { inputOf } from "../../shared/handles.ts";
import { print } from "../../shared/print.ts";
import { partition } from "../identity/statements.ts";

/**
 * An SNS topic with the stack's receivers; none without any. CloudWatch can't publish to a topic under AWS's own key
 * (CloudWatch's user guide, "Notifying users on alarm changes"), so the topic has a key of its own that lets it, or the
 * owner's, which has to.
 */
export function addTopic(
  component: ClusterComponent,
  cluster: Cluster,
  arnOfAccount: pulumi.Output<string>,
): pulumi.Output<string> | undefined {
  const { emails, webhooks } = cluster.alarms;
  if (emails.length + webhooks.length === 0) return undefined;
  const name = `${cluster.name}-alarms`;
  const { keyId } = cluster.encryption;
  const kmsMasterKeyId = keyId === undefined ? addKey(component, cluster, name, arnOfAccount).arn : inputOf(keyId);
  const topic = new Topic(name, { kmsMasterKeyId, tags: namedTags(cluster, name) }, component.child());
  // Each has to confirm its subscription, a webhook by calling the address that its first message names.
  const subscribe = (protocol: "email" | "https", endpoint: string) =>
    new TopicSubscription(`${name}-${print(endpoint)}`, { topic: topic.arn, protocol, endpoint }, component.child());
  for (const email of emails) subscribe("email", email);
  for (const webhook of webhooks) subscribe("https", webhook);
  return topic.arn;
}

function addKey(component: ClusterComponent, cluster: Cluster, name: string, arnOfAccount: pulumi.Output<string>): Key {
  const account = arnOfAccount.apply((arn) => arn.split(":")[4] ?? "");
  return new Key(
    name,
    {
      description: `Alarms of ${cluster.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
      policy: keyPolicy(cluster, account),
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
}

function keyPolicy(cluster: Cluster, account: pulumi.Output<string>): pulumi.Output<string> {
  return policyDocument({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:${partition(cluster)}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });
}
