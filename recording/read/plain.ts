/** Plain JSON as a recording prints itself: what isn't known yet is `{ unknown }`, and a secret is "[secret]". */
export type Plain = null | boolean | number | string | readonly Plain[] | Fields;
export interface Fields {
  readonly [key: string]: Plain;
}

/** A resource as a recording, a plan or a preview has it. */
export interface Resource {
  /** Pulumi's type token, e.g. `aws:ebs/volume:Volume`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly props: Fields;
  /** Whole URN, where the reader has one. */
  readonly urn?: string;
}

/** A property's value; undefined where there is none. */
export type Found = Plain | undefined;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether nobody can say what the value is: neither good nor bad may be concluded from it. */
export const isUnknown = (value: Found): boolean =>
  value === "[secret]" || (isFields(value) && typeof value["unknown"] === "string");

/** Brings unknown values and secrets, which are objects with methods in a live recording, into their plain form. */
export function toPlain(props: object): Fields {
  const plain: unknown = JSON.parse(JSON.stringify(props));
  return isFields(plain) ? plain : {};
}

/** What a program registered, in plain form. */
export const toResources = (
  recorded: readonly { readonly type: string; readonly name: string; readonly urn?: string; readonly inputs: object }[],
): readonly Resource[] =>
  recorded.map(({ type, name, urn, inputs }) => ({
    ...{ type, name, props: toPlain(inputs) },
    ...(urn === undefined ? {} : { urn }),
  }));

/**
 * All values at a path such as `blockDeviceMappings[].ebs.encrypted`. A missing or empty list gives one undefined, and
 * an unknown on the way is the value.
 */
export function valuesAt(props: Found, path: string): readonly Found[] {
  return path
    .split(".")
    .reduce<readonly Found[]>((values, key) => values.flatMap((value) => step(value, key)), [props]);
}

export const valueAt = (props: Found, path: string): Found => valuesAt(props, path)[0];

/** The elements at a path that ends with `[]`; an unknown list is one unknown element. */
export const listAt = (props: Found, path: string): readonly Plain[] =>
  valuesAt(props, path).flatMap((value) => (value === undefined || value === null ? [] : [value]));

/** The texts at some paths, as far as they are known. */
export const textsAt = (props: Found, ...paths: readonly string[]): readonly string[] =>
  paths
    .flatMap((path) => listAt(props, path))
    .filter((value) => typeof value === "string" && !isUnknown(value))
    .map(String);

/** A number, which providers take as a text too. */
export function numberAt(props: Found, path: string): number | undefined {
  const value = valueAt(props, path);
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}

export const textAt = (props: Found, path: string): string | undefined => textsAt(props, path)[0];

/** Whether an object has something at a key. */
export const isKey = (value: Found, key: string): boolean =>
  !isUnknown(value) && isFields(value) && value[key] !== undefined && value[key] !== null;

/** Whether a part of it isn't known. */
export function hasUnknown(value: Found): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

function step(value: Found, key: string): readonly Found[] {
  if (isUnknown(value)) return [value];
  const found = isFields(value) ? value[key.replace("[]", "")] : undefined;
  if (!key.endsWith("[]") || isUnknown(found)) return [found];
  return Array.isArray(found) && found.length > 0 ? found : [undefined];
}

/** Providers take `true` and "true", 1 and "1" alike. */
export const same = (value: Found, wanted: Plain): boolean =>
  JSON.stringify(value) === JSON.stringify(wanted) || (typeof value !== "object" && String(value) === String(wanted));

/** For a message: short, and never a secret. */
export function show(value: Found): string {
  if (value === undefined || value === null) return "not set";
  if (isUnknown(value)) return "not known yet";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
