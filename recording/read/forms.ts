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
