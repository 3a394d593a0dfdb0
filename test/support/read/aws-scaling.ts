import { type Moment, offsetsOf } from "../../../model/groups/schedule.ts";
import type { RecordedResource } from "../../../recording/record.ts";
import { at, has, listAt, numberAt, type Recorded, textAt } from "./recorded.ts";
import { type ObservedHook, type ObservedPeriod, type ObservedScaling, periodName, sortedScaling } from "./scaling.ts";

const types = {
  policy: "aws:autoscaling/policy:Policy",
  schedule: "aws:autoscaling/schedule:Schedule",
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
} as const;

/** A group's policies by their kind. */
export function policyOf(recorded: Recorded, group: RecordedResource, kind: string): RecordedResource {
  const policies = recorded.referring(types.policy, "autoscalingGroupName", group);
  const [policy, ...more] = policies.filter((one) => textAt(one, "policyType") === kind);
  if (policy === undefined || more.length > 0 || policies.length !== 2)
    throw new Error(`${group.name} has not one ${kind} policy of two`);
  return policy;
}

export function readScaling(recorded: Recorded, group: RecordedResource): ObservedScaling {
  const path = "mixedInstancesPolicy.instancesDistribution";
  const mixed = has(group, "mixedInstancesPolicy");
  if (mixed && numberAt(group, `${path}.onDemandBaseCapacity`) !== numberAt(group, "minSize"))
    throw new Error(`${group.name} has spot machines below its minimum`);
  return sortedScaling({
    surge: readSurge(recorded, group),
    periods: readPeriods(recorded, group),
    hooks: listAt(group, "initialLifecycleHooks").map((_, index) => readHook(group, `initialLifecycleHooks[${index}]`)),
    minInServicePercent: numberAt(group, "instanceRefresh.preferences.minHealthyPercentage"),
    spotPercent: mixed ? 100 - numberAt(group, `${path}.onDemandPercentageAboveBaseCapacity`) : 0,
    types: mixed ? listAt(group, "mixedInstancesPolicy.launchTemplate.overrides").length : 1,
    warmMachines: has(group, "warmPool") ? numberAt(group, "warmPool.minSize") : 0,
  });
}

function readSurge(recorded: Recorded, group: RecordedResource): ObservedScaling["surge"] {
  const policy = policyOf(recorded, group, "StepScaling");
  const [alarm, ...more] = recorded.referring(types.alarm, "alarmActions[0]", policy);
  if (alarm === undefined || more.length > 0) throw new Error(`${policy.name} has not one alarm`);
  if (recorded.referred(alarm, "dimensions.AutoScalingGroupName") !== group)
    throw new Error(`${alarm.name} looks at another group`);
  return {
    abovePercent: numberAt(alarm, "threshold"),
    addPercent: numberAt(policy, "stepAdjustments[0].scalingAdjustment"),
  };
}

function readPeriods(recorded: Recorded, group: RecordedResource): readonly ObservedPeriod[] {
  const actions = recorded.referring(types.schedule, "autoscalingGroupName", group);
  for (const action of actions) {
    if (at(action, "desiredCapacity") !== -1 || at(action, "maxSize") !== -1)
      throw new Error(`${action.name} moves more than the minimum`);
  }
  const ends = new Map(actions.map((action) => [action.name, action]));
  return actions
    .filter(({ name }) => name.endsWith("-begin"))
    .map((begin) => {
      const end = ends.get(begin.name.replace(/begin$/, "end"));
      if (end === undefined) throw new Error(`${begin.name} never ends`);
      return {
        name: periodName(group.name, begin.name),
        min: numberAt(begin, "minSize"),
        begin: toUtc(begin),
        end: toUtc(end),
        minAfter: numberAt(end, "minSize"),
      };
    });
}

/** A crontab's time in its zone, as UTC. */
function toUtc(action: RecordedResource): Moment {
  const [minute = 0, hour = 0] = textAt(action, "recurrence").split(" ").map(Number);
  const listed = textAt(action, "recurrence").split(" ")[4] ?? "*";
  const days = listed === "*" ? [0, 1, 2, 3, 4, 5, 6] : listed.split(",").map(Number);
  const [offset = 0] = offsetsOf(textAt(action, "timeZone"));
  const shifted = hour * 60 + minute - offset;
  const carry = Math.floor(shifted / 1440);
  return {
    minute: ((shifted % 60) + 60) % 60,
    hour: Math.floor((shifted - carry * 1440) / 60),
    days: days.map((day) => (day + carry + 7) % 7).sort((a, b) => a - b),
  };
}

const readHook = (group: RecordedResource, path: string): ObservedHook => ({
  name: textAt(group, `${path}.name`),
  at: textAt(group, `${path}.lifecycleTransition`).endsWith("_LAUNCHING") ? "launch" : "termination",
  heartbeatSeconds: numberAt(group, `${path}.heartbeatTimeout`),
  silence: textAt(group, `${path}.defaultResult`) === "ABANDON" ? "is given up" : "goes on",
});
