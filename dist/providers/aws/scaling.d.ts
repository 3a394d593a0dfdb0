import type { Group } from "@pulumi/aws/autoscaling/group.js";
import type { input } from "@pulumi/aws/types/index.js";
import type { Cluster, Role } from "../../model/cluster.js";
import { type NodeGroup } from "../../model/node-group.js";
import type { Part } from "../part.js";
/**
 * A group is deleted once its last machine is gone: after its launch hook, its drain, and the balancer's own delay. The
 * provider waits for as long as the time-out says (resourceGroupDelete in its group.go).
 */
export declare const deleteMinutes: (cluster: Cluster) => number;
/**
 * What an update waits for in a new group: one machine that the balancers call healthy, so that an outage shows at once.
 * A launch that fails, as where a zone has no machine left to give, is made good by another zone: with the provider's
 * default the first one ends the update (statusGroupCapacity in its group.go).
 */
export declare const firstMachine: (cluster: Cluster) => {
    minElbCapacity: number;
    waitForCapacityTimeout: string;
    ignoreFailedScalingActivities: boolean;
};
/** A group's rules: the CPU target, the step on top of it, and the periods of the week. */
export declare function addScaling(part: Part, cluster: Cluster, role: Role, model: NodeGroup, group: Group): void;
/**
 * On the group itself, so that they are there before the first machine. Another number would replace the group with its
 * machines (ForceNew in the provider's group.go), so a group that stands keeps those it was made with; docs/operations.md
 * has the command that changes them.
 */
export declare const hooks: (cluster: Cluster) => input.autoscaling.GroupInitialLifecycleHook[];
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
export declare function refresh(cluster: Cluster, role: Role, group: NodeGroup): {
    strategy: string;
    preferences: {
        checkpointPercentages?: number[];
        checkpointDelay?: string;
        minHealthyPercentage: number;
        maxHealthyPercentage: number;
        skipMatching: boolean;
        scaleInProtectedInstances: string;
        standbyInstances: string;
    };
};
/** What a group starts machines from: one type on demand, or what the cloud has of several, partly on its spot market. */
export declare function machinesOf(cluster: Cluster, role: Role, { min }: NodeGroup, template: input.autoscaling.GroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecification, types: readonly string[]): {
    launchTemplate: {
        id: import("@pulumi/pulumi").Input<string | undefined>;
        version: import("@pulumi/pulumi").Input<string | undefined>;
    };
} | {
    capacityRebalance?: boolean;
    mixedInstancesPolicy: {
        launchTemplate: {
            launchTemplateSpecification: {
                launchTemplateId: import("@pulumi/pulumi").Input<string | undefined>;
                version: import("@pulumi/pulumi").Input<string | undefined>;
            };
            overrides: {
                instanceType: string;
            }[];
        };
        instancesDistribution: {
            onDemandBaseCapacity: number;
            onDemandPercentageAboveBaseCapacity: number;
            onDemandAllocationStrategy: string;
            spotAllocationStrategy: string;
        };
    };
    launchTemplate?: never;
};
/** Machines that have been through their first boot and wait, stopped. Both numbers equal make the pool's size fixed. */
export declare function warmPool(cluster: Cluster, role: Role): {
    warmPool?: never;
} | {
    warmPool: {
        poolState: string;
        minSize: number;
        maxGroupPreparedCapacity: number;
    };
};
