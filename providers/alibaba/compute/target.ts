import { Alarm, type AlarmArgs } from "@pulumi/alicloud/ess/alarm.js";
import type { ScalingGroup } from "@pulumi/alicloud/ess/scalingGroup.js";
import { ScalingRule, type ScalingRuleArgs } from "@pulumi/alicloud/ess/scalingRule.js";
import type { Resource } from "@pulumi/pulumi";
import type { Cluster, NodeGroup } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { type Scaling, scalingOf } from "../../../model/groups/load.ts";
import { loadSteps, type Step } from "../../../model/groups/load-steps.ts";
import { applicationGroups, dimensionsOf, loadMetric } from "../../../model/operation/metrics.ts";
import type { ClusterComponent } from "../../cluster-component.ts";

/** What a group's rules are made from. */
export interface Scaled {
  readonly cluster: Cluster;
  readonly role: Role;
  readonly group: ScalingGroup;
  readonly model: NodeGroup;
  /** Begins the rules' names. */
  readonly name: string;
  /** Attachments: a group that already scales refuses them (terraform-provider-alicloud issue 5236). */
  readonly after: readonly Resource[];
}

/** What the group follows: its target, and the step on top of it. */
export function addTarget(component: ClusterComponent, scaled: Scaled): void {
  const scaling = scalingOf(scaled.cluster, scaled.role);
  if (scaling.follows === "cpu") addTracking(component, scaling, scaled);
  else addLoadSteps(component, scaling, scaled);
  addSurge(component, scaling, scaled);
}

/** A rule of the group, by its name in the group. */
export function addRule(
  component: ClusterComponent,
  { group, name, after }: Scaled,
  key: string,
  rule: Omit<ScalingRuleArgs, "scalingRuleName" | "scalingGroupId">,
): ScalingRule {
  const scalingRuleName = `${name}-${key}`;
  const args = { scalingRuleName, scalingGroupId: group.id, ...rule };
  return new ScalingRule(scalingRuleName, args, component.child({ dependsOn: [...after] }));
}

function addTracking(component: ClusterComponent, { targetPercent, cooldownSeconds }: Scaling, scaled: Scaled): void {
  addRule(component, scaled, "cpu", {
    scalingRuleType: "TargetTrackingScalingRule",
    metricName: "CpuUtilization",
    targetValue: targetPercent,
    estimatedInstanceWarmup: cooldownSeconds,
    disableScaleIn: false,
  });
}

/** A task's type can't be changed, and two names let the new one begin before the old one ends. */
function addSurge(component: ClusterComponent, { follows, surge, cooldownSeconds }: Scaling, scaled: Scaled): void {
  addStep(component, scaled, {
    key: "surge",
    alarmKey: follows === "cpu" ? "surge" : "load-surge",
    description: `Adds ${surge.addPercent} % more machines; no action required`,
    cooldownSeconds,
    steps: [{ from: 0, percent: surge.addPercent }],
    when: { ...followed(scaled, follows), period: 60, evaluationCount: 1, comparisonOperator: ">" },
    threshold: surge.abovePercent,
  });
}

/** A step rule with the task that executes it. */
interface StepRule {
  /** Ends the rule's name, and the task's if it has none of its own. */
  readonly key: string;
  readonly alarmKey?: string;
  readonly description: string;
  readonly cooldownSeconds: number;
  readonly steps: readonly Step[];
  readonly when: Partial<AlarmArgs>;
  readonly threshold: number;
}

/** A step rule and not a simple one, which waits for the group's cooldown to end. */
function addStep(component: ClusterComponent, scaled: Scaled, step: StepRule): void {
  const { group, name } = scaled;
  const rule = addRule(component, scaled, step.key, {
    scalingRuleType: "StepScalingRule",
    adjustmentType: "PercentChangeInCapacity",
    minAdjustmentMagnitude: 1,
    estimatedInstanceWarmup: step.cooldownSeconds,
    stepAdjustments: step.steps.map(({ from, to, percent }) => ({
      ...(from === undefined ? {} : { metricIntervalLowerBound: String(from) }),
      ...(to === undefined ? {} : { metricIntervalUpperBound: String(to) }),
      scalingAdjustment: percent,
    })),
  });
  const alarm = `${name}-${step.alarmKey ?? step.key}`;
  new Alarm(
    alarm,
    {
      name: alarm,
      description: step.description,
      scalingGroupId: group.id,
      alarmActions: [rule.ari],
      ...step.when,
      statistics: "Average",
      threshold: String(step.threshold),
    },
    component.child(),
  );
}

/** The group's figure in the words of a task: the cloud's own of its CPU, or the one that its machines publish. */
const followed = ({ cluster, role }: Scaled, follows: Scaling["follows"]): Partial<AlarmArgs> =>
  follows === "cpu"
    ? { metricType: "system", metricName: "CpuUtilization" }
    : {
        metricType: "custom",
        metricName: loadMetric.name,
        cloudMonitorGroupId: applicationGroups[loadMetric.name],
        dimensions: dimensionsOf(cluster, loadMetric, role),
      };

/**
 * Target tracking in steps: the service's own takes its system metrics alone (Alibaba Cloud, Target tracking scaling rules),
 * and tasks on metrics of one's own execute step rules. A task without data executes nothing, so that a machine which sends
 * nothing can't pass for an idle one.
 */
function addLoadSteps(component: ClusterComponent, scaling: Scaling, scaled: Scaled): void {
  const { grow, shrink } = loadSteps(scaling.targetPercent, scaled.model.min);
  const figure = followed(scaled, scaling.follows);
  const { cooldownSeconds } = scaling;
  // As long as AWS's target tracking takes: three minutes above, fifteen below.
  addStep(component, scaled, {
    key: "grow",
    description: `Adds machines until the load is ${scaling.targetPercent} %; no action required`,
    cooldownSeconds,
    steps: grow.steps,
    when: { ...figure, period: 60, evaluationCount: 3, comparisonOperator: ">" },
    threshold: grow.threshold,
  });
  addStep(component, scaled, {
    key: "shrink",
    description: `Removes machines until the load is ${scaling.targetPercent} %; no action required`,
    cooldownSeconds,
    steps: shrink.steps,
    when: { ...figure, period: 300, evaluationCount: 3, comparisonOperator: "<" },
    threshold: shrink.threshold,
  });
}
