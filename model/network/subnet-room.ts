import type { Fault } from "../../config/fault.ts";
import { setCommand } from "../../config/remedy/command.ts";
import type { Cluster, NodeGroup } from "../../config/types.ts";
import { groupsOf } from "../cluster.ts";
import { elasticityOf } from "../groups/node-group.ts";
import { runningPercents } from "../groups/rolling.ts";
import { keptAddresses } from "../operation/quotas.ts";
import { subnetsOf } from "./network.ts";
import { toRange } from "./ranges.ts";

/** Most machines of a group at a time: its own most, new ones of a rolling upgrade, stopped ones of a warm pool. */
export function mostMachines(cluster: Cluster, { role, group }: ReturnType<typeof groupsOf>[number]): number {
  return group.max + upgrading(cluster, group) + elasticityOf(cluster, role).warmMachines;
}

/** New machines on top of the group's most; with fewer in service than all of them there are none. */
function upgrading(cluster: Cluster, group: NodeGroup): number {
  return Math.ceil((group.max * (runningPercents(cluster, group).most - 100)) / 100);
}

/** Old machines that a rolling upgrade lets go at a time; the group counts none of them, and starts others while they drain. */
export function drainingMachines(cluster: Cluster, group: NodeGroup): number {
  const { least, most } = runningPercents(cluster, group);
  return Math.ceil((group.max * (most - least)) / 100);
}

/** Addresses that the media subnets have for machines. */
export function mediaAddresses({ cloud, network }: Pick<Cluster, "cloud" | "network">): number {
  return subnetsOf(network, "media").reduce(
    (sum, { cidr }) => sum + 2 ** (32 - toRange(cidr).prefix) - keptAddresses[cloud],
    0,
  );
}

/** A subnet's size can't be raised: what does not fit is refused before the subnets are made. */
export function checkAddresses(cluster: Cluster): readonly Fault[] {
  const room = mediaAddresses(cluster);
  const groups = groupsOf(cluster).map((one) => ({ ...one, machines: mostMachines(cluster, one) }));
  const machines = groups.reduce((sum, one) => sum + one.machines, 0);
  if (machines <= room) return [];
  const [largest] = [...groups].sort((a, b) => b.machines - a.machines);
  const { cidr, zones, existing } = cluster.network;
  const role = largest?.role ?? "edge";
  const fix =
    existing === undefined && toRange(cidr).prefix > 16
      ? `Before the first deployment, set a larger network with: ${setCommand("ams:network.cidr", "10.0.0.0/16")}`
      : `Lower the maximum with: ${setCommand(`ams:${role}.max`, Math.max(1, Math.floor(room / 2)))}`;
  return [
    {
      path: `ams:${role}.max`,
      got: `${largest?.group.max}: the groups can have ${machines} machines, including upgrade and warm pool machines`,
      allowed: `at most ${room} in total: the number of addresses in the ${zones.length} media subnets of ams:network.cidr ${cidr}`,
      fix,
    },
  ];
}
