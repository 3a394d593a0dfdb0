import type { EcsLaunchTemplate } from "@pulumi/alicloud/ecs/ecsLaunchTemplate.js";
import { InstanceRefresh } from "@pulumi/alicloud/ess/instanceRefresh.js";
import { LifecycleHook } from "@pulumi/alicloud/ess/lifecycleHook.js";
import type { ScalingGroup } from "@pulumi/alicloud/ess/scalingGroup.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { Cluster, NodeGroup } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { elasticityOf } from "../../../model/groups/node-group.ts";
import { canaryMinutes, canaryPercents, runningPercents } from "../../../model/groups/rolling.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { bootSeconds, heartbeatSeconds, lifecycleHooks } from "../../shared/hooks.ts";
import type { Settings } from "../schema.ts";
import type { Scaled } from "./target.ts";

/**
 * A server group is attached once. The provider asks again for as long as its time-outs say while the group is busy
 * (ScalingActivityInProgress; resource_alicloud_ess_server_group_attachment.go@81c43b6, lines 104 to 109 and 200 to 205).
 */
export const attachmentOptions = (minutes: number): CustomResourceOptions => ({
  deleteBeforeReplace: true,
  customTimeouts: { create: `${minutes}m`, delete: `${minutes}m` },
});

/**
 * A group made from a launch template is at work at once, so the first machines of all may come before their launch hook.
 * They lose nothing by it: the gate on each keeps it out of the balancer until AMS is a member, and a launch that nobody
 * waits for needs no ending. Starting with none, and raising the minimum afterwards, would take a second `up`.
 */
export function addHooks(
  component: ClusterComponent,
  name: string,
  group: ScalingGroup,
  cluster: Cluster,
): readonly Resource[] {
  const add = (hook: string, lifecycleTransition: string, heartbeatTimeout: number, defaultResult: string) =>
    new LifecycleHook(
      `${name}-${hook}`,
      { name: hook, scalingGroupId: group.id, lifecycleTransition, heartbeatTimeout, defaultResult },
      // A hook's name is the group's own.
      component.child({ deleteBeforeReplace: true }),
    );
  return [
    // A machine that didn't make it into the cluster goes, and another one comes.
    add(lifecycleHooks.launch, "SCALE_OUT", bootSeconds(cluster), "ABANDON"),
    add(lifecycleHooks.drain, "SCALE_IN", heartbeatSeconds, "CONTINUE"),
  ];
}

/**
 * A task of ESS, which starts when this is made: all its properties make a new one, so each new template rolls once.
 * Nothing waits for its end, and its deletion here leaves it alone. The group keeps its former template until the task has
 * succeeded, so that a rollback has something to go back to (RollbackInstanceRefresh: "the currently active configuration").
 */
export function addRefresh(component: ClusterComponent, scaled: Scaled, template: EcsLaunchTemplate): InstanceRefresh {
  const { cluster, role, group, model, name, after } = scaled;
  const { least, most } = runningPercents(cluster, model);
  return new InstanceRefresh(
    `${name}-refresh`,
    {
      scalingGroupId: group.id,
      desiredConfigurationLaunchTemplateId: template.id,
      // A number: there is no rollback from Latest or Default (StartInstanceRefresh).
      desiredConfigurationLaunchTemplateVersion: template.latestVersionNumber.apply(String),
      minHealthyPercentage: least,
      maxHealthyPercentage: most,
      // The provider sends false where nothing is said.
      skipMatching: true,
      ...(role === "origin"
        ? {
            checkpoints: canaryPercents.map((percentage) => ({ percentage })),
            checkpointPauseTime: canaryMinutes,
          }
        : {}),
    },
    component.child({ dependsOn: [...after] }),
  );
}

/** How a group spreads over zones and types: as the stack says with one type on demand, else by its own mix, evenly. */
export function mixOf(
  cluster: Cluster,
  role: Role,
  { min }: NodeGroup,
  { zonePolicy }: Settings,
  types: readonly string[],
) {
  const { spotPercent } = elasticityOf(cluster, role);
  if (spotPercent === 0 && types.length === 1)
    return { multiAzPolicy: zonePolicy === "priority" ? "PRIORITY" : "BALANCE" } as const;
  return {
    multiAzPolicy: "COMPOSABLE" as const,
    azBalance: true,
    // ESS's word for the order of the overrides. The provider sends them as a set, so that no order can be promised.
    allocationStrategy: "priority",
    spotAllocationStrategy: "lowestPrice",
    capacityOptionsOnDemandBaseCapacity: min,
    capacityOptionsOnDemandPercentageAboveBaseCapacity: 100 - spotPercent,
    capacityOptionsCompensateWithOnDemand: true,
    // A machine in use is not replaced to save money.
    capacityOptionsSpotAutoReplaceOnDemand: false,
    launchTemplateOverrides: types.map((instanceType) => ({ instanceType })),
  };
}
