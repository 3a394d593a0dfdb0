import type { Role } from "../../model/cluster.ts";
import { isOver, utcOf } from "../../model/groups/event.ts";
import { hasGpu, vcpusOf } from "../../model/groups/machine-size.ts";
import { isEvent, spanOf } from "../../model/groups/minimum.ts";
import { overlap } from "../../model/groups/schedule.ts";
import { weekDays } from "../../model/groups/week-days.ts";
import { type Fault, show } from "../fault.ts";
import { removePath, setCommand, setPath } from "../remedy/command.ts";
import type { Chosen, EdgeGroup, NodeGroup, Period } from "../types.ts";
import { withoutGpu } from "./common.ts";

/** Private machines have no public address to fix. */
export function checkFixedAddresses({ origin, network }: Chosen): readonly Fault[] {
  if (origin?.fixedAddresses !== true || network?.media !== "private") return [];
  const path = "ams:origin.fixedAddresses";
  const allowed = "false, because ams:network.media is private and AMS machines have no public addresses";
  return [{ path, got: show(true), allowed, fix: setPath(path, false) }];
}

export function checkGroup(role: Role, group: NodeGroup | undefined): readonly Fault[] {
  if (group === undefined) return [];
  return [...checkSize(role, group), ...checkSurge(role, group), ...checkSchedule(role, group)];
}

function checkSize(role: Role, { min, max, machine }: NodeGroup): readonly Fault[] {
  const faults: Fault[] = [];
  if (min > max) {
    faults.push({
      path: `ams:${role}.min`,
      got: show(min),
      allowed: `at most ams:${role}.max, which is ${max}`,
      fix: `Raise the maximum with: ${setCommand(`ams:${role}.max`, min)}`,
    });
  }
  if (role === "edge") faults.push(...withoutGpu("ams:edge.machine", machine, "edges do not transcode", "compute-4"));
  return faults;
}

/** A step below the target would fight it: one adds machines, the other takes them away. */
function checkSurge(role: Role, { surge, follow, cpuTargetPercent, loadTargetPercent }: NodeGroup): readonly Fault[] {
  const pairs = {
    cpu: ["abovePercent", surge.abovePercent, "cpuTargetPercent", cpuTargetPercent],
    load: ["aboveLoadPercent", surge.aboveLoadPercent, "loadTargetPercent", loadTargetPercent],
  } as const;
  const [key, above, targetKey, target] = pairs[follow];
  if (above >= target) return [];
  return [
    {
      path: `ams:${role}.surge.${key}`,
      got: show(above),
      allowed: `at least ams:${role}.${targetKey}, which is ${target}`,
      fix: setPath(`ams:${role}.surge.${key}`, target + 10),
    },
  ];
}

function checkSchedule(role: Role, { schedule, max }: NodeGroup): readonly Fault[] {
  return schedule.flatMap(({ name, min, from, to, days, date }, index) => {
    const path = `ams:${role}.schedule[${index}]`;
    const faults: Fault[] = [];
    if (schedule.findIndex((other) => other.name === name) !== index)
      faults.push({
        path: `${path}.name`,
        got: show(name),
        allowed: "a name that no other period in the group uses",
        fix: setPath(`${path}.name`, `${name}-2`),
      });
    if (min > max)
      faults.push({
        path: `${path}.min`,
        got: show(min),
        allowed: `at most ams:${role}.max, which is ${max}`,
        fix: `Raise the maximum with: ${setCommand(`ams:${role}.max`, min)}`,
      });
    const other = schedule.slice(0, index).find((earlier) => meet(earlier, schedule[index]));
    if (other !== undefined && from !== to)
      faults.push({
        path,
        got: `${from} to ${to}, which overlaps the period ${other.name}`,
        allowed:
          "at least a minute between a group's periods, because the group's own min is restored at the end of each period",
        fix: removePath(path),
      });
    if (from === to)
      faults.push({
        path: `${path}.to`,
        got: show(to),
        allowed: `a time other than ${path}.from; to cover whole days, raise ams:${role}.min`,
        fix: setPath(`${path}.to`, anHourAfter(from)),
      });
    if (new Set(days).size !== days.length)
      faults.push({
        path: `${path}.days`,
        got: show(days),
        allowed: "each day only once",
        fix: removePath(`${path}.days[${days.findIndex((day, at) => days.indexOf(day) < at)}]`),
      });
    if (date !== undefined && days.length < weekDays.length)
      faults.push({
        path: `${path}.days`,
        got: show(days),
        allowed: `not set, because a period with a date occurs only once (on ${date})`,
        fix: removePath(`${path}.days`),
      });
    return faults;
  });
}

/** Events may lie within periods and meet each other: each of their actions sets what all of them ask for. */
const meet = (one: Period, other: Period | undefined): boolean =>
  other !== undefined && !isEvent(one) && !isEvent(other) && overlap(one, other);

/** Events that are over create nothing, and those that began create what is still to come. From the end, as commands remove them. */
export const eventWarnings = (role: Role, group: NodeGroup | undefined, leadMinutes: number): readonly string[] =>
  (group?.schedule.filter(isEvent).reverse() ?? []).flatMap((event) => {
    const path = `ams:${role}.schedule[${group?.schedule.indexOf(event)}]`;
    const { name, date, min } = event;
    const now = Date.now();
    if (isOver(event, now))
      return [`${path}: the event ${name} on ${date} is over and no longer has any effect. ${removePath(path)}`];
    const { begin } = spanOf(event, leadMinutes);
    if (begin > now || min <= (group?.min ?? 0)) return [];
    return [
      `${path}: the machines for the event ${name} were due to start at ${utcOf(begin)}. If the event was not deployed before then, they will not start. To cover the event anyway, use a higher minimum until it ends: ${setCommand(`ams:${role}.min`, min)}`,
    ];
  });

const anHourAfter = (time: string): string =>
  `${String((Number(time.slice(0, 2)) + 1) % 24).padStart(2, "0")}${time.slice(2)}`;

/** Machines of one group have to carry the same load: they share one CPU target. */
export function checkElasticity(edge: EdgeGroup | undefined): readonly Fault[] {
  if (edge === undefined) return [];
  const vcpus = vcpusOf(edge.machine);
  return edge.moreMachines.flatMap((size, index) => {
    if (vcpusOf(size) === vcpus && !hasGpu(size) && size !== edge.machine) return [];
    return [
      {
        path: `ams:edge.moreMachines[${index}]`,
        got: show(size),
        allowed: `a size with ${vcpus} vCPUs and no GPU, other than ${edge.machine} (ams:edge.machine)`,
        fix: removePath(`ams:edge.moreMachines[${index}]`),
      },
    ];
  });
}
