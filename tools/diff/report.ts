import type { StackDiff } from "./compare.ts";
import { effectsOf } from "./effects.ts";
import { type FirewallChange, firewallChanges, type GroupNames } from "./firewall.ts";

/** Everything that is said about one stack, whatever the format. */
export interface StackReport {
  readonly diff: StackDiff;
  readonly firewall: readonly FirewallChange[];
  readonly effects: readonly string[];
  /** Policy findings that the change brings. */
  readonly findings: readonly string[];
  /** What the change costs a month. */
  readonly cost?: string;
}

export interface Report {
  /** What is compared with what. */
  readonly title: string;
  readonly notes: readonly string[];
  readonly stacks: readonly StackReport[];
}

export interface Extras {
  readonly findings: readonly string[];
  readonly cost?: string;
}

export const reportOn = (
  diff: StackDiff,
  groups?: GroupNames,
  { findings, cost }: Extras = { findings: [] },
): StackReport => ({
  diff,
  firewall: firewallChanges(diff.resources, groups),
  effects: effectsOf(diff.resources),
  findings,
  ...(cost === undefined ? {} : { cost }),
});

export const isUnchanged = ({ diff }: StackReport): boolean => diff.resources.length === 0;

/** `opens tcp 22 to 0.0.0.0/0 on origin`, `lets origin out to 0.0.0.0/0, tcp 443`. */
export function firewallText({ action, direction, group, protocol, ports, peer }: FirewallChange): string {
  const what = protocol === "all" ? "everything" : `${protocol} ${ports}`;
  if (direction === "in") return `${action} ${what} ${action === "closes" ? "from" : "to"} ${peer} on ${group}`;
  return `${action} the way from ${group} out to ${peer}, ${what}`;
}
