import { type Found, isFields, isUnknown, listAt, type Resource } from "./plain.ts";

/** How resources refer to each other: an id that isn't known yet names the resource that it will come from. */

/** A resource's key among those of a stack. */
export const keyOf = ({ type, name }: Resource): string => `${type}::${name}`;

/**
 * Key of what a value refers to: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME.PROPERTY` as `TYPE::NAME`, an id as it
 * is; undefined for an unknown of no origin.
 */
export function linkOf(value: Found): string | undefined {
  if (typeof value === "string" && !isUnknown(value)) return value;
  if (!isFields(value) || typeof value["unknown"] !== "string") return undefined;
  const [types, name] = value["unknown"].split("::").slice(-2);
  const type = types?.split("$").at(-1);
  return type === undefined || type === "" || name === undefined ? undefined : `${type}::${name.split(".")[0]}`;
}

/** The name of what a value refers to, an id as it is; undefined while that can't be told. */
export const nameOf = (value: Found): string | undefined => linkOf(value)?.split("::").at(-1);

/** What is read from a stack's resources, once for all who ask: the same list gives the same answer. */
export function perStack<T>(read: (all: readonly Resource[]) => T): (all: readonly Resource[]) => T {
  const known = new WeakMap<readonly Resource[], { readonly answer: T }>();
  return (all) => {
    const before = known.get(all);
    if (before !== undefined) return before.answer;
    const answer = read(all);
    known.set(all, { answer });
    return answer;
  };
}

const indexOf = perStack((all) => new Map(all.map((resource) => [keyOf(resource), resource])));

export function targetOf(all: readonly Resource[], value: Found): Resource | undefined {
  const link = isUnknown(value) ? linkOf(value) : undefined;
  return link === undefined ? undefined : indexOf(all).get(link);
}

/** Whether it can be said what a value refers to: a resource of the stack, or an id of something else. */
export const isResolved = (all: readonly Resource[], value: Found): boolean =>
  !isUnknown(value) || targetOf(all, value) !== undefined;

export const ofType = (all: readonly Resource[], ...types: readonly string[]): readonly Resource[] =>
  all.filter(({ type }) => types.includes(type));

/** Resources of a type whose value at a path is an output of another one. */
export const referringTo = (all: readonly Resource[], to: Resource, type: string, path: string): readonly Resource[] =>
  ofType(all, type).filter(({ props }) => listAt(props, path).some((value) => linkOf(value) === keyOf(to)));
