import type { Fault } from "../../config/fault.ts";
import { setPath } from "../../config/remedy/command.ts";
import type { Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import { elasticityOf } from "../../model/groups/node-group.ts";
import { unsupported } from "../contract.ts";

/** What the groups' fields ask for that this cloud can't do. */
export function checkGroups(cluster: Cluster): readonly Fault[] {
  return groupsOf(cluster).flatMap(({ role }) => {
    const { warmMachines, spotPercent, moreMachines } = elasticityOf(cluster, role);
    if (warmMachines === 0 || (spotPercent === 0 && moreMachines.length === 0)) return [];
    const path = `ams:${role}.warmMachines`;
    const allowed = [
      `0 if ams:${role}.spotPercent or ams:${role}.moreMachines is set`,
      "a warm pool can contain only on-demand machines of one type",
    ] as const;
    return [unsupported(path, warmMachines, "aws", allowed, setPath(path, 0))];
  });
}
