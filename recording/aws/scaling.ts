import { type Moment, offsetsOf } from "../../model/groups/schedule.ts";
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
import { awsType } from "./types.ts";

const kinds: Readonly<Record<string, ScalingPolicy["kind"]>> = {
  TargetTrackingScaling: "target",
  StepScaling: "step",
  PredictiveScaling: "predictive",
};

const modes: Readonly<Record<string, ScalingPolicy["predicts"]>> = {
  ForecastOnly: "forecast",
  ForecastAndScale: "scale",
};

export const policiesOf = (all: readonly Resource[], group: Resource): readonly ScalingPolicy[] =>
  referringTo(all, group, awsType.policy, "autoscalingGroupName").map((on) => ({
    on,
    kind: kinds[textAt(on.props, "policyType") ?? ""] ?? "other",
    targetPercent: numberAt(on.props, "targetTrackingConfiguration.targetValue"),
    follows: trackedBy(on),
    changePercent: numberAt(on.props, "stepAdjustments[].scalingAdjustment"),
    predicts: modes[textAt(on.props, "predictiveScalingConfiguration.mode") ?? ""],
    alarms: referringTo(all, on, awsType.alarm, "alarmActions[]").map(({ props }) => ({
      comparison: textAt(props, "comparisonOperator") === "GreaterThanThreshold" ? "above" : "below",
      percent: numberAt(props, "threshold"),
      follows: watchedBy(props),
    })),
  }));

/** Its group's CPU where it says nothing of its own. */
function trackedBy({ props }: Resource): Followed {
  const own = valueAt(props, "targetTrackingConfiguration.customizedMetricSpecification");
  if (own === undefined) return { figure: "cpu", group: valueAt(props, "autoscalingGroupName") };
  const dimensions = listAt(own, "metricDimensions[]").map((one) => [textAt(one, "name"), textAt(one, "value")]);
  return { figure: textAt(own, "metricName") ?? "?", dimensions: Object.fromEntries(dimensions) };
}

function watchedBy(props: Resource["props"]): Followed {
  const metric = textAt(props, "metricName") ?? "?";
  if (metric === "CPUUtilization") return { figure: "cpu", group: valueAt(props, "dimensions.AutoScalingGroupName") };
  return { figure: metric, dimensions: valueAt(props, "dimensions") };
}

export const schedulesOf = (all: readonly Resource[], group: Resource): readonly ScheduledSize[] =>
  referringTo(all, group, awsType.schedule, "autoscalingGroupName").map((on) => ({
    on,
    min: numberAt(on.props, "minSize"),
    isMinAlone: on.props["desiredCapacity"] === -1 && on.props["maxSize"] === -1,
    at: toMoment(on),
  }));

/** A crontab's time in its zone, as UTC, or a single moment. */
function toMoment({ props }: Resource): Moment | string {
  if (!isKey(props, "recurrence")) return (textAt(props, "startTime") ?? "").replace(/:\d\dZ$/, "Z");
  const [minute = "0", hour = "0", , , listed = "*"] = (textAt(props, "recurrence") ?? "").split(" ");
  const days = listed === "*" ? [0, 1, 2, 3, 4, 5, 6] : listed.split(",").map(Number);
  const [offset = 0] = offsetsOf(textAt(props, "timeZone") ?? "UTC");
  const shifted = Number(hour) * 60 + Number(minute) - offset;
  const carry = Math.floor(shifted / 1440);
  return {
    minute: ((shifted % 60) + 60) % 60,
    hour: Math.floor((shifted - carry * 1440) / 60),
    days: days.map((day) => (day + carry + 7) % 7).sort((a, b) => a - b),
  };
}

export const hooksOf = (_all: readonly Resource[], { props }: Resource): readonly LifecycleHook[] =>
  listAt(props, "initialLifecycleHooks[]").map((hook) => ({
    name: textAt(hook, "name"),
    at: textAt(hook, "lifecycleTransition")?.endsWith("_LAUNCHING") === true ? "launch" : "termination",
    heartbeatSeconds: numberAt(hook, "heartbeatTimeout"),
    silence: textAt(hook, "defaultResult") === "ABANDON" ? "is given up" : "goes on",
  }));

/** The group has its roll as a setting. */
export function rollsOf(_all: readonly Resource[], { on, template, version }: MachineGroup): readonly Roll[] {
  const refresh = valueAt(on.props, "instanceRefresh.preferences");
  if (!isKey(on.props, "instanceRefresh")) return [];
  const percents = listAt(refresh, "checkpointPercentages[]").map(Number);
  return [
    {
      ...{ on, template, version },
      leastPercent: numberAt(refresh, "minHealthyPercentage"),
      mostPercent: numberAt(refresh, "maxHealthyPercentage"),
      keepsMatching: same(valueAt(refresh, "skipMatching"), true),
      pause: percents.length > 0 ? { percents, minutes: (numberAt(refresh, "checkpointDelay") ?? 0) / 60 } : undefined,
    },
  ];
}

/** Alarms that tell people; those of groups set policies off. */
export function alarms(all: readonly Resource[]): readonly Alarm[] {
  const policies = ofType(all, awsType.policy);
  const own = new Set(policies.flatMap((policy) => referringTo(all, policy, awsType.alarm, "alarmActions[]")));
  return ofType(all, awsType.alarm)
    .filter((on) => !own.has(on))
    .map((on) => ({
      on,
      comparison: textAt(on.props, "comparisonOperator") === "GreaterThanThreshold" ? "above" : "below",
      threshold: numberAt(on.props, "threshold") ?? 0,
      minutes: numberAt(on.props, "evaluationPeriods"),
    }));
}
