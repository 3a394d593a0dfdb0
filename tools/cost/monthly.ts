import { groupsOf, machineUsage, sizesOf } from "./machines.ts";
import { meteredUsage } from "./meters.ts";
import { findPrice, ownBook, type Price, type PriceBook, PriceBookError } from "./price-book.ts";
import { type Amounts, type CostedStack, textAt, times, type Usage } from "./usage.ts";

export interface CostOptions {
  /** Where the expected size lies between a group's least (0) and most (1). @default 0.5 */
  readonly utilisation?: number;
  /** GB to the internet in a month at the expected size; it grows and shrinks with the edge group. @default unknown */
  readonly trafficGb?: number;
  /** Price books that go before the project's own. @default [] */
  readonly books?: readonly PriceBook[];
}

export interface CostRow extends Usage {
  readonly price: Price | undefined;
  /** A month's cost; undefined where price or amount is unknown. */
  readonly cost: Amounts | undefined;
}

/** A stack's price for a month, in US dollars, without tax and discounts. The sums are of what is known. */
export interface MonthlyCost extends Amounts {
  readonly stack: string;
  readonly region: string;
  readonly currency: "USD";
  readonly rows: readonly CostRow[];
  /** Rows without a cost; they come on top of the sums. */
  readonly unknown: number;
  /** Dates of the oldest and the newest price in the sums; undefined without any. */
  readonly dates: { readonly oldest: string; readonly newest: string } | undefined;
}

/** Prices a plan's resources per month at the least, the expected and the most size of its groups. */
export function monthlyCost(stack: CostedStack, options: CostOptions = {}): MonthlyCost {
  const { utilisation = 0.5, books = [] } = options;
  const region = regionOf(stack);
  const all = [...books.filter(({ cloud }) => cloud === stack.cloud), ownBook(toCloud(stack.cloud))];
  const usage = [
    ...machineUsage(stack, utilisation),
    ...stack.resources.flatMap(meteredUsage),
    traffic(stack, utilisation, options.trafficGb),
  ];
  const rows = usage.map((use) => toRow(use, findPrice(all, use.item, region)));
  const sum = (size: keyof Amounts) => rows.reduce((total, { cost }) => total + (cost?.[size] ?? 0), 0);
  const dates = rows
    .flatMap(({ price, cost }) => (price === undefined || cost === undefined ? [] : [price.date]))
    .sort();
  const [oldest] = dates;
  return {
    ...{ stack: stack.stack, region, currency: "USD" },
    ...{ minimum: sum("minimum"), expected: sum("expected"), maximum: sum("maximum") },
    rows,
    unknown: rows.filter(({ cost }) => cost === undefined).length,
    dates: oldest === undefined ? undefined : { oldest, newest: dates.at(-1) ?? oldest },
  };
}

function toRow(use: Usage, price: Price | undefined): CostRow {
  if (price !== undefined && price.per !== use.per) {
    throw new PriceBookError(`the price of ${use.item} is per ${price.per}, where usage counts ${use.per}`);
  }
  const cost = price === undefined || use.amounts === undefined ? undefined : times(use.amounts, price.usd);
  return { ...use, price, cost };
}

const toCloud = (cloud: string): PriceBook["cloud"] => {
  if (cloud === "aws" || cloud === "alibaba") return cloud;
  throw new Error(`no price book for ${cloud}`);
};

/** The region stands in no input; zones are the region and a letter, on both clouds. */
function regionOf({ resources }: CostedStack): string {
  for (const { inputs } of resources) {
    const zone = textAt(inputs, "availabilityZone") ?? textAt(inputs, "zoneId");
    if (zone !== undefined && /^[a-z]+-[a-z-]+(\d)?-?[a-z]$/.test(zone)) return zone.replace(/-?[a-z]$/, "");
  }
  return "?";
}

/** What leaves the cluster, most of it from the edges. */
function traffic(stack: CostedStack, utilisation: number, gb: number | undefined): Usage {
  const row = { what: "traffic to the internet", item: "traffic", per: "GB" } as const;
  const edges = groupsOf(stack).find(({ name }) => name.endsWith("-edge"));
  if (gb === undefined || edges === undefined) return { ...row, amounts: undefined };
  const sizes = sizesOf(edges, utilisation);
  return { ...row, amounts: sizes.expected === 0 ? undefined : times(sizes, gb / sizes.expected) };
}
