import { toCosted } from "../../tools/cost/costed.ts";
import { monthlyCost } from "../../tools/cost/monthly.ts";
import type { Price, PriceBook } from "../../tools/cost/price-book.ts";
import type { CostedStack } from "../../tools/cost/usage.ts";
import { planStack } from "../../tools/diagram/planned.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { root } from "./contract.ts";

/** A shipped stack with changes, as far as its price goes. */
export const costed = async (stack: string, ...changes: readonly string[]): Promise<CostedStack> =>
  toCosted(await planStack(root, stack, changes.map(parseChange)));

export const price = (item: string, usd: number, more: Partial<Price> = {}): Price => ({
  ...{ item, usd, per: "hour", regions: ["*"], source: "a test", url: "https://example.com/", date: "2026-11-02" },
  ...more,
});

/** One price for everything that a plan asks for, whatever the project's own books have. */
export function flatBook(stack: CostedStack, usd = 1): PriceBook {
  const cloud = stack.cloud === "aws" ? "aws" : "alibaba";
  const { rows } = monthlyCost(stack, { own: [] });
  const items = new Map(rows.map(({ item, per }) => [item, per]));
  return { cloud, prices: [...items].map(([item, per]) => price(item, usd, { per })) };
}

/** The book without what the pattern names. */
export const without = ({ prices, ...book }: PriceBook, pattern: RegExp): PriceBook => ({
  ...book,
  prices: prices.filter(({ item }) => !pattern.test(item)),
});
