import type { ClusterComponent } from "../../cluster-component.ts";
import { bootSeconds } from "../../shared/hooks.ts";
import { addRule, type Scaled } from "./target.ts";

/** How much earlier than on the hour a prediction task may run (PredictiveTaskBufferTime). */
const mostBufferMinutes = 60;

/**
 * Predicts the next two days from at least one, once a day. In `scale`, ESS sets the group's minimum each hour; its maximum
 * stays the stack's.
 */
export function addPredictive(component: ClusterComponent, scaled: Scaled): void {
  const { cluster, model } = scaled;
  const { predictive, cpuTargetPercent, max } = model;
  if (predictive === "off") return;
  addRule(component, scaled, "predictive", {
    scalingRuleType: "PredictiveScalingRule",
    metricName: "CpuUtilization",
    targetValue: cpuTargetPercent,
    predictiveScalingMode: predictive === "forecast" ? "PredictOnly" : "PredictAndScale",
    predictiveTaskBufferTime: Math.min(bootSeconds(cluster) / 60, mostBufferMinutes),
    initialMaxSize: max,
    predictiveValueBehavior: "MaxOverridePredictiveValue",
  });
}
