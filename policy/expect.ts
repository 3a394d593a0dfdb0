import { settingsOf } from "../recording/read/buckets.ts";
import { ofType } from "../recording/read/links.ts";
import { type Found, isUnknown, type Plain, same, show, valuesAt } from "../recording/read/plain.ts";
import { byCloud, type Fault, type Resource, type Rule } from "./rule.ts";

/** What one property of one type has to be. */
export interface Expectation {
  readonly path: string;
  readonly ok: (value: Found) => boolean;
  /** In words, after "has to be". */
  readonly wanted: string;
}

export const is = (path: string, wanted: Plain): Expectation => ({
  path,
  ok: (value) => same(value, wanted),
  wanted: show(wanted),
});

export const isNot = (path: string, unwanted: Plain): Expectation => ({
  path,
  ok: (value) => !same(value, unwanted),
  wanted: `any value except ${show(unwanted)}`,
});

export const atLeast = (path: string, least: number): Expectation => ({
  path,
  ok: (value) => Number(value) >= least,
  wanted: `at least ${least}`,
});

export const atMost = (path: string, most: number): Expectation => ({
  path,
  ok: (value) => Number(value) <= most,
  wanted: `at most ${most}`,
});

/** For what the cluster has no use for: absent, off, zero or empty. */
export const unset = (path: string): Expectation => ({
  path,
  ok: (value) => value === undefined || isEmpty(value),
  wanted: "absent",
});

const isEmpty = (value: Plain): boolean =>
  ["", "0", "false", "null", "[]", "{}"].includes(typeof value === "string" ? value : JSON.stringify(value));

export const isSet = (path: string): Expectation => ({
  path,
  ok: (value) => value !== undefined && value !== null && value !== "",
  wanted: "set",
});

export const oneOf = (path: string, allowed: readonly string[]): Expectation => ({
  path,
  ok: (value) => typeof value === "string" && allowed.includes(value),
  wanted: `one of ${allowed.join(", ")}`,
});

/** Of a list: each of its texts, as far as they are known. */
export const eachOf = (path: string, allowed: readonly string[]): Expectation => ({
  path,
  ok: (value) => value === undefined || value === null || allowed.includes(String(value)),
  wanted: `only ${allowed.join(", ")}`,
});

/** For a property whose default is as good as what is wanted. */
export const orAbsent = ({ path, ok, wanted }: Expectation): Expectation => ({
  path,
  ok: (value) => value === undefined || value === null || ok(value),
  wanted,
});

/** What of a resource isn't as expected; an unknown value is no fault. */
export function faultsOf(on: Resource, expectations: readonly Expectation[]): readonly Fault[] {
  return expectations.flatMap(({ path, ok, wanted }) => {
    const wrong = valuesAt(on.props, path).filter((value) => !isUnknown(value) && !ok(value));
    const [first] = wrong;
    return wrong.length === 0 ? [] : [{ on, fault: `${path} is ${show(first)}, but must be ${wanted}` }];
  });
}

type ByType = Readonly<Record<string, readonly Expectation[]>>;

/** A rule about single properties of each resource of some types, or of those of them that `applies` lets through. */
export function expecting(
  byType: ByType,
  applies: (resource: Resource, all: readonly Resource[]) => boolean = () => true,
): Pick<Rule, "looksAt" | "find"> {
  return {
    looksAt: byCloud(Object.keys(byType)),
    find: (all) =>
      all
        .filter((resource) => resource.type in byType && applies(resource, all))
        .flatMap((resource) => faultsOf(resource, byType[resource.type] ?? [])),
  };
}

/** Buckets without a setting of a type. */
export const lacking = (all: readonly Resource[], bucket: string, type: string, fault: string): readonly Fault[] =>
  ofType(all, bucket)
    .filter((on) => settingsOf(all, on, type).length === 0)
    .map((on) => ({ on, fault }));
