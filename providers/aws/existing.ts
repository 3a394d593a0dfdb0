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

export function checkExisting({ network: { existing } }: Cluster): readonly Fault[] {
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
