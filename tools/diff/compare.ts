import { Secret } from "../../recording/value.ts";
import type { PropertyChange, ResourceChange } from "./change.ts";
import { plainPath, reasonFor, verdictOn } from "./force-new/force-new.ts";
import type { PlannedResource, PlannedStack } from "./planned.ts";
import { withRenames } from "./renames.ts";
import { type ChangedSecrets, Renewals } from "./renewals.ts";
import { changesOf, type ValueChange } from "./values.ts";

export interface StackDiff {
  readonly stack: string;
  readonly resources: readonly ResourceChange[];
  /** How many resources stay as they are; undefined if that isn't known. */
  readonly same: number | undefined;
  /** What a reader has to know about the comparison itself. */
  readonly notes: readonly string[];
  /** Errors that ended a preview. */
  readonly failures?: readonly string[];
  /** Operations of a preview that are none of the four, such as those of a refresh. */
  readonly operations?: readonly string[];
}

/** Compares a stack's plans; an absent side has no resources. */
export function compare(before: PlannedStack, after: PlannedStack, secrets: ChangedSecrets = new Set()): StackDiff {
  const partners = pairUp(before.resources, after.resources);
  const renewals = new Renewals(after.resources, secrets);
  const changed: ResourceChange[] = [];
  for (const resource of after.resources) {
    const old = partners.get(resource);
    const change = old === undefined ? created(resource) : compareOne(old, resource, renewals);
    if (change === undefined) continue;
    changed.push(change);
    renewals.note(change);
  }
  const kept = new Set(partners.values());
  const deleted = before.resources.filter((resource) => !kept.has(resource)).map(toDeletion);
  return {
    stack: after.stack,
    resources: withRenames([...changed, ...deleted.reverse()]),
    same: after.resources.length - changed.length,
    notes: [],
  };
}

/** Old resources by the new ones that are the same: by URN, or by a former one that the program names. */
function pairUp(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
): ReadonlyMap<PlannedResource, PlannedResource> {
  const byUrn = new Map(before.map((resource) => [resource.urn, resource]));
  const pairs = new Map<PlannedResource, PlannedResource>();
  for (const resource of after) {
    const isAlias = ({ urn, type, name }: PlannedResource) =>
      resource.options.aliases.some((alias) => alias === urn || (alias === name && type === resource.type));
    const old = byUrn.get(resource.urn) ?? before.find(isAlias);
    if (old !== undefined) pairs.set(resource, old);
  }
  return pairs;
}

const noChange = { before: {}, after: {}, changes: [], isRefused: false, isRetained: false } as const;

const created = ({ urn, type, name, inputs }: PlannedResource): ResourceChange => ({
  ...noChange,
  operation: "create",
  urn,
  type,
  name,
  after: inputs,
});

const toDeletion = ({ urn, type, name, inputs, options }: PlannedResource): ResourceChange => ({
  ...noChange,
  operation: "delete",
  urn,
  type,
  name,
  before: inputs,
  isRefused: options.protect,
  isRetained: options.retainOnDelete,
});

function compareOne(old: PlannedResource, resource: PlannedResource, renewals: Renewals): ResourceChange | undefined {
  const { urn, type, name, inputs, options } = resource;
  const found = [
    ...changesOf(old.inputs, inputs, (value) => renewals.has(value)),
    ...secretChanges(old, resource, renewals),
  ].filter(({ path }) => !isAmong(options.ignoreChanges, path));
  if (found.length === 0) return undefined;
  const changes = found.map((change) => judge(change, old, resource));
  const isReplaced = changes.some(({ verdict }) => verdict === "replace");
  return {
    operation: isReplaced ? "replace" : "update",
    urn,
    type,
    name,
    before: old.inputs,
    after: inputs,
    changes,
    // The engine asks the state, which the former program has made.
    isRefused: isReplaced && old.options.protect,
    isRetained: isReplaced && old.options.retainOnDelete,
  };
}

function judge(change: ValueChange, old: PlannedResource, { type, inputs, options }: PlannedResource): PropertyChange {
  if (isAmong(options.replaceOnChanges, change.path)) return { ...change, verdict: "replace" };
  const verdict = verdictOn(type, change, old.inputs, inputs);
  const why = verdict === "unknown" ? reasonFor(type, change, inputs) : undefined;
  return { ...change, verdict, ...(why === undefined ? {} : { why }) };
}

/** Whether a path is one of a resource option's, or below one. */
const isAmong = (paths: readonly string[], path: string): boolean =>
  paths.some((root) => root === "*" || `${plainPath(path)}.`.startsWith(`${plainPath(root)}.`));

function secretChanges(old: PlannedResource, resource: PlannedResource, renewals: Renewals): readonly ValueChange[] {
  const isOther = (key: string, parts: readonly string[]) =>
    renewals.ofSecret(old.secrets[key] ?? [], parts) || hasOtherText(old.fingerprints[key], resource.fingerprints[key]);
  return Object.entries(resource.secrets)
    .filter(([key, parts]) => old.secrets[key] !== undefined && isOther(key, parts))
    .map(([path]) => ({ path, before: new Secret(null), after: new Secret(null) }));
}

/** Without a fingerprint on both sides it is not known; the secret's parts then tell alone. */
const hasOtherText = (before: string | undefined, after: string | undefined): boolean =>
  before !== undefined && after !== undefined && before !== after;
