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
  readonly kind: "path" | "regex" | "source" | "query" | "other";
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
