import type { Fault } from "../../../config/fault.ts";
import type { Cluster } from "../../../config/types.ts";
import { partitionOf } from "../../../model/network/partitions.ts";
import { checkExisting as check } from "../../shared/existing.ts";

const hex = "([0-9a-f]{8}|[0-9a-f]{17})";

/** By ARN, as every one of the services takes it; a key is of one region, and a role's right names it. */
function keyOf({ region }: Cluster) {
  const place = `arn:${partitionOf(region).id}:kms:${region}`;
  return {
    pattern: new RegExp(`^${place}:\\d{12}:key/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$`),
    what: `the ARN of a KMS key in ${region}`,
  };
}

export const checkExisting = (cluster: Cluster): readonly Fault[] =>
  check(cluster, {
    network: { pattern: new RegExp(`^vpc-${hex}$`), what: "a VPC id" },
    subnet: { pattern: new RegExp(`^subnet-${hex}$`), what: "a subnet id" },
    group: { pattern: new RegExp(`^sg-${hex}$`), what: "a security group id" },
    key: keyOf(cluster),
  });
