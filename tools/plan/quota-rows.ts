import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import { mediaAddresses, mostMachines } from "../../model/network/subnet-room.ts";
import type { Limits, Needs } from "../../model/operation/quota-needs.ts";
import { type Quota, quotaKeys, quotaOf } from "../../model/operation/quotas.ts";
import { headingRow, type Row } from "../cli/table.ts";

/** What the stack needs at its largest beside what a new account, or this one, may have. */
export function quotaRows(cluster: Cluster, needs: Needs, limits: Limits): readonly Row[] {
  const heading = headingRow("QUOTA", "REQUIRED", "ALLOWED", "ACTION");
  const rows = quotaKeys.flatMap((key) => {
    const quota = quotaOf(cluster.cloud, key);
    return quota === undefined || needs[key] === 0 ? [] : [rowOf(quota, needs[key], limits[key])];
  });
  const machines = groupsOf(cluster).reduce((sum, one) => sum + mostMachines(cluster, one), 0);
  const addresses = { name: "Addresses in the media subnets", default: mediaAddresses(cluster), adjustable: false };
  return [heading, ...rows, rowOf(addresses, machines, undefined)];
}

/** `limit`: what the stack says that its account has. */
function rowOf(quota: Omit<Quota, "source">, needed: number, limit: number | undefined): Row {
  const allowed = limit ?? quota.default;
  const mark = limit === undefined && quota.unconfirmed === true ? " (not confirmed)" : "";
  const todo = toDo(quota, needed, limit);
  return [
    { text: quota.name },
    { text: String(needed), style: "bold" },
    { text: `${allowed ?? "varies"}${mark}` },
    todo === "" ? { text: todo } : { text: todo, style: "yellow" },
  ];
}

function toDo(quota: Omit<Quota, "source">, needed: number, limit: number | undefined): string {
  const allowed = limit ?? quota.default;
  if (allowed === undefined) return "compare with the account's quota";
  if (needed <= allowed) return "";
  if (!quota.adjustable) return "cannot be raised";
  return limit === undefined ? `raise it to ${needed} in a new account` : `raise it to ${needed}`;
}
