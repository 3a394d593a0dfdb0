import type { Moment } from "../../model/groups/schedule.ts";
import type {
  Alarm,
  Followed,
  LifecycleHook,
  MachineGroup,
  Roll,
  ScalingPolicy,
  ScheduledSize,
} from "../read/forms.ts";
import { ofType, referringTo } from "../read/links.ts";
import { isKey, listAt, numberAt, type Resource, same, textAt, valueAt } from "../read/plain.ts";
import { alibabaType } from "./types.ts";

const kinds: Readonly<Record<string, ScalingPolicy["kind"]>> = {
  TargetTrackingScalingRule: "target",
  StepScalingRule: "step",
  PredictiveScalingRule: "predictive",
};

const modes: Readonly<Record<string, ScalingPolicy["predicts"]>> = {
  PredictOnly: "forecast",
  PredictAndScale: "scale",
};

export const policiesOf = (all: readonly Resource[], group: Resource): readonly ScalingPolicy[] =>
  referringTo(all, group, alibabaType.scalingRule, "scalingGroupId").map((on) => ({
    on,
    kind: kinds[textAt(on.props, "scalingRuleType") ?? ""] ?? "other",
    targetPercent: numberAt(on.props, "targetValue"),
    follows: { figure: "cpu", group: on.props["scalingGroupId"] },
    changePercent: numberAt(on.props, "stepAdjustments[].scalingAdjustment"),
    predicts: modes[textAt(on.props, "predictiveScalingMode") ?? ""],
    alarms: referringTo(all, on, alibabaType.groupAlarm, "alarmActions[]").map(({ props }) => ({
      comparison: textAt(props, "comparisonOperator") === ">" ? "above" : "below",
      percent: numberAt(props, "threshold"),
      follows: watchedBy(props),
    })),
  }));

const watchedBy = (props: Resource["props"]): Followed =>
  textAt(props, "metricType") === "custom"
    ? { figure: textAt(props, "metricName") ?? "?", dimensions: valueAt(props, "dimensions") }
    : { figure: "cpu", group: props["scalingGroupId"] };

export const schedulesOf = (all: readonly Resource[], group: Resource): readonly ScheduledSize[] =>
  referringTo(all, group, alibabaType.scheduledTask, "scalingGroupId").map((on) => ({
    on,
    min: numberAt(on.props, "minValue"),
    isMinAlone: !isKey(on.props, "desiredCapacity") && !isKey(on.props, "maxValue"),
    at: toMoment(on),
  }));

/** A task begins at its launch time, in UTC, and comes again on the days of its recurrence, if it has one. */
function toMoment({ name, props }: Resource): Moment | string {
  const launch = textAt(props, "launchTime") ?? "";
  if (!isKey(props, "recurrenceType")) return launch;
  const [, hour = "0", minute = "0"] = /T(\d\d):(\d\d)Z$/.exec(launch) ?? [];
  const days = (textAt(props, "recurrenceValue") ?? "").split(",").map(Number);
  if (props["recurrenceType"] !== "Weekly" || !days.includes(new Date(launch).getUTCDay()))
    throw new Error(`${name} does not begin on any of its weekdays`);
  return { minute: Number(minute), hour: Number(hour), days };
}

export const hooksOf = (all: readonly Resource[], group: Resource): readonly LifecycleHook[] =>
  referringTo(all, group, alibabaType.hook, "scalingGroupId").map(({ props }) => ({
    name: textAt(props, "name"),
    at: textAt(props, "lifecycleTransition") === "SCALE_OUT" ? "launch" : "termination",
    heartbeatSeconds: numberAt(props, "heartbeatTimeout"),
    silence: textAt(props, "defaultResult") === "ABANDON" ? "is given up" : "goes on",
  }));

/** A task of its own rolls a group. */
export const rollsOf = (all: readonly Resource[], { on: group }: MachineGroup): readonly Roll[] =>
  referringTo(all, group, alibabaType.refresh, "scalingGroupId").map((on) => {
    const { props } = on;
    const percents = listAt(props, "checkpoints[].percentage").map(Number);
    return {
      on,
      template: props["desiredConfigurationLaunchTemplateId"],
      version: props["desiredConfigurationLaunchTemplateVersion"],
      leastPercent: numberAt(props, "minHealthyPercentage"),
      mostPercent: numberAt(props, "maxHealthyPercentage"),
      keepsMatching: same(props["skipMatching"], true),
      pause: percents.length > 0 ? { percents, minutes: numberAt(props, "checkpointPauseTime") ?? 0 } : undefined,
    };
  });

/** CloudMonitor has errors for each second. */
const minutesOwn = (metric: string): number => (metric.startsWith("LoadBalancerHTTP") ? 60 : 1);

/** Alarms that tell people; those of groups are of a type of their own. */
export const alarms = (all: readonly Resource[]): readonly Alarm[] =>
  ofType(all, alibabaType.alarm).map((on) => ({
    on,
    comparison: textAt(on.props, "escalationsCritical.comparisonOperator") === ">" ? "above" : "below",
    threshold:
      (numberAt(on.props, "escalationsCritical.threshold") ?? 0) * minutesOwn(textAt(on.props, "metric") ?? ""),
    minutes: numberAt(on.props, "escalationsCritical.times"),
  }));
