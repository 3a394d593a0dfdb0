import type { Group } from "@pulumi/aws/autoscaling/group.js";
import { Policy } from "@pulumi/aws/autoscaling/policy.js";
import type { Cluster, NodeGroup } from "../../../config/types.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { bootSeconds } from "../../shared/hooks.ts";

/** How much earlier than the forecast a group may grow (SchedulingBufferTime). */
const mostBufferSeconds = 3600;

/**
 * Forecasts the next two days from the last two weeks, each hour. In `scale`, the group has as many machines as the forecast
 * says by the time that they are needed; target tracking goes on, and the larger of the two counts. It removes none.
 */
export function addPredictive(
  component: ClusterComponent,
  cluster: Cluster,
  name: string,
  { predictive, cpuTargetPercent }: NodeGroup,
  group: Group,
): void {
  if (predictive === "off") return;
  new Policy(
    `${name}-predictive`,
    {
      autoscalingGroupName: group.name,
      policyType: "PredictiveScaling",
      predictiveScalingConfiguration: {
        mode: predictive === "forecast" ? "ForecastOnly" : "ForecastAndScale",
        maxCapacityBreachBehavior: "HonorMaxCapacity",
        schedulingBufferTime: String(Math.min(bootSeconds(cluster), mostBufferSeconds)),
        metricSpecification: {
          targetValue: cpuTargetPercent,
          predefinedMetricPairSpecification: { predefinedMetricType: "ASGCPUUtilization" },
        },
      },
    },
    component.child(),
  );
}
