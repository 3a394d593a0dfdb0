import type { ResourceChange } from "../change.ts";
import type { StackDiff } from "../compare.ts";
import { effectsOf } from "../effects/effects.ts";
import { type FirewallChange, firewallChanges, type GroupNames } from "../firewall.ts";
import { className } from "../urn.ts";
import { type Verdict, verdictOf } from "../verdict.ts";

/** Everything that is said about one stack, whatever the format. */
export interface StackReport {
  readonly diff: StackDiff;
  readonly verdict: Verdict;
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
  compared: StackDiff,
  groups?: GroupNames,
  { findings, cost }: Extras = { findings: [] },
): StackReport => {
  const diff = { ...compared, resources: compared.resources.map(withoutReplacedVersions) };
  const effects = effectsOf(diff.resources);
  return {
    diff,
    verdict: verdictOf(diff, effects),
    firewall: firewallChanges(diff.resources, groups),
    effects,
    findings,
    ...(cost === undefined ? {} : { cost }),
  };
};

/** A new version of a secret takes nothing away: the store keeps the former one. */
const withoutReplacedVersions = (change: ResourceChange): ResourceChange =>
  change.operation === "replace" && !change.isRefused && className(change.type) === "SecretVersion"
    ? { ...change, operation: "update", changes: change.changes.map((one) => ({ ...one, verdict: "update" })) }
    : change;

/** Nothing to look at, and nothing that could not be read. */
export const isUnchanged = ({ diff: { resources, failures = [], operations = [] } }: StackReport): boolean =>
  resources.length + failures.length + operations.length === 0;

/** `opens tcp 22 to 0.0.0.0/0 on origin`, `lets origin out to 0.0.0.0/0, tcp 443`. */
export function firewallText({ action, direction, group, protocol, ports, peer }: FirewallChange): string {
  const what = protocol === "all" ? "all traffic" : `${protocol} ${ports}`;
  if (direction === "in") return `${action} ${what} ${action === "closes" ? "from" : "to"} ${peer} on ${group}`;
  return `${action} outbound ${what} from ${group} to ${peer}`;
}
