import { readFileSync } from "node:fs";
import type { Fields } from "./schema.ts";
import type { Failure } from "./validate.ts";
import { isUnknown, isValues, type Value, type Values } from "./wire.ts";

type ByPath<T> = Readonly<Record<string, T>>;
type Bounds = readonly [number | null, number | null];

/** What a real provider checks and the SDK's declarations do not say, per resource type; keys are property paths. */
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
  readonly requiredInside?: readonly string[];
  /** Properties that no two resources of the type may share. */
  readonly unique?: readonly string[];
  /** Properties whose change makes a new resource. */
  readonly replacedBy?: readonly string[];
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

function requiredInside(paths: readonly string[], inputs: Values): readonly Failure[] {
  return paths.flatMap((path) => {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const owners = valuesAt(inputs, keys).flatMap((owner) => (Array.isArray(owner) ? owner : [owner]));
    const bare = owners.filter((owner: Value) => isValues(owner) && owner[last] === undefined);
    return bare.map(() => ({ path, reason: "missing required property" }));
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
    ...requiredInside(checks.requiredInside ?? [], inputs),
    ...crossFields(checks, inputs),
  ];
}

/** Whether a change of this property makes a new resource, by the check data or the SDK's documentation. */
export function replaces(token: string, fields: Fields, key: string): boolean {
  return checksOf(token).replacedBy?.includes(key) === true || fields[key]?.replaces === true;
}
