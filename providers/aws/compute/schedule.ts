import type { Group } from "@pulumi/aws/autoscaling/group.js";
import { Schedule, type ScheduleArgs } from "@pulumi/aws/autoscaling/schedule.js";
import type { Cluster, NodeGroup } from "../../../config/types.ts";
import { actionsOf, ahead, utcOf } from "../../../model/groups/event.ts";
import { weeklyOf } from "../../../model/groups/minimum.ts";
import { beginOf, cronOf, endOf } from "../../../model/groups/schedule.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { bootSeconds } from "../../shared/hooks.ts";

/** Reads as: the scaling action leaves this number alone. */
const unchanged = -1;

/**
 * Only the minimum moves: the desired capacity is the policies'. The group's own `minSize` stays what the stack says, so
 * that an `up` within a period finds nothing to change and leaves the period's minimum alone.
 */
export function addSchedule(
  component: ClusterComponent,
  cluster: Cluster,
  name: string,
  { min, schedule }: NodeGroup,
  group: Group,
): void {
  const add = (key: string, minSize: number, when: Pick<ScheduleArgs, "recurrence" | "timeZone" | "startTime">) =>
    new Schedule(
      `${name}-${key}`,
      {
        autoscalingGroupName: group.name,
        scheduledActionName: `${name}-${key}`,
        ...when,
        minSize,
        maxSize: unchanged,
        desiredCapacity: unchanged,
      },
      // An action's name is the group's own.
      component.child({ deleteBeforeReplace: true }),
    );
  for (const period of weeklyOf(schedule)) {
    const { timeZone } = period;
    add(`${period.name}-begin`, period.min, { recurrence: cronOf(beginOf(period)), timeZone });
    add(`${period.name}-end`, min, { recurrence: cronOf(endOf(period)), timeZone });
  }
  for (const action of ahead(actionsOf(schedule, min, bootSeconds(cluster) / 60), Date.now()))
    add(action.name, action.min, { startTime: utcOf(action.at) });
}
