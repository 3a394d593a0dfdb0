import type { Price, PriceBook } from "../price-book.ts";

/** The book with new prices in the place of the region's former ones, sorted so that a change reads. */
export function merge(book: PriceBook, found: readonly Price[]): PriceBook {
  const kept = book.prices.flatMap((price): readonly Price[] => {
    const replaced = found.filter(({ item }) => item === price.item).flatMap(({ regions }) => regions);
    const regions = price.regions.filter((region) => !replaced.includes(region));
    return regions.length === 0 ? [] : [{ ...price, regions }];
  });
  const own = found.map((price): Price => ({ ...price, ...freeOf(book, price) }));
  return { ...book, prices: [...kept, ...own.map(ordered)].sort(byItem) };
}

/** What an account has for nothing stands on the vendor's pages, not in its files. */
function freeOf({ prices }: PriceBook, { item, regions, free }: Price): Pick<Price, "free"> {
  const former = free ?? formerOf(prices, item, regions[0] ?? "")?.free;
  return former === undefined ? {} : { free: former };
}

const formerOf = (prices: readonly Price[], item: string, region: string): Price | undefined =>
  prices.find((price) => price.item === item && price.regions.includes(region));

const order = ["item", "regions", "usd", "per", "free", "steps", "estimate", "source", "url", "date", "note"];

const ordered = (price: Price): Price => {
  const sorted = Object.entries(price).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return { ...price, ...Object.fromEntries(sorted) };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byItem = (a: Price, b: Price): number => compare(a.item, b.item) || compare(a.regions.join(), b.regions.join());

/** What an update changes: a line for each price that isn't as it was. */
export function changesOf(book: PriceBook, found: readonly Price[]): readonly string[] {
  return found.flatMap(({ item, regions, usd, per }) => {
    const [region = ""] = regions;
    const former = formerOf(book.prices, item, region);
    if (former?.usd === usd) return [];
    const percent = former === undefined || former.usd === 0 ? "" : ` (${signed((usd / former.usd - 1) * 100)} %)`;
    return [`${item} in ${region}: ${former?.usd ?? "none"} -> ${usd} per ${per}${percent}`];
  });
}

const signed = (percent: number): string => `${percent > 0 ? "+" : ""}${Math.round(percent * 10) / 10}`;

/** Characters of a line, as the project's formatter counts them. */
const width = 120;

/** The book's text as the formatter has it: lists on one line where they fit. */
export function toText(book: PriceBook): string {
  const text = JSON.stringify(book, null, 2);
  const joined = text.replace(
    /^( *)(".*": )?\[\n((?: +"[^"\n]*",?\n)+) *\](,?)$/gm,
    (whole, indent, key = "", items, comma) => {
      const line = `${indent}${key}[${items
        .trim()
        .split(/,\n\s*/)
        .join(", ")}]${comma}`;
      return line.length <= width ? line : whole;
    },
  );
  return `${joined}\n`;
}
