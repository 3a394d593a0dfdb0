import type { Audience } from "../../config/types.ts";
import type { Role } from "../../model/cluster.ts";
import type { Value } from "../../recording/value.ts";
import type { Per, Price } from "./price-book.ts";

/** A stack as far as its price goes: resources without components. */
export interface CostedStack {
  readonly stack: string;
  readonly cloud: string;
  readonly resources: readonly CostedResource[];
  /** How AMS is licensed. @default "marketplace" (the model's) */
  readonly licence?: "marketplace" | "key";
  /** What a licence costs each group's machine, where the stack says so. @default {} */
  readonly licenceUsdPerHour?: Readonly<Partial<Record<Role, number>>>;
  /** @default that of the first zone that a resource names */
  readonly region?: string;
  /** Whom the stack has to carry. @default nobody has said */
  readonly audience?: Audience;
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
  /** How it was counted, where no resource says how much. */
  readonly basis?: string;
  /** Whether the amounts are a guess: a sum with them in is `about`. @default false */
  readonly isEstimate?: boolean;
}

export interface CostRow extends Usage {
  readonly price: Price | undefined;
  /** A month's cost; undefined where price or amount is unknown. */
  readonly cost: Amounts | undefined;
  /** Why it has none: nobody knows a price, or nobody said how much is used. */
  readonly lacks?: { readonly what: "price" | "use"; readonly why: string };
}

/** Hours of a month, as the clouds' calculators count them. */
export const monthHours = 730;

export const always = (count: number): Amounts => ({ minimum: count, expected: count, maximum: count });

export const times = (amounts: Amounts, factor: number): Amounts => ({
  minimum: amounts.minimum * factor,
  expected: amounts.expected * factor,
  maximum: amounts.maximum * factor,
});
