import { Group } from "@pulumi/aws/autoscaling/group.js";
import type { Input } from "@pulumi/pulumi";
import type { Cluster, groupsOf, Role } from "../../model/cluster.js";
import { Part } from "../part.js";
import type { AgentBucket } from "./agent-bucket.js";
import type { Firewall } from "./firewall.js";
import type { WayIn } from "./load-balancer.js";
import type { Network } from "./network.js";
import type { Secrets } from "./secrets.js";
import { type Settings } from "./settings.js";
/** Token-bound metadata for the machine itself alone: AMS fetches URLs that others name (SSRF). */
export declare const imdsv2: {
    readonly httpEndpoint: "enabled";
    readonly httpTokens: "required";
    readonly httpPutResponseHopLimit: 1;
};
/** The root device of Ubuntu's images, and so of AMS's. */
export declare const systemDisk: (cluster: Cluster, volumeSize: number) => {
    deviceName: string;
    ebs: {
        volumeType: string;
        volumeSize: number;
        deleteOnTermination: string;
        kmsKeyId?: never;
        encrypted: string;
    } | {
        volumeType: string;
        volumeSize: number;
        deleteOnTermination: string;
        kmsKeyId: Input<string>;
        encrypted: string;
    };
}[];
/** A launch template's part of SSH: the key's name, if there is a key. */
export declare const sshKey: ({ keyPair }: Secrets) => {
    keyName?: never;
} | {
    keyName: import("@pulumi/pulumi").Output<string>;
};
/** A role with its numbers, as `groupsOf` says them. */
type RunningGroup = ReturnType<typeof groupsOf>[number];
export interface NodeGroupNeeds {
    readonly network: Network;
    readonly firewall: Firewall;
    readonly secrets: Secrets;
    readonly agent: AgentBucket;
    /** Absent where somebody else runs it, or nobody. */
    readonly database: Part | undefined;
    readonly balancer: WayIn;
    readonly imageId: Input<string>;
}
/** A group of media machines across all zones, which follows the CPU and replaces what the balancer calls unhealthy. */
export declare class NodeGroup extends Part {
    #private;
    readonly group: Group;
    constructor({ role, group }: RunningGroup, cluster: Cluster, settings: Settings, needs: NodeGroupNeeds, parent: Part);
}
/** The AMS image of each group: what the stack pins, or the newest of the marketplace. The instance type says which. */
export declare function mediaImages(cluster: Cluster, settings: Settings, parent: Part): Readonly<Record<Role, Input<string>>>;
export {};
