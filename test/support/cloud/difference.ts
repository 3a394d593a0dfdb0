import type { Attribute, Attributes } from "../../../recording/provider-schema.ts";
import { isUnknown, isValues, same, type Value, type Values } from "./wire.ts";

/**
 * What a provider sees as a difference between a program's inputs and the state that its Read wrote.
 *
 * - `strict`: Alibaba Cloud's provider is built on Terraform's first plug-in SDK, whose sets are compared as they are:
 *   an element's hash holds each property that may be set, also those that the cloud fills in
 *   (terraform-plugin-sdk v1.17.2, helper/schema/serialize.go, SerializeResourceForHash; pulumi-terraform-bridge,
 *   pkg/tfshim/sdk-v1/provider.go, Diff).
 * - `matching`: AWS's is built on the second one, where an element is first matched with one of the state, what the cloud
 *   fills in left aside (pkg/tfshim/sdk-v2/proposed_new.go, objchange.ProposedNew).
 */
export type Sets = "strict" | "matching";

export interface Difference {
  readonly changed: boolean;
  /** A property within has changed that makes a new resource. */
  readonly forcesNew: boolean;
}

const none: Difference = { changed: false, forcesNew: false };

const either = (all: readonly Difference[]): Difference => ({
  changed: all.some(({ changed }) => changed),
  forcesNew: all.some(({ changed, forcesNew }) => changed && forcesNew),
});

/** Blocks of one are objects in Pulumi. */
const listOf = (value: Value | undefined): readonly Value[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Value];
};

const isZero = (value: Value | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0) ||
  (isValues(value) && Object.keys(value).length === 0);

const text = (value: Value | undefined): string => (isZero(value) ? "" : String(value));

const partOf = (value: Value, key: string): Value | undefined => (isValues(value) ? value[key] : undefined);

const hasForceNew = ({ forceNew, of = {} }: Attribute): boolean => forceNew || Object.values(of).some(hasForceNew);

export function difference(
  attribute: Attribute,
  wanted: Value | undefined,
  state: Value | undefined,
  sets: Sets,
): Difference {
  const { computed, kind, of, forceNew } = attribute;
  const changed: Difference = { changed: true, forcesNew: hasForceNew(attribute) };
  if (wanted === undefined || wanted === null)
    return computed || isZero(state) || attribute.default === text(state) ? none : changed;
  if (isUnknown(wanted)) return { changed: true, forcesNew: forceNew };
  if (kind === "map") return same(wanted, state) ? none : changed;
  if (kind !== "list" && kind !== "set") return text(wanted) === text(state) ? none : changed;
  const [news, olds] = [listOf(wanted), listOf(state)];
  if (news.length !== olds.length) return changed;
  if (kind === "set") return sameSet(attribute, news, olds, sets) ? none : changed;
  if (of === undefined) return news.every((one, index) => text(one) === text(olds[index])) ? none : changed;
  return either(news.map((one, index) => within(of, one, olds[index] ?? {}, sets)));
}

const within = (of: Attributes, wanted: Value, state: Value, sets: Sets): Difference =>
  either(Object.entries(of).map(([key, one]) => difference(one, partOf(wanted, key), partOf(state, key), sets)));

function sameSet({ of, ownHash }: Attribute, news: readonly Value[], olds: readonly Value[], sets: Sets): boolean {
  if (of === undefined) return same(news.map(text).sort(), olds.map(text).sort());
  if (sets === "strict" && !ownHash)
    return same(news.map((one) => hash(of, one)).sort(), olds.map((one) => hash(of, one)).sort());
  const left = [...olds];
  return news.every((one) => {
    const at = left.findIndex((old) => !within(of, one, old, sets).changed);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Everything of an element that may be set; what is not named is a default or the kind's zero. */
function hash(of: Attributes, element: Value): string {
  const parts = Object.entries(of).map(([key, one]) => {
    const value = partOf(element, key);
    if (one.of !== undefined) {
      const { of: inner } = one;
      const hashes = listOf(value).map((part) => hash(inner, part));
      return `${key}:[${(one.kind === "set" ? hashes.sort() : hashes).join()}]`;
    }
    if (one.kind === "list" || one.kind === "set") return `${key}:[${listOf(value).map(text).sort().join()}]`;
    if (one.kind === "map") return `${key}:${JSON.stringify(value ?? {})}`;
    return `${key}:${text(value ?? one.default)}`;
  });
  return `{${parts.join(";")}}`;
}

/** Inputs that differ from the state, and whether each makes a new resource. */
export function differences(
  attributes: Attributes,
  wanted: Values,
  state: Values,
  sets: Sets,
): ReadonlyMap<string, Difference> {
  return new Map(
    Object.entries(attributes).flatMap(([key, one]) => {
      const found = difference(one, wanted[key], state[key], sets);
      return found.changed ? [[key, found] as const] : [];
    }),
  );
}
