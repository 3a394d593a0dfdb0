import type { input } from "@pulumi/aws/types/index.js";
import type { Cluster, NodeGroup } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { elasticityOf } from "../../../model/groups/node-group.ts";
import { canaryMinutes, canaryPercents, runningPercents } from "../../../model/groups/rolling.ts";
import { bootSeconds, busyMinutes, heartbeatSeconds, lifecycleHooks, machineMinutes } from "../../shared/hooks.ts";

/**
 * A group is deleted once its last machine is gone: after its launch hook, its drain, and the balancer's own delay. The
 * provider waits for as long as the time-out says (resourceGroupDelete in its group.go).
 */
export const deleteMinutes = (cluster: Cluster): number =>
  busyMinutes(cluster) + Math.ceil(cluster.balancer.drainSeconds / 60);

/**
 * What an update waits for in a new group: one machine that the balancers call healthy, so that an outage shows at once.
 * A launch that fails, as where a zone has no machine left to give, is made good by another zone: with the provider's
 * default the first one ends the update (statusGroupCapacity in its group.go).
 */
export const firstMachine = (cluster: Cluster) => ({
  minElbCapacity: 1,
  waitForCapacityTimeout: `${bootSeconds(cluster) / 60 + machineMinutes}m`,
  ignoreFailedScalingActivities: true,
});

/**
 * On the group itself, so that they are there before the first machine. Another number would replace the group with its
 * machines (ForceNew in the provider's group.go), so a group that stands keeps those it was made with; docs/operations.md
 * has the command that changes them.
 */
export const hooks = (cluster: Cluster): input.autoscaling.GroupInitialLifecycleHook[] => [
  {
    name: lifecycleHooks.launch,
    lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
    heartbeatTimeout: bootSeconds(cluster),
    // A machine that didn't make it into the cluster goes, and another one comes.
    defaultResult: "ABANDON",
  },
  {
    name: lifecycleHooks.drain,
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: heartbeatSeconds,
    defaultResult: "CONTINUE",
  },
];

/** An origin's first new node is watched before the others follow; edges go on meanwhile. */
const canary = { checkpointPercentages: [...canaryPercents], checkpointDelay: String(canaryMinutes * 60) };

/**
 * A new version of the template rolls through the group. What is protected or in standby is an operator's choice and
 * stays.
 *
 * No alarm stops it: a refresh doesn't start while such an alarm stands, which would keep the remedy out as well. What
 * stops it is that the new machines don't get through their launch hook or the balancer's health check.
 *
 * No rollback: the provider gives the group the new template before it starts the refresh (resourceGroupUpdate in its
 * group.go), so that the configuration to which AWS would go back is already the new one. The way back is an update with
 * the former configuration.
 */
export function refresh(cluster: Cluster, role: Role, group: NodeGroup) {
  const { least, most } = runningPercents(cluster, group);
  return {
    strategy: "Rolling",
    preferences: {
      minHealthyPercentage: least,
      maxHealthyPercentage: most,
      skipMatching: true,
      scaleInProtectedInstances: "Ignore",
      standbyInstances: "Ignore",
      ...(role === "origin" ? canary : {}),
    },
  };
}

/** What a group starts machines from: one type on demand, or what the cloud has of several, partly on its spot market. */
export function machinesOf(
  cluster: Cluster,
  role: Role,
  { min }: NodeGroup,
  template: input.autoscaling.GroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecification,
  types: readonly string[],
) {
  const { spotPercent } = elasticityOf(cluster, role);
  const { launchTemplateId, version } = template;
  if (spotPercent === 0 && types.length === 1) return { launchTemplate: { id: launchTemplateId, version } };
  return {
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId, version },
        overrides: types.map((instanceType) => ({ instanceType })),
      },
      instancesDistribution: {
        onDemandBaseCapacity: min,
        onDemandPercentageAboveBaseCapacity: 100 - spotPercent,
        // In the order of ams:edge.machine and ams:edge.moreMachines.
        onDemandAllocationStrategy: "prioritized",
        // Of the pools that are least likely to be taken back.
        spotAllocationStrategy: "capacity-optimized",
      },
    },
    // A replacement starts at the first notice, and the old machine drains as any other does.
    ...(spotPercent > 0 ? { capacityRebalance: true } : {}),
  };
}

/** Machines that have been through their first boot and wait, stopped. Both numbers equal make the pool's size fixed. */
export function warmPool(cluster: Cluster, role: Role) {
  const { warmMachines } = elasticityOf(cluster, role);
  if (warmMachines === 0) return {};
  return { warmPool: { poolState: "Stopped", minSize: warmMachines, maxGroupPreparedCapacity: warmMachines } };
}
