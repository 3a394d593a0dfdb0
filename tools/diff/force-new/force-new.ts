import { readFileSync } from "node:fs";
import { projectFile } from "../../../model/project.ts";
import { type Attributes, attributesOf, schemaFile } from "../../../recording/provider-schema.ts";
import type { Fields } from "../planned.ts";
import type { ValueChange } from "../values.ts";

/** What a provider does with a resource when a property of it changes. */
export type Verdict = "update" | "replace" | "unknown";

/**
 * What is known of one resource type. Paths have no indices: `zoneMappings.vswitchId`.
 * The files say where each fact comes from; ForceNew is the providers' word for "a change makes a new resource".
 */
interface Facts {
  /** A change makes a new resource; `*`: any change. On Alibaba Cloud the provider's schema says it. */
  readonly replacedBy?: readonly string[];
  /** A change may make a new resource. */
  readonly mayReplace?: Readonly<Record<string, Chance>>;
  /** Of these only one is set: another one than before makes a new resource, another value does not. */
  readonly alternatives?: readonly string[];
  /** Known to be updated in place. */
  readonly updates?: readonly string[];
  /** What is true of all properties that are named nowhere. @default "update": the type's whole schema was read */
  readonly otherwise?: "unknown";
  /** Outputs that get a new value at an update in place. */
  readonly renewedByUpdate?: readonly string[];
}

/** A change that the provider replaces for only sometimes. */
interface Chance {
  readonly why: string;
  /** Holds only for resources with these inputs. */
  readonly only?: Readonly<Record<string, string>>;
  /** Holds only where something was taken away. */
  readonly when?: "removed";
}

interface FactsFile {
  readonly provider: string;
  readonly types: Readonly<Record<string, Facts>>;
}

const files = ["aws", "alicloud", "random"].map((provider): FactsFile => {
  const url = projectFile(`tools/diff/force-new/force-new.${provider}.json`);
  return JSON.parse(readFileSync(url, "utf8")) as FactsFile;
});

const written = new Map(files.flatMap(({ types }) => Object.entries(types)));

const forced = (attributes: Attributes, root = ""): readonly string[] =>
  Object.entries(attributes).flatMap(([key, { forceNew, of = {} }]) =>
    forceNew ? [root + key] : forced(of, `${root}${key}.`),
  );

const known = new Map(
  [...new Set([...written.keys(), ...Object.keys(schemaFile("alicloud").types)])].map((type) => {
    const attributes = type.startsWith("alicloud:") ? (attributesOf(type) ?? {}) : {};
    const facts = written.get(type) ?? {};
    return [type, { ...facts, replacedBy: [...(facts.replacedBy ?? []), ...forced(attributes)] }] as const;
  }),
);

type Known = Facts & { readonly replacedBy: readonly string[] };

const factsOf: ReadonlyMap<string, Known> = known;

/** Properties of a type whose change makes a new resource. */
export const replacedBy = (type: string): readonly string[] => factsOf.get(type)?.replacedBy ?? [];

/** Whether anything is known about the type. */
export const isKnownType = (type: string): boolean => factsOf.has(type);

/** What the providers' metadata says about this change. */
export function verdictOn(type: string, change: ValueChange, before: Fields, after: Fields): Verdict {
  const facts = factsOf.get(type);
  const path = plainPath(change.path);
  if (/^tags(All)?(\.|$)/.test(path)) return "update";
  if (facts === undefined) return "unknown";
  if (facts.replacedBy.some((forced) => forced === "*" || isWithin(path, forced))) return "replace";
  if (isOtherAlternative(type, path, before, after)) return "replace";
  if (reasonOf(facts, change, after) !== undefined) return "unknown";
  if (facts.replacedBy.some((forced) => isWithin(forced, path))) return "unknown";
  if ([...(facts.updates ?? []), ...(facts.alternatives ?? [])].some((safe) => isWithin(path, safe))) return "update";
  return facts.otherwise ?? "update";
}

/** Why a change may make a new resource, as far as it is known. */
export function reasonFor(type: string, change: ValueChange, after: Fields): string | undefined {
  const facts = factsOf.get(type);
  return facts === undefined ? undefined : reasonOf(facts, change, after);
}

/** Outputs of this type that get another value at an update in place. */
export const renewedByUpdate = (type: string): readonly string[] => factsOf.get(type)?.renewedByUpdate ?? [];

/** `a[2].b` and `a[].b` are both `a.b`. */
export const plainPath = (path: string): string => path.replace(/\[\d*\]/g, "").replace(/\["([^"]*)"\]/g, ".$1");

const isWithin = (path: string, root: string): boolean => path === root || path.startsWith(`${root}.`);

/** Whether another one of a type's alternatives is set than before, which makes a new resource. */
export function isOtherAlternative(type: string, path: string, before: object, after: object): boolean {
  const { alternatives = [] } = factsOf.get(type) ?? {};
  const chosen = (fields: object) => alternatives.filter((key) => key in fields).join();
  return alternatives.includes(path) && chosen(before) !== chosen(after);
}

function reasonOf(facts: Facts, change: ValueChange, after: Fields): string | undefined {
  const path = plainPath(change.path);
  const [, chance] = Object.entries(facts.mayReplace ?? {}).find(([key]) => isWithin(path, key)) ?? [];
  if (chance === undefined) return undefined;
  const applies = Object.entries(chance.only ?? {}).every(([key, value]) => after[key] === value);
  return applies && (chance.when === undefined || change.before !== undefined) ? chance.why : undefined;
}
