import type { Moment } from "../../../model/groups/schedule.ts";
import type { RecordedResource } from "../../../recording/record.ts";
import { has, listAt, numberAt, type Recorded, textAt } from "./recorded.ts";
import { type ObservedHook, type ObservedPeriod, type ObservedScaling, periodName, sortedScaling } from "./scaling.ts";

const types = {
  rule: "alicloud:ess/scalingRule:ScalingRule",
  task: "alicloud:ess/scheduledTask:ScheduledTask",
  alarm: "alicloud:ess/alarm:Alarm",
  hook: "alicloud:ess/lifecycleHook:LifecycleHook",
  refresh: "alicloud:ess/instanceRefresh:InstanceRefresh",
} as const;

/** A group's rules by their kind. */
export function ruleOf(recorded: Recorded, group: RecordedResource, kind: string): RecordedResource {
  const rules = recorded.referring(types.rule, "scalingGroupId", group);
  const [rule, ...more] = rules.filter((one) => textAt(one, "scalingRuleType") === kind);
  if (rule === undefined || more.length > 0 || rules.length !== 2)
    throw new Error(`${group.name} has not one ${kind} of two rules`);
  return rule;
}

export function readScaling(recorded: Recorded, group: RecordedResource): ObservedScaling {
  const mixed = textAt(group, "multiAzPolicy") === "COMPOSABLE";
  if (mixed && numberAt(group, "capacityOptionsOnDemandBaseCapacity") !== numberAt(group, "minSize"))
    throw new Error(`${group.name} has spot machines below its minimum`);
  return sortedScaling({
    surge: readSurge(recorded, group),
    periods: readPeriods(recorded, group),
    hooks: recorded.referring(types.hook, "scalingGroupId", group).map(readHook),
    minInServicePercent: readMinInService(recorded, group),
    spotPercent: mixed ? 100 - numberAt(group, "capacityOptionsOnDemandPercentageAboveBaseCapacity") : 0,
    types: mixed ? listAt(group, "launchTemplateOverrides").length : 1,
    warmMachines: 0,
  });
}

/**
 * What a refresh keeps, if there is one. Else new machines come from the group's own template, and the oldest template's
 * leave first: never fewer than there were.
 */
function readMinInService(recorded: Recorded, group: RecordedResource): number {
  const [refresh, ...more] = recorded.referring(types.refresh, "scalingGroupId", group);
  if (more.length > 0) throw new Error(`${group.name} is refreshed twice`);
  if (refresh !== undefined) return numberAt(refresh, "minHealthyPercentage");
  if (textAt(group, "removalPolicies[0]") !== "OldestScalingConfiguration" || !has(group, "launchTemplateVersion"))
    throw new Error(`${group.name} keeps its oldest machines`);
  return 100;
}

function readSurge(recorded: Recorded, group: RecordedResource): ObservedScaling["surge"] {
  const rule = ruleOf(recorded, group, "StepScalingRule");
  const [alarm, ...more] = recorded.referring(types.alarm, "alarmActions[0]", rule);
  if (alarm === undefined || more.length > 0) throw new Error(`${rule.name} has not one alarm`);
  if (recorded.referred(alarm, "scalingGroupId") !== group) throw new Error(`${alarm.name} looks at another group`);
  return {
    abovePercent: numberAt(alarm, "threshold"),
    addPercent: numberAt(rule, "stepAdjustments[0].scalingAdjustment"),
  };
}

function readPeriods(recorded: Recorded, group: RecordedResource): readonly ObservedPeriod[] {
  const tasks = recorded.referring(types.task, "scalingGroupId", group);
  for (const task of tasks) {
    if (has(task, "desiredCapacity") || has(task, "maxValue"))
      throw new Error(`${task.name} moves more than the minimum`);
  }
  const byName = new Map(tasks.map((task) => [task.name, task]));
  return tasks
    .filter(({ name }) => name.endsWith("-begin"))
    .map((begin) => {
      const end = byName.get(begin.name.replace(/begin$/, "end"));
      if (end === undefined) throw new Error(`${begin.name} never ends`);
      return {
        name: periodName(group.name, begin.name),
        min: numberAt(begin, "minValue"),
        begin: toMoment(begin),
        end: toMoment(end),
        minAfter: numberAt(end, "minValue"),
      };
    });
}

function toMoment(task: RecordedResource): Moment {
  const [, hour = "0", minute = "0"] = /T(\d\d):(\d\d)Z$/.exec(textAt(task, "launchTime")) ?? [];
  if (textAt(task, "recurrenceType") !== "Weekly") throw new Error(`${task.name} is not weekly`);
  const days = textAt(task, "recurrenceValue").split(",").map(Number);
  if (!days.includes(new Date(textAt(task, "launchTime")).getUTCDay()))
    throw new Error(`${task.name} begins on no day`);
  return { minute: Number(minute), hour: Number(hour), days };
}

const readHook = (hook: RecordedResource): ObservedHook => ({
  name: textAt(hook, "name"),
  at: textAt(hook, "lifecycleTransition") === "SCALE_OUT" ? "launch" : "termination",
  heartbeatSeconds: numberAt(hook, "heartbeatTimeout"),
  silence: textAt(hook, "defaultResult") === "ABANDON" ? "is given up" : "goes on",
});
