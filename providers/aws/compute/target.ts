import type { Group } from "@pulumi/aws/autoscaling/group.js";
import { Policy } from "@pulumi/aws/autoscaling/policy.js";
import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { Input } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { type Scaling, scalingOf } from "../../../model/groups/load.ts";
import { namedTags } from "../../../model/naming.ts";
import { dimensionsOf, loadMetric, metricNamespace } from "../../../model/operation/metrics.ts";
import type { ClusterComponent } from "../../cluster-component.ts";

interface Scaled {
  readonly cluster: Cluster;
  readonly role: Role;
  readonly group: Group;
  /** Begins the rules' names. */
  readonly name: string;
}

/** What the group follows: its target, and the step on top of it. */
export function addTarget(component: ClusterComponent, scaled: Scaled): void {
  const scaling = scalingOf(scaled.cluster, scaled.role);
  addTracking(component, scaling, scaled);
  addSurge(component, scaling, scaled);
}

/** The figure in CloudWatch's words, as an average over the group's machines. */
interface Followed {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, Input<string>>>;
}

const followed = ({ follows }: Scaling, { cluster, role, group }: Scaled): Followed =>
  follows === "cpu"
    ? { namespace: "AWS/EC2", metricName: "CPUUtilization", dimensions: { AutoScalingGroupName: group.name } }
    : {
        namespace: metricNamespace(cluster),
        metricName: loadMetric.name,
        dimensions: dimensionsOf(cluster, loadMetric, role),
      };

/**
 * A machine that sends nothing is in no average, so that it can't pass for an idle one. Where no machine sends anything the
 * policy's own alarms have insufficient data, and the group keeps its size (EC2 Auto Scaling user guide, "Target tracking
 * scaling policies").
 */
function addTracking(component: ClusterComponent, scaling: Scaling, scaled: Scaled): void {
  const { dimensions, ...metric } = followed(scaling, scaled);
  const metricDimensions = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  new Policy(
    `${scaled.name}-${scaling.follows}`,
    {
      autoscalingGroupName: scaled.group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        ...(scaling.follows === "cpu"
          ? { predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" } }
          : { customizedMetricSpecification: { ...metric, metricDimensions, statistic: "Average" } }),
        targetValue: scaling.targetPercent,
      },
    },
    component.child(),
  );
}

/** Target tracking waits for three minutes above its target; this answers one minute, and in proportion. */
function addSurge(component: ClusterComponent, scaling: Scaling, scaled: Scaled): void {
  const { cluster, group, name } = scaled;
  const { surge, cooldownSeconds } = scaling;
  const policy = new Policy(
    `${name}-surge`,
    {
      autoscalingGroupName: group.name,
      policyType: "StepScaling",
      adjustmentType: "PercentChangeInCapacity",
      minAdjustmentMagnitude: 1,
      metricAggregationType: "Average",
      estimatedInstanceWarmup: cooldownSeconds,
      stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: surge.addPercent }],
    },
    component.child(),
  );
  new MetricAlarm(
    `${name}-surge`,
    {
      alarmDescription: `Adds ${surge.addPercent} % more machines; no action required`,
      ...followed(scaling, scaled),
      statistic: "Average",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: surge.abovePercent,
      treatMissingData: "notBreaching",
      alarmActions: [policy.arn],
      tags: namedTags(cluster, `${name}-surge`),
    },
    component.child(),
  );
}
