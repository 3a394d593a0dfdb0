import { ScalingRule } from "@pulumi/alicloud/ess/scalingRule.js";
import type { ClusterComponent } from "../../cluster-component.ts";
import { bootSeconds } from "../../shared/hooks.ts";
import type { Scaled } from "./target.ts";

/** How much earlier than on the hour a prediction task may run (PredictiveTaskBufferTime). */
const mostBufferMinutes = 60;

/**
 * Predicts the next two days from at least one, once a day. In `scale`, ESS sets the group's minimum each hour; its maximum
 * stays the stack's.
 */
export function addPredictive(component: ClusterComponent, { cluster, group, model, name, after }: Scaled): void {
  const { predictive, cpuTargetPercent, max } = model;
  if (predictive === "off") return;
  new ScalingRule(
    `${name}-predictive`,
    {
      scalingRuleName: `${name}-predictive`,
      scalingGroupId: group.id,
      scalingRuleType: "PredictiveScalingRule",
      metricName: "CpuUtilization",
      targetValue: cpuTargetPercent,
      predictiveScalingMode: predictive === "forecast" ? "PredictOnly" : "PredictAndScale",
      predictiveTaskBufferTime: Math.min(bootSeconds(cluster) / 60, mostBufferMinutes),
      initialMaxSize: max,
      predictiveValueBehavior: "MaxOverridePredictiveValue",
    },
    component.child({ dependsOn: [...after] }),
  );
}
