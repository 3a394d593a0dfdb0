import type { Machine, MachineGroup } from "../../recording/read/forms.ts";
import { instances, machineGroups, machineOf, poolAddresses, templateOf } from "../../recording/read/machines.ts";
import { toResources } from "../../recording/read/plain.ts";
import { type Amounts, always, type CostedStack, monthHours, times, type Usage } from "./usage.ts";

/** A group's sizes; the expected one lies between them, by the given utilisation from 0 (least) to 1 (most). */
export function sizesOf({ min = 0, max = min }: MachineGroup, utilisation: number): Amounts {
  return { minimum: min, expected: Math.ceil(min + utilisation * (max - min)), maximum: max };
}

export const groupsOf = ({ resources }: CostedStack): readonly MachineGroup[] => machineGroups(toResources(resources));

/** Machines with their disks and public addresses. */
export function machineUsage({ cloud, resources }: CostedStack, utilisation: number): readonly Usage[] {
  const all = toResources(resources);
  const groups = machineGroups(all).flatMap((group) => {
    const template = templateOf(all, group);
    const machine = template === undefined ? undefined : machineOf(all, template);
    const { name } = group.on;
    // An address of a pool takes the place of the machine's own; the pool's are resources.
    const pooled = poolAddresses(all, name.split("-").at(-1)).length > 0;
    const own = machine === undefined || !pooled ? machine : { ...machine, publicAddress: false };
    return ofMachines(cloud, name, own, sizesOf(group, utilisation));
  });
  const single = instances(all).flatMap((on) => ofMachines(cloud, on.name, machineOf(all, on), always(1)));
  return [...groups, ...single];
}

function ofMachines(cloud: string, name: string, machine: Machine | undefined, count: Amounts): readonly Usage[] {
  const { instanceType = "?", disk, publicAddress, isMonitored } = machine ?? {};
  const hours = times(count, monthHours);
  const rows: Usage[] = [{ what: `${name}: machines`, item: `machine/${instanceType}`, per: "hour", amounts: hours }];
  const amounts = times(count, disk?.sizeGiB ?? 0);
  rows.push({ what: `${name}: system disks`, item: `disk/${disk?.kind ?? "?"}`, per: "GiB-month", amounts });
  // Alibaba Cloud gives an address with bandwidth; its price there is the traffic's.
  if (publicAddress === true && cloud === "aws") {
    rows.push({ what: `${name}: public addresses`, item: "public-address", per: "hour", amounts: hours });
  }
  if (isMonitored === true) {
    rows.push({ what: `${name}: detailed monitoring`, item: "detailed-monitoring", per: "month", amounts: count });
  }
  return rows;
}

/** Proxies and TURN servers run no Ant Media Server. */
export const runsNoAms = ({ on }: MachineGroup): boolean => /-(proxy|turn)$/.test(on.name);
