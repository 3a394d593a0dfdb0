import { readFileSync } from "node:fs";
import { type Attributes, attributesOf } from "../../../recording/provider-schema.ts";
import { isOtherAlternative, replacedBy } from "../../../tools/diff/force-new/force-new.ts";
import type { Fields } from "./schema.ts";
import type { Failure } from "./validate.ts";
import { isUnknown, isValues, type Value, type Values } from "./wire.ts";

type ByPath<T> = Readonly<Record<string, T>>;
type Bounds = readonly [number | null, number | null];

/**
 * What a real provider checks and neither its schema (recording/provider-schema) nor the SDK's declarations say, per resource
 * type; keys are property paths. AWS's schema says nothing of conflicts.
 */
export interface Checks {
  readonly oneOf?: ByPath<readonly string[]>;
  readonly range?: ByPath<Bounds>;
  readonly length?: ByPath<Bounds>;
  readonly prefix?: ByPath<string>;
  readonly pattern?: ByPath<string>;
  readonly items?: ByPath<Bounds>;
  readonly json?: readonly string[];
  /** Most bytes of a text, and of what a base64 text holds. */
  readonly bytes?: ByPath<number>;
  readonly base64Bytes?: ByPath<number>;
  readonly conflicts?: ByPath<readonly string[]>;
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly atLeastOneOf?: readonly (readonly string[])[];
  /** Properties that no two resources of the type may share. */
  readonly unique?: readonly string[];
}

const files = ["alicloud-checks.json", "aws-checks.json"] as const;

const table: Readonly<Record<string, Checks>> = Object.assign(
  {},
  ...files.map((file) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"))),
);

export const checksOf = (token: string): Checks => table[token] ?? {};

/** Values at a path, through lists and objects; what is not there or not known yet is left out. */
function valuesAt(value: Value | undefined, path: readonly string[]): readonly Value[] {
  if (value === undefined || value === null || isUnknown(value)) return [];
  if (Array.isArray(value) && path.length > 0) return value.flatMap((part: Value) => valuesAt(part, path));
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  return isValues(value) ? valuesAt(value[key], rest) : [];
}

type Test<T> = (value: Value, rule: T) => string | undefined;

function each<T>(rules: ByPath<T> | undefined, inputs: Values, test: Test<T>): readonly Failure[] {
  return Object.entries(rules ?? {}).flatMap(([path, rule]) =>
    valuesAt(inputs, path.split(".")).flatMap((value) => {
      const reason = test(value, rule);
      return reason === undefined ? [] : [{ path, reason }];
    }),
  );
}

const within = (size: number, [least, most]: Bounds): boolean =>
  size >= (least ?? Number.NEGATIVE_INFINITY) && size <= (most ?? Number.POSITIVE_INFINITY);

const show = ([least, most]: Bounds): string => `(${least ?? ""} - ${most ?? ""})`;

const oneOf: Test<readonly string[]> = (value, allowed) =>
  allowed.includes(String(value)) ? undefined : `expected one of [${allowed.join(" ")}], got ${String(value)}`;

const range: Test<Bounds> = (value, bounds) =>
  within(Number(value), bounds) ? undefined : `expected to be in the range ${show(bounds)}, got ${String(value)}`;

const length: Test<Bounds> = (value, bounds) =>
  within(String(value).length, bounds) ? undefined : `expected length to be in the range ${show(bounds)}`;

const items: Test<Bounds> = (value, bounds) =>
  !Array.isArray(value) || within(value.length, bounds) ? undefined : `expected ${show(bounds)} items`;

const prefix: Test<string> = (value, start) =>
  String(value).startsWith(start) ? undefined : `prefix must be '${start}', got ${String(value)}`;

const pattern: Test<string> = (value, form) =>
  new RegExp(form).test(String(value)) ? undefined : `${String(value)} does not match ${form}`;

const bytes: Test<number> = (value, most) =>
  Buffer.byteLength(String(value)) <= most ? undefined : `is longer than ${most} bytes`;

const base64Bytes: Test<number> = (value, most) => {
  const decoded = Buffer.from(String(value), "base64");
  if (decoded.toString("base64") !== String(value)) return "is not base64";
  return decoded.byteLength <= most ? undefined : `holds more than ${most} bytes`;
};

const json: Test<true> = (value) => {
  try {
    JSON.parse(String(value));
    return undefined;
  } catch {
    return "contains invalid JSON";
  }
};

function crossFields(checks: Checks, inputs: Values): readonly Failure[] {
  const given = (key: string): boolean => inputs[key] !== undefined && inputs[key] !== null;
  const conflicts = Object.entries(checks.conflicts ?? {}).flatMap(([key, others]) => {
    const both = given(key) ? others.filter(given) : [];
    return both.map((other) => ({ path: key, reason: `conflicts with ${other}` }));
  });
  const exactly = (checks.exactlyOneOf ?? [])
    .filter((keys) => keys.filter(given).length !== 1)
    .map((keys) => ({ path: "", reason: `exactly one of [${keys.join(" ")}] must be set` }));
  const least = (checks.atLeastOneOf ?? [])
    .filter((keys) => !keys.some(given))
    .map((keys) => ({ path: "", reason: `at least one of [${keys.join(" ")}] must be set` }));
  return [...conflicts, ...exactly, ...least];
}

/** What the provider's schema says of these values. */
function bySchema(attributes: Attributes, values: Values, top: Values, path = ""): readonly Failure[] {
  const given = (key: string, of = top): boolean => of[key] !== undefined && of[key] !== null;
  return Object.entries(attributes).flatMap(([key, one]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const value = values[key];
    const alternatives = (keys: readonly string[], most: number): readonly Failure[] => {
      const count = keys.filter((name) => given(name)).length;
      const rule = most === 1 ? "exactly" : "at least";
      const isBad = keys.length > 0 && (count === 0 || count > most);
      return isBad ? [{ path: "", reason: `${rule} one of [${keys.join(" ")}] must be set` }] : [];
    };
    const groups = [...alternatives(one.exactlyOneOf, 1), ...alternatives(one.atLeastOneOf, Number.POSITIVE_INFINITY)];
    if (!given(key, values)) {
      return one.required ? [...groups, { path: at, reason: "missing required property" }] : groups;
    }
    const conflicts = one.conflicts
      .filter((other) => given(other))
      .map((other) => ({ path: at, reason: `conflicts with ${other}` }));
    const { of, minItems = null, maxItems = null } = one;
    const count = Array.isArray(value) && !within(value.length, [minItems, maxItems]);
    const size = count ? [{ path: at, reason: `expected ${show([minItems, maxItems])} items` }] : [];
    const parts = of === undefined ? [] : (Array.isArray(value) ? value : [value ?? null]).filter(isValues);
    const inside = of === undefined ? [] : parts.flatMap((part) => bySchema(of, part, top, at));
    return [...groups, ...conflicts, ...size, ...inside];
  });
}

/** What the real provider refuses beyond the SDK's declarations. */
export function applyChecks(token: string, inputs: Values): readonly Failure[] {
  const checks = checksOf(token);
  const jsonRules = Object.fromEntries((checks.json ?? []).map((path) => [path, true] as const));
  return [
    ...each(checks.oneOf, inputs, oneOf),
    ...each(checks.range, inputs, range),
    ...each(checks.length, inputs, length),
    ...each(checks.items, inputs, items),
    ...each(checks.prefix, inputs, prefix),
    ...each(checks.pattern, inputs, pattern),
    ...each(checks.bytes, inputs, bytes),
    ...each(checks.base64Bytes, inputs, base64Bytes),
    ...each<true>(jsonRules, inputs, json),
    ...bySchema(attributesOf(token) ?? {}, inputs, inputs),
    ...crossFields(checks, inputs),
  ];
}

/** Whether a change of this property makes a new resource, by what `diff` knows or the SDK's documentation. */
export const replaces = (token: string, fields: Fields, key: string, before: Values, after: Values): boolean =>
  replacedBy(token).includes(key) || isOtherAlternative(token, key, before, after) || fields[key]?.replaces === true;
