import type { Cluster } from "../../model/cluster.ts";
import type { Fault } from "../../model/fault.ts";
import { tiers } from "../../model/network.ts";
import { unsupported } from "../contract.ts";

/** Ids of what is there already, as this cloud forms them. */
const networkId = { pattern: /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/, allowed: "a VPC's id such as vpc-0123456789abcdef0" };
const subnetId = {
  pattern: /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/,
  allowed: "a subnet's id such as subnet-0123456789abcdef0",
};

/** The owner's key, as an argument of what is encrypted with it; without one the service's own is used. */
export const ownKey = ({ encryption: { keyId } }: Cluster) => (keyId === undefined ? {} : { kmsKeyId: keyId });

export function checkExisting(cluster: Cluster): readonly Fault[] {
  return [...checkNetwork(cluster), ...checkKey(cluster), ...checkGroup(cluster)];
}

function checkGroup({ access: { adminGroup } }: Cluster): readonly Fault[] {
  if (adminGroup === undefined || /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/.test(adminGroup)) return [];
  const path = "ams:access.adminGroup";
  const allowed = "a security group's id such as sg-0123456789abcdef0";
  return [unsupported(path, adminGroup, "aws", allowed, `Set it with: pulumi config set --path ${path} ID`)];
}

/** By ARN, as every one of the services takes it; a key is of one region, and a role's right names it. */
function checkKey({ encryption: { keyId }, region }: Cluster): readonly Fault[] {
  if (keyId === undefined) return [];
  const arn = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/.exec(keyId);
  if (arn?.[1] === region) return [];
  const path = "ams:encryption.keyId";
  const allowed = `the ARN of a KMS key in ${region}, arn:aws:kms:${region}:<account>:key/<id>,`;
  return [unsupported(path, keyId, "aws", allowed, `Set it with: pulumi config set --path ${path} ARN`)];
}

function checkNetwork({ network: { existing } }: Cluster): readonly Fault[] {
  if (existing === undefined) return [];
  const ids = [
    { key: "id", id: existing.id, ...networkId },
    ...tiers.flatMap((tier) =>
      existing.subnets[tier].map(({ id }, index) => ({ key: `subnets.${tier}[${index}].id`, id, ...subnetId })),
    ),
  ];
  return ids.flatMap(({ key, id, pattern, allowed }) => {
    const path = `ams:network.existing.${key}`;
    const fix = `Set it with: pulumi config set --path ${path} ID`;
    return pattern.test(id) ? [] : [unsupported(path, id, "aws", allowed, fix)];
  });
}
