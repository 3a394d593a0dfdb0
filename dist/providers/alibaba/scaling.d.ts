import type { EcsLaunchTemplate } from "@pulumi/alicloud/ecs/ecsLaunchTemplate.js";
import { InstanceRefresh } from "@pulumi/alicloud/ess/instanceRefresh.js";
import type { ScalingGroup } from "@pulumi/alicloud/ess/scalingGroup.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { Cluster, Role } from "../../model/cluster.js";
import { type NodeGroup } from "../../model/node-group.js";
import type { Part } from "../part.js";
import type { Settings } from "./settings.js";
/**
 * A server group is attached once. The provider asks again for as long as its time-outs say while the group is busy
 * (ScalingActivityInProgress; resource_alicloud_ess_server_group_attachment.go@81c43b6, lines 104 to 109 and 200 to 205).
 */
export declare const attachmentOptions: (minutes: number) => CustomResourceOptions;
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
/** A group's rules: the CPU target, the step on top of it, and the periods of the week. */
export declare function addScaling(part: Part, settings: Settings, scaled: Scaled): void;
/**
 * A group made from a launch template is at work at once, so the first machines of all may come before their launch hook.
 * They lose nothing by it: the gate on each keeps it out of the balancer until AMS is a member, and a launch that nobody
 * waits for needs no ending. Starting with none, and raising the minimum afterwards, would take a second `up`.
 */
export declare function addHooks(part: Part, name: string, group: ScalingGroup, cluster: Cluster): readonly Resource[];
/**
 * A task of ESS, which starts when this is made: all its properties make a new one, so each new template rolls once.
 * Nothing waits for its end, and its deletion here leaves it alone. The group keeps its former template until the task has
 * succeeded, so that a rollback has something to go back to (RollbackInstanceRefresh: "the currently active configuration").
 */
export declare function addRefresh(part: Part, scaled: Scaled, template: EcsLaunchTemplate): InstanceRefresh;
/** How a group spreads over zones and types: as the stack says with one type on demand, else by its own mix, evenly. */
export declare function mixOf(cluster: Cluster, role: Role, { min }: NodeGroup, { zonePolicy }: Settings, types: readonly string[]): {
    readonly multiAzPolicy: "PRIORITY" | "BALANCE";
    azBalance?: never;
    allocationStrategy?: never;
    spotAllocationStrategy?: never;
    capacityOptionsOnDemandBaseCapacity?: never;
    capacityOptionsOnDemandPercentageAboveBaseCapacity?: never;
    capacityOptionsCompensateWithOnDemand?: never;
    capacityOptionsSpotAutoReplaceOnDemand?: never;
    launchTemplateOverrides?: never;
} | {
    multiAzPolicy: "COMPOSABLE";
    azBalance: boolean;
    allocationStrategy: string;
    spotAllocationStrategy: string;
    capacityOptionsOnDemandBaseCapacity: number;
    capacityOptionsOnDemandPercentageAboveBaseCapacity: number;
    capacityOptionsCompensateWithOnDemand: boolean;
    capacityOptionsSpotAutoReplaceOnDemand: boolean;
    launchTemplateOverrides: {
        instanceType: string;
    }[];
};
