import { commandLine } from "../cli/invocation.ts";
import { staleText } from "./age.ts";
import { peopleText } from "./audience.ts";
import { isEstimated, lacksBig, type MonthlyCost } from "./monthly.ts";
import { type Amounts, type CostRow, monthHours } from "./usage.ts";

/** Dollars as people write them: 1,234.50. */
export const dollars = (amount: number): string =>
  amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export interface CostLine {
  readonly what: string;
  readonly basis: string;
  readonly sizes: readonly [string, string, string];
}

/** A row in words: its price with unit and date, and its cost at the three sizes. */
export function costLine(row: CostRow): CostLine {
  const { what, cost, lacks } = row;
  return { what, basis: basisText(row), sizes: cost === undefined ? lackText(lacks?.what) : inDollars(cost) };
}

function basisText(row: CostRow): string {
  const { price, lacks, basis, item } = row;
  if (lacks?.what === "price") return `no price for ${item}`;
  const of = price === undefined ? "" : `${price.usd} per ${price.per} (${price.date})`;
  const rest = [isEstimated(row) ? "estimate" : "", lacks?.what === "use" ? "usage-based" : "", basis ?? ""];
  return [of, ...rest].filter((text) => text !== "").join(", ");
}

const lackText = (what = "price"): CostLine["sizes"] =>
  what === "use" ? ["usage-based", "usage-based", "usage-based"] : ["unknown", "unknown", "unknown"];

const inDollars = ({ minimum, expected, maximum }: Amounts): CostLine["sizes"] => [
  dollars(minimum),
  dollars(expected),
  dollars(maximum),
];

/** The sum, never without a big part: then it is counts of what has no price. Licences are never in it. */
export function totalLine(cost: MonthlyCost): CostLine {
  const basis = datesText(cost);
  if (cost.sum === undefined)
    return { what: `No total is shown, because no price is known for ${unpricedText(cost)}`, basis, sizes: lackText() };
  const unused = cost.rows.filter(lacksBig("use"));
  const excluded = ["licences", ...new Set(unused.map(({ item }) => partOf(item)))];
  const about = cost.estimatedPercent === 0 ? "" : "Approximate ";
  const share = about === "" ? "" : ` (${estimateText(cost)})`;
  const kind = unused.length === 0 ? "total" : "sum";
  const what = `${about}${kind} excluding ${joined(excluded)}${share}`;
  return { what: `${what.charAt(0).toUpperCase()}${what.slice(1)}`, basis, sizes: inDollars(cost.sum) };
}

/** Traffic, units of balancers, or a NAT gateway's traffic. */
const partOf = (item: string): string =>
  item === "nat-data" ? "NAT traffic" : item.endsWith("-unit") ? "load balancer units" : item;

const estimateText = ({ estimatedPercent }: MonthlyCost): string =>
  `${estimatedPercent < 1 ? "under 1" : Math.round(estimatedPercent)} % estimated`;

const joined = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** `7 x c5.9xlarge and 1 x nat-gateway`: the big ones without a price. */
export function unpricedText({ rows }: MonthlyCost): string {
  const big = rows.filter(lacksBig("price"));
  return joined(big.map((row) => [countText(row.amounts), thingOf(row)].filter((text) => text !== "").join(" x ")));
}

export const thingOf = ({ item }: CostRow): string => item.replace(/^machine\//, "");

const count = (amount: number): number => Math.round((amount / monthHours) * 100) / 100;

export function countText(amounts: Amounts | undefined): string {
  if (amounts === undefined) return "";
  const [least, most] = [count(amounts.minimum), count(amounts.maximum)];
  return least === most ? `${least}` : `${least} to ${most}`;
}

function datesText({ rows }: MonthlyCost): string {
  const dates = rows.flatMap(({ price, cost }) => (price === undefined || cost === undefined ? [] : [price.date]));
  const [oldest] = dates.sort();
  return oldest === undefined ? "no known prices" : `prices from ${oldest} to ${dates.at(-1) ?? oldest}`;
}

const otherSite = "The prices are from the international site. Accounts of type Domestic pay different prices, in CNY.";

/** What stands below each sum: what lacks a price or a use, and why; old prices; what would tell. */
export function remarks(cost: MonthlyCost, today: Date): readonly string[] {
  const { rows, licences, stack, region } = cost;
  const lacking = (what: "price" | "use"): readonly string[] => {
    const byWhy = new Map<string, Set<string>>();
    for (const { lacks, item } of rows.filter((row) => row.lacks?.what === what)) {
      const why = lacks?.why ?? "";
      byWhy.set(why, (byWhy.get(why) ?? new Set()).add(item));
    }
    return [...byWhy].map(([why, items]) => `${[...items].join(", ")}: ${why}`);
  };
  const isLicensed = licences.every((row) => row.cost !== undefined);
  const licence = isLicensed
    ? `Licence: the price is from the stack file; compare it with ${cost.licencePage}`
    : `Licence: the price is not public. Look it up at ${cost.licencePage}, then run: pulumi config set --stack ${stack} --path ams:media.licenceUsdPerHour USD`;
  const people = cost.audience === undefined ? "--config audience.viewers=5000 --config audience.publishers=40 " : "";
  const isUnsaid = rows.some(lacksBig("use"));
  return [
    ...(cost.audience === undefined ? [] : [`Audience: ${peopleText(cost.audience)}.`]),
    ...(cost.cloud === "alibaba" ? [otherSite] : []),
    ...lacking("price").map((text) => `No price: ${text}.`),
    ...lacking("use").map((text) => `Usage-based: ${text}.`),
    ...(isUnsaid
      ? [`To estimate the usage: ${commandLine("cost", `${stack} ${people}--config audience.hoursPerDay=4`)}`]
      : []),
    ...(rows.some((row) => row.lacks?.what === "price")
      ? [
          `To get prices for ${region}: ${commandLine("cost", `${stack} --update`)}, or specify your own with --prices FILE.`,
        ]
      : []),
    ...(licences.length === 0 ? [] : [licence]),
    ...staleText(rows, stack, today),
  ];
}
