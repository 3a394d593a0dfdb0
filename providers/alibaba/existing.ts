import type { Cluster } from "../../model/cluster.ts";
import type { Fault } from "../../model/fault.ts";
import { tiers } from "../../model/network.ts";
import { unsupported } from "../contract.ts";

/** Ids of what is there already, as this cloud forms them. */
const networkId = { pattern: /^vpc-[a-z0-9]{18,32}$/, allowed: "a VPC's id such as vpc-gw8123456789abcdefghi" };
const subnetId = { pattern: /^vsw-[a-z0-9]{18,32}$/, allowed: "a vSwitch's id such as vsw-gw8123456789abcdefghi" };

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
    return pattern.test(id) ? [] : [unsupported(path, id, "alibaba", allowed, fix)];
  });
}
