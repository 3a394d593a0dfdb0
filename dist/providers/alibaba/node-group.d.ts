import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { Cluster, groupsOf, Role } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { Ground } from "./database.js";
import type { WayIn } from "./load-balancer.js";
import type { Settings } from "./settings.js";
/** What a group stands on. */
export interface GroupGround extends Ground {
    readonly balancer: WayIn;
    /** What the group's machines find when they boot. */
    readonly after: readonly Resource[];
}
/** A role with its numbers, as `groupsOf` says them. */
type RunningGroup = ReturnType<typeof groupsOf>[number];
/**
 * With all that the provider's Read fills in, else each `up` would make another version of the template. But for iops:
 * cloud_essd has none to choose, and the vendor's tests leave it out (resource_alicloud_ecs_launch_template_test.go@81c43b6,
 * line 132).
 */
export declare const systemDisk: (cluster: Cluster, name: string, size: number) => {
    deleteWithInstance: boolean;
    kmsKeyId?: never;
    name: string;
    description: string;
    category: string;
    performanceLevel: string;
    size: number;
    encrypted: boolean;
} | {
    deleteWithInstance: boolean;
    kmsKeyId: Input<string>;
    name: string;
    description: string;
    category: string;
    performanceLevel: string;
    size: number;
    encrypted: boolean;
};
/** The instance type says which image a group takes. */
export declare function mediaImage(cluster: Cluster, settings: Settings, role: Role): Input<string>;
/** Launch template, scaling group over all zones, its way into the balancers' server groups, and CPU scaling. */
export declare class NodeGroup extends Part {
    #private;
    readonly groupName: Output<string>;
    readonly groupId: Output<string>;
    constructor({ role, group: model }: RunningGroup, cluster: Cluster, settings: Settings, ground: GroupGround, parent: Part);
    /** Has ESS bring the template to the machines that run, once `before` has begun. */
    refresh(before: readonly Resource[]): Resource;
}
export {};
