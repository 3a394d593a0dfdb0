import { nearestName } from "../model/nearest-name.ts";
import { absent, type Fault, hasSecret, show, shownStep } from "./fault.ts";
import { removePath, setPath } from "./remedy/command.ts";
import { fixOf, quotesOf, unknownKey } from "./remedy/fix.ts";
import { kindsOf, type Place, schemaAt, shapeOf, usedByOtherKinds } from "./remedy/shape.ts";
import { suggestions } from "./remedy/suggest.ts";
import type * as z from "./zod.ts";

type Issue = z.core.$ZodIssue;

export interface Formed<T> {
  readonly faults: readonly Fault[];
  /** There only without faults. */
  readonly data?: T;
  /** What is said besides unknown keys, where they are all that is wrong: for looking further, not for use. */
  readonly known?: T;
}

/**
 * Holds a value against its schema: a section of the model, or a cloud's own block, for which the faults' paths read
 * `ams:aws.images.media`. A block that the stack doesn't have is checked as an empty one, by passing `{}`.
 */
export function checkForm<T>(section: string, schema: z.ZodType<T>, value: unknown, place: Place = {}): Formed<T> {
  const result = schema.safeParse(value);
  if (result.success) return { faults: [], data: result.data };
  const { issues } = result.error;
  const known = schema.safeParse(issues.reduce(withoutUnknown, value));
  const own = issues.filter((issue, index) => !isRepeated(issues, index) && !isMistyped(schema, value, issues, issue));
  return {
    faults: own.flatMap((issue) => toFaults({ section, schema, value, place }, issue)),
    ...(known.success ? { known: known.data } : {}),
  };
}

function withoutUnknown(value: unknown, issue: Issue): unknown {
  return issue.code === "unrecognized_keys" ? withoutKeys(value, issue.path, issue.keys) : value;
}

function withoutKeys(value: unknown, [step, ...rest]: readonly PropertyKey[], keys: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (index === step ? withoutKeys(part, rest, keys) : part));
  const entries = Object.entries(value);
  if (step === undefined) return Object.fromEntries(entries.filter(([key]) => !keys.includes(key)));
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === step ? withoutKeys(part, rest, keys) : part] as const),
  );
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    value,
  );

/** One value has one fault; of unknown keys, each is one. */
const isRepeated = (issues: readonly Issue[], index: number): boolean =>
  issues
    .slice(0, index)
    .some((one) => one.path.join() === issues[index]?.path.join() && one.code !== "unrecognized_keys");

/** A required key that is missing because its name is mistyped: the unknown key is the one fault. */
function isMistyped(schema: z.ZodType, value: unknown, issues: readonly Issue[], { path }: Issue): boolean {
  const [parent, missing] = [path.slice(0, -1), path.at(-1)];
  if (missing === undefined || valueAt(value, path) !== undefined) return false;
  const keys = keysAt(schema, parent, value);
  return issues.some(
    (issue) =>
      issue.code === "unrecognized_keys" &&
      issue.path.join() === parent.join() &&
      issue.keys.some((key) => nearestName(key, keys) === missing),
  );
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): readonly string[] {
  const part = schemaAt(schema, path, value);
  return part === undefined ? [] : Object.keys(shapeOf(part, valueAt(value, path)) ?? {});
}

interface Checked {
  readonly section: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly place: Place;
}

/** A schema's issue, with the value that it is about; one fault for each unknown key. */
function toFaults({ section, schema, value, place }: Checked, issue: Issue): readonly Fault[] {
  const path = [section, ...issue.path].reduce<string>(shownStep, "ams:");
  const got = valueAt(value, issue.path);
  const part = schemaAt(schema, issue.path, value) ?? schema;
  if (issue.code === "unrecognized_keys") {
    const keys = keysAt(schema, issue.path, value);
    return issue.keys.map((key) => unknownKey(path, key, valueAt(got, [key]), keys, notUsed(part, key, got)));
  }
  if (issue.code === "invalid_key") {
    const allowed = issue.issues[0]?.message ?? issue.message;
    return [{ path, got: "an invalid name", allowed, fix: removePath(path) }];
  }
  const mistyped = got === undefined ? mistypedKind(schema, issue.path, value) : undefined;
  if (mistyped !== undefined) {
    const parent = [section, ...issue.path.slice(0, -1)].reduce<string>(shownStep, "ams:");
    return [
      unknownKey(parent, mistyped, valueAt(value, [...issue.path.slice(0, -1), mistyped]), [String(issue.path.at(-1))]),
    ];
  }
  const allowed = issue.message.startsWith("Invalid input") ? "an object" : issue.message;
  if (got === undefined && allowed === "an object") return missingGroup(path, part, place);
  const at = [section, ...issue.path];
  const told = hasSecret(got, path) ? undefined : got;
  const remedies = suggestions(part, told, place).map((one) => ({ at, value: one, fix: fixOf(path, part, got, one) }));
  const fix = remedies[0]?.fix ?? fixOf(path, part, got, undefined);
  return [{ path, got: show(got, path), allowed: `${allowed}${quotesOf(part, got)}`, fix, remedies }];
}

/** The key that was meant to choose the kind of a group which has none. */
function mistypedKind(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string | undefined {
  const [parent, kind] = [path.slice(0, -1), path.at(-1)];
  const group = kind === undefined ? undefined : schemaAt(schema, parent, value);
  if (group === undefined || kindsOf(group)?.key !== kind) return undefined;
  return Object.keys(valueAt(value, parent) ?? {}).find((key) => nearestName(key, [String(kind)]) === kind);
}

/** Whether a key belongs to another kind of the group that it is in. */
function notUsed(schema: z.ZodType, key: string, value: unknown): string | undefined {
  const kinds = kindsOf(schema);
  if (kinds === undefined || !usedByOtherKinds(schema, key)) return undefined;
  return `not used if ${kinds.key} is ${valueAt(value, [kinds.key])}`;
}

/** A group that has to be there, by the keys that it needs. */
function missingGroup(path: string, schema: z.ZodType, place: Place): readonly Fault[] {
  const [example = {}] = suggestions(schema, undefined, place);
  const allowed = `an object that contains ${Object.keys(example as object).join(" and ") || "at least one key"}`;
  return [{ path, got: absent, allowed, fix: setPath(path, example) }];
}
