import type { Handle } from "./handle.js";
import type { Cluster, MachineSize, Role } from "./cluster.js";
/** Days of a week, as a crontab's names. */
export declare const weekDays: readonly ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export type WeekDay = (typeof weekDays)[number];
/** A part of the week in which more machines always run; outside of it the group's own `min` holds. */
export interface Period {
    /** Part of the logical name, unique within the group, e.g. `evening`. */
    readonly name: string;
    /** Days on which it begins. @default every day */
    readonly days: readonly WeekDay[];
    /** Wall-clock time, e.g. "18:00". */
    readonly from: string;
    /** Wall-clock time; not after `from` means on the next day. */
    readonly to: string;
    /** IANA time zone, e.g. Europe/Berlin. @default "UTC" */
    readonly timeZone: string;
    /** Machines that always run within the period. */
    readonly min: number;
}
/** A step on top of the CPU target for viewers who come faster than it follows. */
export interface Surge {
    /** Average CPU of a minute; AMS refuses clients at 75. @default 70 */
    readonly abovePercent: number;
    /** How much the group grows at once. @default 50 */
    readonly addPercent: number;
}
export interface NodeGroup {
    /** Size of its machines. @default "compute-4" (seed 000: c5.xlarge; the old Alibaba guide: ecs.c6e.xlarge) */
    readonly machine: MachineSize;
    /** Machines that always run. @default origin 1, edge 2 (the vendor's CloudFormation) */
    readonly min: number;
    /** Machines that run at the most. @default 10 (seed 000) */
    readonly max: number;
    /** Average CPU that scaling aims at; AMS refuses clients at 75. @default 60 (seed 000) */
    readonly cpuTargetPercent: number;
    /** Pause after a scaling step, and the time a new machine warms up. @default 300 (the old Alibaba guide) */
    readonly cooldownSeconds: number;
    /** System disk, encrypted. @default 40 (the old Alibaba guide) */
    readonly diskGiB: number;
    readonly surge: Surge;
    /** Parts of the week in which more machines always run. @default [] */
    readonly schedule: readonly Period[];
    /** Healthy machines that a rolling upgrade keeps, of those that run. @default 100: first a new one, then one less */
    readonly minInServicePercent: number;
}
/** What only edges may have: they hold no stream that can't be asked for again elsewhere. */
export interface EdgeGroup extends NodeGroup {
    /** Share of spot machines above `min`. @default 0 */
    readonly spotPercent: number;
    /** Sizes beside `machine`, with as many vCPUs, that the group may take when the cloud is short of it. @default [] */
    readonly moreMachines: readonly MachineSize[];
    /** Stopped machines that are ready to start (AWS). @default 0 */
    readonly warmMachines: number;
}
export type Elasticity = Pick<EdgeGroup, "spotPercent" | "moreMachines" | "warmMachines">;
export declare const elasticityOf: (cluster: Cluster, role: Role) => Elasticity;
/** How a node leaves: out of the balancer first, and away when nobody is on it any more. */
export interface Drain {
    /** After this a node goes with whom it still serves. @default 240 */
    readonly maxMinutes: number;
}
/** Who is told when an alarm rises; the alarms themselves are always there. */
export interface Alarms {
    /** E-mail addresses that get each alarm. @default [] */
    readonly emails: readonly string[];
    /** https addresses that get each alarm by POST. @default [] */
    readonly webhooks: readonly string[];
}
/** The machines' logs in the cloud's log service; the balancers' requests and what the network's rules turned away. */
export interface Logs {
    /** Days that the logs are kept for. @default 365 (AWS FSBP CloudWatch.16) */
    readonly retentionDays: number;
    /** Bucket (AWS) or project of the log service (Alibaba Cloud) that is there already, for requests and flows. @default none: one of the stack's own */
    readonly bucket?: Handle;
}
/** Recorded streams in the cloud's object storage: private, encrypted, kept when the stack goes. */
export interface Recordings {
    /** Where recordings go; `bucket`: one of the stack's own. @default "none": they stay on the origin's disk, and go with it */
    readonly store: "none" | "bucket";
}
