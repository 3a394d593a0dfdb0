import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import type { FixedGroup } from "../../../model/groups/fixed-group.ts";
import type { Member } from "../../../model/network/flow.ts";
import type { Action, Condition } from "../../../model/traffic/listeners.ts";
import type { Target } from "../../../recording/read/forms.ts";
import type { ObservedAlarm } from "./alarms.ts";
import type { ObservedScaling, ObservedTargetFigure } from "./scaling.ts";

/** What a cluster does, said without a cloud's words: the same for a model and for the resources made from it. */
export interface Observed {
  readonly groups: readonly ObservedGroup[];
  /** Those that there are. */
  readonly fixed: Readonly<Partial<Record<FixedRole, ObservedFixedGroup>>>;
  readonly alarms: readonly ObservedAlarm[];
  readonly logDays: number | undefined;
  readonly recordings: Cluster["recordings"]["store"];
  readonly listeners: readonly ObservedListener[];
  readonly targets: readonly ObservedTarget[];
  /** Sorted texts such as `in balancer tcp 443-443 0.0.0.0/0`. */
  readonly grants: readonly string[];
  /** The database's own machines, by address; empty where somebody else runs it. */
  readonly database: readonly ObservedMember[];
  /** Decoded, of the machines that there are; a reader throws if two of one kind differ. */
  readonly userData: Readonly<Partial<Record<Role | "database" | FixedRole, string>>>;
}

export interface ObservedGroup {
  readonly role: Role;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly target: ObservedTargetFigure;
  readonly cooldownSeconds: number | undefined;
  readonly diskGiB: number | undefined;
  readonly scaling: ObservedScaling;
  /** Names of the targets that its machines join, sorted. */
  readonly targets: readonly string[];
}

export type FixedRole = FixedGroup["role"];

/** A group of proxies or TURN servers, all of which run always. */
export interface ObservedFixedGroup {
  readonly count: number;
  /** Ranges of the subnets that they stand in, in the order of the zones. */
  readonly subnets: readonly string[];
  /** Names of the sets that they join with the port on which they do, sorted: `tcp443 443`. */
  readonly joins: readonly string[];
}

export interface ObservedRule {
  readonly priority: number;
  readonly when: Condition;
  readonly action: Action;
}

export interface ObservedListener {
  readonly protocol: string;
  readonly port: number;
  /** By priority. */
  readonly rules: readonly ObservedRule[];
  /** In front of proxies it names a set of them, such as `tcp443`, in the place of a target. */
  readonly defaultAction: Action;
}

export type ObservedTarget = Omit<Target, "on" | "port"> & { readonly name: string };

export interface ObservedMember {
  /** Name in the private zone. */
  readonly host: string;
  readonly address: string;
  /** Range of its subnet, which stands in one zone. */
  readonly subnet: string;
  readonly diskGiB: number | undefined;
  readonly hasPublicAddress: boolean;
}

export function toGrantText(
  direction: string,
  of: string,
  protocol: string,
  [first, last]: readonly [number, number],
  peer: Member | string,
): string {
  return `${direction} ${of} ${protocol} ${first}-${last} ${peer}`;
}

/** The same observations in an order that doesn't depend on where they came from. */
export function sorted(observed: Observed): Observed {
  const by =
    <T>(key: (value: T) => string | number) =>
    (a: T, b: T): number =>
      key(a) < key(b) ? -1 : 1;
  return {
    ...observed,
    groups: observed.groups
      .map((group) => ({ ...group, targets: [...group.targets].sort() }))
      .sort(by((group) => group.role)),
    listeners: observed.listeners
      .map((listener) => ({ ...listener, rules: [...listener.rules].sort(by((rule) => rule.priority)) }))
      .sort(by((listener) => `${listener.port} ${listener.protocol} ${JSON.stringify(listener.defaultAction)}`)),
    targets: [...observed.targets].sort(by((target) => target.name)),
    alarms: [...observed.alarms].sort(),
    grants: [...observed.grants].sort(),
    database: [...observed.database].sort(by((member) => member.host)),
  };
}
