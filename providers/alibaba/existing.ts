import type { Cluster } from "../../model/cluster.ts";
import type { Fault } from "../../model/fault.ts";
import { tiers } from "../../model/network.ts";
import { unsupported } from "../contract.ts";

/** Ids of what is there already, as this cloud forms them. */
const networkId = { pattern: /^vpc-[a-z0-9]{18,32}$/, allowed: "a VPC's id such as vpc-gw8123456789abcdefghi" };
const subnetId = { pattern: /^vsw-[a-z0-9]{18,32}$/, allowed: "a vSwitch's id such as vsw-gw8123456789abcdefghi" };

/** ECS's keys are the old UUIDs or those of a KMS instance. */
const keyForm = /^(key-[a-z0-9]{8,32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The owner's key, as an argument of a disk that is encrypted with it; without one the service's own is used. */
export const ownKey = ({ encryption: { keyId } }: Cluster) => (keyId === undefined ? {} : { kmsKeyId: keyId });

export function checkExisting(cluster: Cluster): readonly Fault[] {
  return [...checkNetwork(cluster), ...checkKey(cluster), ...checkGroup(cluster)];
}

function checkGroup({ access: { adminGroup } }: Cluster): readonly Fault[] {
  if (adminGroup === undefined || /^sg-[a-z0-9]{18,32}$/.test(adminGroup)) return [];
  const path = "ams:access.adminGroup";
  const allowed = "a security group's id such as sg-gw8123456789abcdefgh";
  return [unsupported(path, adminGroup, "alibaba", allowed, `Set it with: pulumi config set --path ${path} ID`)];
}

function checkKey({ encryption: { keyId } }: Cluster): readonly Fault[] {
  if (keyId === undefined || keyForm.test(keyId)) return [];
  const path = "ams:encryption.keyId";
  const allowed = "a KMS key's id such as key-gww8123456789abcdefgh";
  return [unsupported(path, keyId, "alibaba", allowed, `Set it with: pulumi config set --path ${path} ID`)];
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
    return pattern.test(id) ? [] : [unsupported(path, id, "alibaba", allowed, fix)];
  });
}
