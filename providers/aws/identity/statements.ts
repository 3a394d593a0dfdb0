import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { partitionOf, usualPartition } from "../../../model/network/partitions.ts";
import { inputOf } from "../../shared/handles.ts";

/** What policies are made of. */

export interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What the ARNs of the cluster's region have for their partition. */
export const partition = ({ region }: Cluster): string => partitionOf(region).id;

/**
 * Use of the owner's key, if there is one, by way of one service alone. KMS's guide ("kms:ViaService") ends every service's
 * name with amazonaws.com and speaks of no other partition, so the partition's own suffix counts as well.
 */
export function throughKey(
  cluster: Cluster,
  service: "secretsmanager" | "s3",
  Action: Statement["Action"],
): readonly Statement[] {
  const { encryption, region } = cluster;
  if (encryption.keyId === undefined) return [];
  const suffixes = [...new Set([usualPartition.dnsSuffix, partitionOf(region).dnsSuffix])];
  const [name = "", ...others] = suffixes.map((suffix) => `${service}.${region}.${suffix}`);
  const via = { StringEquals: { "kms:ViaService": others.length === 0 ? name : [name, ...others] } };
  return [{ Effect: "Allow", Action, Resource: inputOf(encryption.keyId), Condition: via }];
}

export const mayRead = (secretArn: pulumi.Input<string>): Statement => ({
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  Resource: secretArn,
});
