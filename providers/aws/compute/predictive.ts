import type { Group } from "@pulumi/aws/autoscaling/group.js";
import { Policy } from "@pulumi/aws/autoscaling/policy.js";
import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { type Scaling, scalingOf } from "../../../model/groups/load.ts";
import { dimensionsOf, loadMetric, metricNamespace } from "../../../model/operation/metrics.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { bootSeconds } from "../../shared/hooks.ts";

/** How much earlier than the forecast a group may grow (SchedulingBufferTime). */
const mostBufferSeconds = 3600;

/**
 * Forecasts the next two days from the last two weeks, each hour. In `scale`, the group has as many machines as the forecast
 * says by the time that they are needed; target tracking goes on, and the larger of the two counts. It removes none.
 */
export function addPredictive(component: ClusterComponent, cluster: Cluster, role: Role, group: Group): void {
  const { predictive } = cluster[role];
  if (predictive === "off") return;
  new Policy(
    `${cluster.name}-${role}-predictive`,
    {
      autoscalingGroupName: group.name,
      policyType: "PredictiveScaling",
      predictiveScalingConfiguration: {
        mode: predictive === "forecast" ? "ForecastOnly" : "ForecastAndScale",
        maxCapacityBreachBehavior: "HonorMaxCapacity",
        schedulingBufferTime: String(Math.min(bootSeconds(cluster), mostBufferSeconds)),
        metricSpecification: metricOf(scalingOf(cluster, role), cluster, role),
      },
    },
    component.child(),
  );
}

/**
 * The load of the whole group is the sum of its machines' figures, and scaling keeps their average at the target ("Advanced
 * predictive scaling policy using custom metrics", EC2 Auto Scaling user guide); of CPU, AWS has this pair ready.
 */
function metricOf({ follows, targetPercent: targetValue }: Scaling, cluster: Cluster, role: Role) {
  if (follows === "cpu")
    return { targetValue, predefinedMetricPairSpecification: { predefinedMetricType: "ASGCPUUtilization" } };
  const dimensions = Object.entries(dimensionsOf(cluster, loadMetric, role)).map(([name, value]) => ({ name, value }));
  const metric = { namespace: metricNamespace(cluster), metricName: loadMetric.name, dimensions };
  const queries = (id: string, stat: "Sum" | "Average") => ({
    metricDataQueries: [{ id, metricStat: { metric, stat } }],
  });
  return {
    targetValue,
    customizedLoadMetricSpecification: queries("load", "Sum"),
    customizedScalingMetricSpecification: queries("scaling", "Average"),
  };
}
