import type { Cluster } from "../../model/cluster.ts";
import { groupsOf } from "../../model/cluster.ts";
import { quotaKeys, quotas } from "../../model/quotas.ts";
import { mediaAddresses, mostMachines } from "../../model/subnet-room.ts";
import type { Limits, Needs } from "./quota-needs.ts";
import type { Cell } from "./style.ts";

/** What the stack needs at its largest beside what a new account, or this one, may have. */
export function quotaRows(cluster: Cluster, needs: Needs, limits: Limits): readonly (readonly Cell[])[] {
  const heading = ["QUOTA", "NEEDED", "ALLOWED", "TO DO"].map((text): Cell => ({ text, style: "dim" }));
  const rows = quotaKeys
    .filter((key) => needs[key] > 0)
    .map((key) => {
      const { name, default: usual } = quotas[cluster.cloud][key];
      const allowed = limits[key] ?? usual;
      return rowOf(name, needs[key], allowed, limits[key] !== undefined);
    });
  const machines = groupsOf(cluster).reduce((sum, one) => sum + mostMachines(cluster, one), 0);
  return [heading, ...rows, rowOf("Addresses of the media subnets", machines, mediaAddresses(cluster), false)];
}

function rowOf(name: string, needed: number, allowed: number | undefined, isOwn: boolean): readonly Cell[] {
  const todo: Cell =
    allowed === undefined
      ? { text: "compare with the account's", style: "yellow" }
      : needed > allowed
        ? { text: isOwn ? `raise to ${needed}` : `a new account raises it to ${needed}`, style: "yellow" }
        : { text: "" };
  return [{ text: name }, { text: String(needed), style: "bold" }, { text: String(allowed ?? "varies") }, todo];
}
