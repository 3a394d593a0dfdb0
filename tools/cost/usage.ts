import type { Value } from "../record/value.ts";
import type { Per } from "./price-book.ts";

/** A stack as far as its price goes: resources without components. */
export interface CostedStack {
  readonly stack: string;
  readonly cloud: string;
  readonly resources: readonly CostedResource[];
  /** How AMS is licensed. @default "marketplace" (the model's) */
  readonly licence?: "marketplace" | "key";
}

export interface CostedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, Value>>;
}

/** A quantity at the least size that the groups may have, at the expected one and at the most. */
export interface Amounts {
  readonly minimum: number;
  readonly expected: number;
  readonly maximum: number;
}

/** Something that a bill has a line for. */
export interface Usage {
  readonly what: string;
  /** Key in the price book. */
  readonly item: string;
  readonly per: Per;
  /** Undefined where it depends on use that nobody has said. */
  readonly amounts: Amounts | undefined;
}

/** Hours of a month, as the clouds' calculators count them. */
export const monthHours = 730;

export const always = (count: number): Amounts => ({ minimum: count, expected: count, maximum: count });

export const times = (amounts: Amounts, factor: number): Amounts => ({
  minimum: amounts.minimum * factor,
  expected: amounts.expected * factor,
  maximum: amounts.maximum * factor,
});

/** What stands at a path of keys and places; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === "object" && here !== null ? Reflect.get(here, key) : undefined),
    value,
  );
}

export const textAt = (value: unknown, ...path: readonly (string | number)[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
};

export const numberAt = (value: unknown, ...path: readonly (string | number)[]): number | undefined => {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
};
