import type { RecordedResource } from "../../recording/record.ts";
import { originsOf } from "../../recording/value.ts";
import { changeOf, targetTracking } from "./service-scaling.ts";

const { highMinutes, lowMinutes, lowShareOfTarget, scaleInStep } = targetTracking;

/** What recorded rules make of figures, as the clouds' documents have it; nothing of the program decides here. */

/** Averages of a minute each, the newest last, by the figure's name in the cloud. */
export type Figures = Readonly<Record<string, readonly number[]>>;

/** A figure that machines publish. */
export const published = (place: string, name: string, dimensions: Readonly<Record<string, string>>): string =>
  JSON.stringify([place, name, Object.entries(dimensions).sort()]);

/** The cloud's own figure of a group's CPU. */
export const groupCpu = "cpu";

type Inputs = Readonly<Record<string, unknown>>;
const inputsOf = ({ inputs }: RecordedResource): Inputs => inputs as unknown as Inputs;
const refersTo = (value: unknown, on: RecordedResource): boolean =>
  originsOf(value as Parameters<typeof originsOf>[0]).some(({ urn }) => urn === on.urn);

/** The size that the group's rules want for so many machines. */
export function wanted(resources: readonly RecordedResource[], name: string, machines: number, figures: Figures) {
  const types = ["aws:autoscaling/group:Group", "alicloud:ess/scalingGroup:ScalingGroup"];
  const group = resources.find((one) => one.name === name && types.includes(one.type));
  if (group === undefined) throw new Error(`no group ${name}`);
  const sizes = group.type.startsWith("aws:")
    ? onAws(resources, group, machines, figures)
    : onAlibaba(resources, group, machines, figures);
  const { minSize, maxSize } = inputsOf(group);
  // Of several rules the one counts that leaves the most machines.
  const most = sizes.length === 0 ? machines : Math.max(...sizes);
  return Math.min(Math.max(most, Number(minSize)), Number(maxSize));
}

const last = (values: readonly number[] | undefined, count: number): readonly number[] => {
  const found = values ?? [];
  return found.length < count ? [] : found.slice(-count);
};

/** Target tracking grows in proportion, and shrinks gradually. Without data an alarm does nothing. */
function onAws(all: readonly RecordedResource[], group: RecordedResource, machines: number, figures: Figures) {
  const policies = all.filter(
    (one) => one.type === "aws:autoscaling/policy:Policy" && refersTo(inputsOf(one)["autoscalingGroupName"], group),
  );
  return policies.flatMap((policy): readonly number[] => {
    const { policyType, targetTrackingConfiguration, stepAdjustments } = inputsOf(policy);
    if (policyType === "TargetTrackingScaling") {
      const { targetValue, customizedMetricSpecification: own } = targetTrackingConfiguration as {
        readonly targetValue: number;
        readonly customizedMetricSpecification?: {
          readonly namespace: string;
          readonly metricName: string;
          readonly metricDimensions: readonly { readonly name: string; readonly value: string }[];
        };
      };
      const dimensions = Object.fromEntries((own?.metricDimensions ?? []).map(({ name, value }) => [name, value]));
      const figure = own === undefined ? groupCpu : published(own.namespace, own.metricName, dimensions);
      const [above, below] = [last(figures[figure], highMinutes), last(figures[figure], lowMinutes)];
      const inProportion = (values: readonly number[]) => [Math.ceil((machines * (values.at(-1) ?? 0)) / targetValue)];
      if (above.length > 0 && above.every((value) => value > targetValue)) return inProportion(above);
      return below.length > 0 && below.every((value) => value < lowShareOfTarget * targetValue)
        ? [Math.max(machines - scaleInStep, ...inProportion(below))]
        : [];
    }
    const alarm = all.find(
      (one) => one.type === "aws:cloudwatch/metricAlarm:MetricAlarm" && refersTo(inputsOf(one)["alarmActions"], policy),
    );
    if (alarm === undefined) return [];
    const { namespace, metricName, dimensions, threshold, evaluationPeriods } = inputsOf(alarm);
    const own = dimensions as Readonly<Record<string, string>>;
    const figure = namespace === "AWS/EC2" ? groupCpu : published(String(namespace), String(metricName), own);
    const values = last(figures[figure], Number(evaluationPeriods));
    if (values.length === 0 || !values.every((value) => value > Number(threshold))) return [];
    const [step] = stepAdjustments as readonly { readonly scalingAdjustment: number }[];
    return [machines + changeOf("aws", machines, step?.scalingAdjustment ?? 0)];
  });
}

/**
 * Target tracking as above. A task executes its step rule once its condition has held for so many periods; the step is the
 * one that the figure's distance from the threshold is in (Auto Scaling, "Step scaling rules").
 */
function onAlibaba(all: readonly RecordedResource[], group: RecordedResource, machines: number, figures: Figures) {
  const rules = all.filter(
    (one) => one.type === "alicloud:ess/scalingRule:ScalingRule" && refersTo(inputsOf(one)["scalingGroupId"], group),
  );
  return rules.flatMap((rule): readonly number[] => {
    const { scalingRuleType, targetValue, stepAdjustments } = inputsOf(rule);
    if (scalingRuleType === "TargetTrackingScalingRule") {
      const values = last(figures[groupCpu], highMinutes);
      const isAbove = values.length > 0 && values.every((value) => value > Number(targetValue));
      return isAbove ? [Math.ceil((machines * (values.at(-1) ?? 0)) / Number(targetValue))] : [];
    }
    const alarm = all.find(
      (one) => one.type === "alicloud:ess/alarm:Alarm" && refersTo(inputsOf(one)["alarmActions"], rule),
    );
    if (alarm === undefined) return [];
    const task = inputsOf(alarm);
    const figure =
      task["metricType"] === "system"
        ? groupCpu
        : published(
            String(task["cloudMonitorGroupId"]),
            String(task["metricName"]),
            task["dimensions"] as Readonly<Record<string, string>>,
          );
    const values = last(figures[figure], (Number(task["evaluationCount"]) * Number(task["period"])) / 60);
    const from = (value: number): number => value - Number(task["threshold"]);
    const holds = (value: number): boolean => (task["comparisonOperator"] === ">" ? from(value) > 0 : from(value) < 0);
    if (values.length === 0 || !values.every(holds)) return [];
    const distance = from(values.at(-1) ?? 0);
    const step = (stepAdjustments as readonly Readonly<Record<string, unknown>>[]).find(
      ({ metricIntervalLowerBound: low = "-Infinity", metricIntervalUpperBound: high = "Infinity" }) =>
        Number(low) <= distance && distance < Number(high),
    );
    const percent = Number(step?.["scalingAdjustment"] ?? 0);
    return [machines + changeOf("alibaba", machines, percent)];
  });
}
