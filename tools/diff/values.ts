import { Secret, Unknown, type Value } from "../../recording/value.ts";
import type { Fields } from "./planned.ts";

/** One difference between two values. */
export interface ValueChange {
  /** Such as `ebs.volumeSize`, `zoneMappings[2]` or `subnets[]` for an element of a list without order. */
  readonly path: string;
  /** Undefined where nothing stood. */
  readonly before?: Value;
  /** Undefined where nothing stands any more. */
  readonly after?: Value;
  /** The same reference as before, to something that gets a new value. */
  readonly renewed?: true;
}

/** Whether a value that is only known after the deployment will be another one than before. */
export type IsRenewed = (value: Unknown) => boolean;

/** The differences of two resources' inputs. What is secret on both sides is not compared here. */
export function changesOf(before: Fields, after: Fields, isRenewed: IsRenewed): readonly ValueChange[] {
  return [...walkFields("", before, after, isRenewed)];
}

type Changes = Generator<ValueChange, void, undefined>;

function* walk(path: string, before: Value | undefined, after: Value | undefined, isRenewed: IsRenewed): Changes {
  if (before === undefined || after === undefined) {
    if (before !== after)
      yield { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  } else if (before instanceof Secret && after instanceof Secret) {
    return;
  } else if (isList(before) && isList(after)) {
    yield* walkList(path, before, after, isRenewed);
  } else if (isFields(before) && isFields(after)) {
    yield* walkFields(path, before, after, isRenewed);
  } else if (canonical(before) !== canonical(after)) {
    yield* walkTexts(path, before, after, isRenewed);
  } else if (after instanceof Unknown && isRenewed(after)) {
    yield { path, before, after, renewed: true };
  }
}

function* walkFields(path: string, before: Fields, after: Fields, isRenewed: IsRenewed): Changes {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].sort()) yield* walk(below(path, key), before[key], after[key], isRenewed);
}

function below(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** JSON texts, such as policies, are compared by what they say; an agent is a text of its own lines. */
function* walkTexts(path: string, before: Value, after: Value, isRenewed: IsRenewed): Changes {
  const inner = parsed(before);
  const outer = parsed(after);
  const changes = inner && outer && path !== "content" ? [...walk(path, inner, outer, isRenewed)] : [];
  if (changes.length === 0) yield { path, before, after };
  else yield* changes;
}

function parsed(value: Value): Value | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}

function* walkList(path: string, before: readonly Value[], after: readonly Value[], isRenewed: IsRenewed): Changes {
  if ([...before, ...after].every(isScalar)) yield* walkScalars(path, before, after, isRenewed);
  else yield* walkElements(path, before, after, isRenewed);
}

const isScalar = (value: Value): boolean => !isList(value) && !isFields(value);

/** Lists of names, ids or ranges: which came and which went; their order counts only if all else is the same. */
function* walkScalars(path: string, before: readonly Value[], after: readonly Value[], isRenewed: IsRenewed): Changes {
  const gone = without(before, after);
  const come = without(after, before);
  for (const value of gone) yield { path: `${path}[]`, before: value };
  for (const value of come) yield { path: `${path}[]`, after: value };
  for (const value of without(after, come)) {
    if (value instanceof Unknown && isRenewed(value))
      yield { path: `${path}[]`, before: value, after: value, renewed: true };
  }
  const isReordered = gone.length + come.length === 0 && canonical(before) !== canonical(after);
  if (isReordered) yield { path, before, after };
}

/** The values that the others don't have, each as often as it is missing there. */
function without(values: readonly Value[], others: readonly Value[]): readonly Value[] {
  const rest = others.map(canonical);
  return values.filter((value) => {
    const index = rest.indexOf(canonical(value));
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

interface Element {
  readonly index: number;
  readonly value: Value;
}

/** Equal elements belong together, then those that name the same thing, then those that are left in their order. */
function* walkElements(path: string, before: readonly Value[], after: readonly Value[], isRenewed: IsRenewed): Changes {
  const old = before.map((value, index): Element => ({ index, value }));
  const left: Element[] = [];
  const pair = function* (element: Element, matches: (candidate: Element) => boolean): Generator<ValueChange, boolean> {
    const found = old.findIndex(matches);
    const [partner] = found < 0 ? [] : old.splice(found, 1);
    if (partner === undefined) return false;
    yield* walk(`${path}[${element.index}]`, partner.value, element.value, isRenewed);
    return true;
  };
  for (const [index, value] of after.entries()) {
    const isSame = ({ value: other }: Element) => canonical(other) === canonical(value);
    if (!(yield* pair({ index, value }, isSame))) left.push({ index, value });
  }
  const isSingle = old.length === 1 && left.length === 1;
  for (const element of left) {
    const name = nameOf(element.value);
    const isPartner = (other: Element) =>
      isSingle || (name === undefined ? nameOf(other.value) === undefined : nameOf(other.value) === name);
    if (!(yield* pair(element, isPartner))) yield { path: `${path}[${element.index}]`, after: element.value };
  }
  for (const { index, value } of old) yield { path: `${path}[${index}]`, before: value };
}

/** What tells an element of a list from its neighbours. */
function nameOf(value: Value): string | undefined {
  if (!isFields(value)) return undefined;
  const key = ["key", "name", "deviceName", "zoneId", "resourceType", "field"].find((candidate) => candidate in value);
  return key === undefined ? undefined : canonical(value[key] ?? null);
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isFields = (value: Value): value is Fields =>
  typeof value === "object" &&
  value !== null &&
  !isList(value) &&
  !(value instanceof Unknown || value instanceof Secret);

/** A value as a text that is equal for equal values; secrets are all alike. */
export function canonical(value: Value): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isFields(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join()}}`;
}
