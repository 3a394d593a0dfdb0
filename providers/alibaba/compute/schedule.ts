import { ScheduledTask, type ScheduledTaskArgs } from "@pulumi/alicloud/ess/scheduledTask.js";
import type { Cluster, Period } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { type Action, actionsOf, ahead, utcOf } from "../../../model/groups/event.ts";
import { weeklyOf } from "../../../model/groups/minimum.ts";
import { beginOf, endOf, firstSince, type Moment, offsetsOf } from "../../../model/groups/schedule.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { bootSeconds } from "../../shared/hooks.ts";
import type { Settings } from "../schema.ts";
import type { Scaled } from "./target.ts";

type When = Pick<ScheduledTaskArgs, "launchTime" | "recurrenceType" | "recurrenceValue" | "recurrenceEndTime">;

/** A task's name is the account's own within a region, and ends at 40 characters. */
const taskName = ({ name }: Cluster, role: Role, period: string, key: string): string =>
  `${name}-${role[0]}-${period}-${key}`;

/**
 * Only the minimum moves. The group's own `minSize` stays what the stack says, so that an `up` within a period finds
 * nothing to change and leaves the period's minimum alone.
 */
export function addSchedule(component: ClusterComponent, settings: Settings, scaled: Scaled): void {
  const { group, model, name, cluster, role } = scaled;
  const add = (key: string, scheduledTaskName: string, minValue: number, when: When) =>
    new ScheduledTask(
      `${name}-${key}`,
      { scheduledTaskName, scalingGroupId: group.id, minValue, ...when },
      component.child(),
    );
  for (const period of weeklyOf(model.schedule)) {
    const [begin, end] = weekly(settings, period);
    add(`${period.name}-begin`, taskName(cluster, role, period.name, "on"), period.min, begin);
    add(`${period.name}-end`, taskName(cluster, role, period.name, "off"), model.min, end);
  }
  for (const action of ahead(actionsOf(model.schedule, model.min, bootSeconds(cluster) / 60), Date.now()))
    add(action.name, taskName(cluster, role, action.period, taskKey(action)), action.min, {
      launchTime: utcOf(action.at).replace(/:\d\dZ$/, "Z"),
    });
}

/** No longer than `off`, up to 35 times in a day. */
function taskKey({ name, period }: Action): string {
  const key = name.slice(period.length + 1);
  const again = /^again-(\d+)$/.exec(key)?.[1];
  return again === undefined ? ({ begin: "on", end: "off" }[key] ?? key) : `on${Number(again).toString(36)}`;
}

/** Tasks know days of the week in UTC. */
function weekly({ schedule }: Settings, period: Period): readonly [When, When] {
  const [offset, ...others] = offsetsOf(period.timeZone);
  if (schedule === undefined || offset === undefined || others.length > 0) {
    throw new Error(`the period ${period.name} cannot be scheduled in UTC`);
  }
  const when = (moment: Moment): When => ({
    launchTime: firstSince(schedule.from, moment),
    recurrenceType: "Weekly",
    recurrenceValue: moment.days.join(","),
    recurrenceEndTime: `${schedule.until}T00:00Z`,
  });
  return [when(beginOf(period, offset)), when(endOf(period, offset))];
}
