import type { Moment } from "../../model/groups/schedule.ts";
import type { Found, Resource } from "./plain.ts";

/** What the readers of both clouds tell of resources, without a cloud's words. What nobody knows yet is undefined. */

/** A rule of a firewall: one row of what may come in or go out. */
export interface SecurityRule {
  readonly on: Resource;
  readonly direction: "in" | "out";
  /** False for a rule that drops. */
  readonly isGrant: boolean;
  /** Whether it stands within its group's own resource. */
  readonly isInline: boolean;
  /** Key of the group that it belongs to; undefined while that can't be told. */
  readonly group: string | undefined;
  /** `all` for every protocol. */
  readonly protocol: string | undefined;
  /** 0 to 65535 for all. */
  readonly ports: readonly [number, number] | undefined;
  readonly ranges: readonly string[];
  /** References to groups. */
  readonly groups: readonly Found[];
  readonly prefixLists: readonly Found[];
}

export interface Listener {
  readonly on: Resource;
  /** In small letters, such as `https`. */
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  /** Lower priorities go first. */
  readonly rules: readonly ListenerRule[];
  readonly defaultActions: readonly Action[];
}

export interface ListenerRule {
  readonly on: Resource;
  /** Reference to its listener. */
  readonly listener: Found;
  /** Lower goes first. */
  readonly priority: number | undefined;
  /** All of which have to hold. */
  readonly conditions: readonly Condition[];
  readonly actions: readonly Action[];
}

export interface Condition {
  readonly kind: "path" | "regex" | "source" | "query" | "header" | "other";
  /** One of which has to match; a query's as KEY=VALUE. */
  readonly values: readonly Found[];
  /** Whether all of it is known. */
  readonly isKnown: boolean;
}

export interface Action {
  readonly kind: "forward" | "redirect" | "respond" | "unknown";
  /** References to targets. */
  readonly targets: readonly Found[];
  /** Where a redirect leads. */
  readonly protocol: Found;
  readonly port: number | undefined;
  /** Of a fixed response. */
  readonly status: string | undefined;
}

/** A set of machines behind a listener. */
export interface Target {
  readonly on: Resource;
  /** In small letters. */
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  readonly drainSeconds: number | undefined;
  /** 0 for none. */
  readonly stickySeconds: number | undefined;
  readonly health: HealthCheck;
}

export interface HealthCheck {
  readonly intervalSeconds: number | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly healthyThreshold: number | undefined;
  readonly unhealthyThreshold: number | undefined;
  readonly path: string | undefined;
  readonly port: number | undefined;
}

/** A group that starts and ends machines of one template. */
export interface MachineGroup {
  readonly on: Resource;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Whether its size is set beside the bounds, so that an update would undo what scaling did. */
  readonly isSized: boolean;
  readonly cooldownSeconds: number | undefined;
  /** Reference to the template, and the number of it that new machines take. */
  readonly template: Found;
  readonly version: Found;
  readonly subnets: readonly Found[];
  /** References to the targets that its machines join, with the port where it isn't the target's own. */
  readonly joins: readonly { readonly target: Found; readonly port: number | undefined }[];
  /** Machines of the fixed price, and the percentage of spot machines above them; undefined for one type alone. */
  readonly mix: { readonly onDemand: number; readonly spotPercent: number; readonly types: number } | undefined;
  readonly warmMachines: number;
}

/** What a template, or a machine with its template, says of a machine. */
export interface Machine {
  readonly on: Resource;
  readonly instanceType: string | undefined;
  readonly disk: Disk;
  /** Undefined where only its subnet decides. */
  readonly publicAddress: boolean | undefined;
  /** What its public address carries, where a machine says it. */
  readonly publicMbps: number | undefined;
  /** Whether its metrics come each minute, for a price. */
  readonly isMonitored: boolean;
  /** As cloud-init reads it. */
  readonly userData: string | undefined;
  readonly address: string | undefined;
  readonly subnet: Found;
}

export interface Disk {
  /** As price books name it, such as `gp3` or `cloud_essd-PL1`. */
  readonly kind: string;
  readonly sizeGiB: number | undefined;
}

/** How a group's size follows its load. */
export interface ScalingPolicy {
  readonly on: Resource;
  readonly kind: "target" | "step" | "predictive" | "other";
  /** What a tracking policy keeps its figure at. */
  readonly targetPercent: number | undefined;
  readonly follows: Followed;
  /** The first step's change. */
  readonly changePercent: number | undefined;
  /** Of a predictive one: whether it also scales. */
  readonly predicts: "forecast" | "scale" | undefined;
  /** The alarms that set it off. */
  readonly alarms: readonly ScalingAlarm[];
}

/** A group's figure: its CPU, or what machines publish with these dimensions. */
export type Followed =
  | { readonly figure: "cpu"; readonly group: Found }
  | { readonly figure: string; readonly dimensions: Found };

export interface ScalingAlarm {
  readonly comparison: "above" | "below";
  readonly percent: number | undefined;
  readonly follows: Followed;
}

/** A change of a group's bounds at a time of the week, or once. */
export interface ScheduledSize {
  readonly on: Resource;
  readonly min: number | undefined;
  /** Whether it leaves the maximum and the size as they are. */
  readonly isMinAlone: boolean;
  /** In UTC; of an event its moment, such as 2026-12-24T17:45Z. */
  readonly at: Moment | string;
}

export interface LifecycleHook {
  readonly name: string | undefined;
  readonly at: "launch" | "termination";
  readonly heartbeatSeconds: number | undefined;
  /** What becomes of a machine that says nothing. */
  readonly silence: "goes on" | "is given up";
}

/** How a new template comes to the machines of a group that run. */
export interface Roll {
  readonly on: Resource;
  readonly template: Found;
  readonly version: Found;
  /** Of the machines that the group should have. */
  readonly leastPercent: number | undefined;
  readonly mostPercent: number | undefined;
  readonly keepsMatching: boolean;
  /** Share after which it waits, and how long. */
  readonly pause: { readonly percents: readonly number[]; readonly minutes: number } | undefined;
}

export interface Alarm {
  readonly on: Resource;
  readonly comparison: "above" | "below";
  readonly threshold: number;
  readonly minutes: number | undefined;
}
