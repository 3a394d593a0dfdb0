import type { Audience } from "../../config/types.ts";
import { alibabaType } from "../../recording/alibaba/types.ts";
import { textAt, toResources } from "../../recording/read/plain.ts";
import { CommandError } from "../cli/faults.ts";
import { audienceUsage } from "./audience.ts";
import { licencePage, licenceUsage } from "./licence.ts";
import { groupsOf, machineUsage, sizesOf } from "./machines.ts";
import { meteredUsage } from "./meters.ts";
import { costOf, findPrice, ownBooks, type PriceBook, whyUnpriced } from "./price-book.ts";
import {
  type Amounts,
  always,
  type CostedResource,
  type CostedStack,
  type CostRow,
  times,
  type Usage,
} from "./usage.ts";

export interface CostOptions {
  /**
   * Where the expected size lies between a group's least (0) and most (1).
   * @default the audience's share of the day, and 0.5 without one
   */
  readonly utilisation?: number;
  /** GB to the internet in a month at the expected size; it grows and shrinks with the edge group. @default the audience's */
  readonly trafficGb?: number;
  /** Price books that go before the project's own. @default [] */
  readonly books?: readonly PriceBook[];
  /** Price books in the place of the project's own. @default the project's own */
  readonly own?: readonly PriceBook[];
}

/** A stack's price for a month, in US dollars, by list, on demand, without tax and discounts. */
export interface MonthlyCost {
  readonly stack: string;
  readonly cloud: PriceBook["cloud"];
  readonly region: string;
  readonly currency: "USD";
  /** All but licences. */
  readonly rows: readonly CostRow[];
  /** What the licences cost, by the stack's own word; no public list has a price. */
  readonly licences: readonly CostRow[];
  /** Whom the traffic is for, where the stack says so. */
  readonly audience?: Audience;
  /** Where the licences' price stands. */
  readonly licencePage: string;
  /** Of all rows that have a cost; undefined while a big part has no price. Complete when no row lacks anything. */
  readonly sum: Amounts | undefined;
  /** Percent of the expected sum that are estimates. */
  readonly estimatedPercent: number;
}

/** Parts that are large enough to make a sum without them wrong; of what nobody has looked at, nobody knows. */
const big =
  /^(machine|managed-database|type)\/|^(application|network)-balancer(-unit)?$|^nat-(gateway|data)$|^(traffic|shared-bandwidth)$/;

/** Whether a big part has no price, or no stated use: a sum without it would be wrong. */
export const lacksBig =
  (what: "price" | "use") =>
  ({ item, lacks }: CostRow): boolean =>
    lacks?.what === what && big.test(item);

/** Prices a plan's resources per month at the least, the expected and the most size of its groups. */
export function monthlyCost(stack: CostedStack, options: CostOptions = {}): MonthlyCost {
  const { books = [], own = ownBooks(toCloud(stack.cloud)) } = options;
  const utilisation = options.utilisation ?? shareOfDay(stack) ?? 0.5;
  const region = stack.region ?? regionOf(stack);
  const all = [...books.filter(({ cloud }) => cloud === stack.cloud), ...own];
  const metered = [...machineUsage(stack, utilisation), ...stack.resources.flatMap(meteredUsage)];
  const usage = audienceUsage(stack, [...metered, traffic(stack, utilisation, options.trafficGb)]);
  const rows = usage.map((use) => toRow(use, all, region));
  return {
    ...{ stack: stack.stack, cloud: toCloud(stack.cloud), region, currency: "USD", rows },
    licences: licenceUsage(stack, utilisation),
    licencePage: licencePage(stack),
    ...(stack.audience === undefined ? {} : { audience: stack.audience }),
    ...sumOf(rows),
  };
}

function sumOf(rows: readonly CostRow[]): Pick<MonthlyCost, "sum" | "estimatedPercent"> {
  if (rows.some(lacksBig("price"))) return { sum: undefined, estimatedPercent: 0 };
  const add = (of: readonly CostRow[], size: keyof Amounts) =>
    of.reduce((total, { cost }) => total + (cost?.[size] ?? 0), 0);
  const sum = { minimum: add(rows, "minimum"), expected: add(rows, "expected"), maximum: add(rows, "maximum") };
  const estimated = add(rows.filter(isEstimated), "expected");
  return { sum, estimatedPercent: sum.expected === 0 ? 0 : (estimated / sum.expected) * 100 };
}

export const isEstimated = ({ price, isEstimate }: CostRow): boolean => price?.estimate === true || isEstimate === true;

function toRow(use: Usage, books: readonly PriceBook[], region: string): CostRow {
  const price = findPrice(books, use.item, region);
  if (price !== undefined && price.per !== use.per) {
    throw new CommandError(`the price of ${use.item} is per ${price.per}, but its usage is measured per ${use.per}`);
  }
  const { amounts } = use;
  if (price === undefined && amounts?.maximum !== 0) {
    return { ...use, price, cost: undefined, lacks: { what: "price", why: whyUnpriced(books, use.item, region) } };
  }
  if (amounts === undefined) return { ...use, price, cost: undefined, lacks: { what: "use", why: whyUnused(use) } };
  const cost = (size: keyof Amounts) => (price === undefined ? 0 : costOf(price, amounts[size]));
  return { ...use, price, cost: { minimum: cost("minimum"), expected: cost("expected"), maximum: cost("maximum") } };
}

/** Who has to say how much is used. */
const whyUnused = ({ item }: Usage): string =>
  /^(traffic|nat-data)$|-balancer-unit$/.test(item)
    ? "set ams:audience to estimate the usage"
    : "the amount of data is unknown";

const toCloud = (cloud: string): PriceBook["cloud"] => {
  if (cloud === "aws" || cloud === "alibaba") return cloud;
  throw new Error(`no price book for ${cloud}`);
};

const shareOfDay = ({ audience }: CostedStack): number | undefined =>
  audience?.hoursPerDay === undefined ? undefined : audience.hoursPerDay / 24;

/** The region stands in no input; zones are the region and a letter, on both clouds. */
function regionOf({ resources }: CostedStack): string {
  for (const { props } of toResources(resources)) {
    const zone = textAt(props, "availabilityZone") ?? textAt(props, "zoneId");
    if (zone !== undefined && /^[a-z]+-[a-z-]+(\d)?-?[a-z]$/.test(zone)) return zone.replace(/-?[a-z]$/, "");
  }
  return "?";
}

/** Addresses that share such a bandwidth have no charge for traffic (Internet Shared Bandwidth, "Associate EIPs"). */
const isBilledByBandwidth = ({ type, inputs }: CostedResource): boolean =>
  type === alibabaType.sharedBandwidth && inputs["internetChargeType"] !== "PayByTraffic";

/** What leaves the cluster, most of it from the edges. */
function traffic(stack: CostedStack, utilisation: number, gb: number | undefined): Usage {
  const row = { what: "traffic to the internet", item: "traffic", per: "GB" } as const;
  if (stack.resources.some(isBilledByBandwidth)) return { ...row, amounts: always(0), basis: "shared bandwidth" };
  const edges = groupsOf(stack).find(({ on }) => on.name.endsWith("-edge"));
  if (gb === undefined || edges === undefined) return { ...row, amounts: undefined };
  const sizes = sizesOf(edges, utilisation);
  return { ...row, amounts: sizes.expected === 0 ? undefined : times(sizes, gb / sizes.expected) };
}
