import { readFileSync } from "node:fs";
import * as z from "zod";
import { projectFile } from "../../model/project.ts";

const text = z.string().min(1);

const priceSchema = z.strictObject({
  /** What is priced, e.g. `machine/c5.xlarge`, `disk/gp3`, `nat-gateway`. */
  item: text,
  /** Regions by id; `*` for all of them. */
  regions: z.array(text).min(1),
  usd: z.number().nonnegative(),
  per: z.enum(["hour", "month", "GiB-month", "GB"]),
  source: text,
  url: z.url(),
  /** The source's own date, a year, month or day. */
  date: z.string().regex(/^20\d\d(-\d\d(-\d\d)?)?$/, "a date such as 2026, 2026-11 or 2026-11-21"),
  note: text.optional(),
});

const bookSchema = z.strictObject({ cloud: z.enum(["aws", "alibaba"]), prices: z.array(priceSchema) });

export type Price = z.output<typeof priceSchema>;
export type PriceBook = z.output<typeof bookSchema>;
export type Per = Price["per"];

/** A price book that can't be read; its message is for the person who wrote it. */
export class PriceBookError extends Error {}

/** Reads a price book. Every number in one has a source and a date. */
export function readBook(file: string | URL): PriceBook {
  const result = bookSchema.safeParse(toJson(file));
  if (result.success) return result.data;
  throw new PriceBookError(`${nameOf(file)}: ${z.prettifyError(result.error)}`);
}

function toJson(file: string | URL): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new PriceBookError(`${nameOf(file)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const nameOf = (file: string | URL): string => (typeof file === "string" ? file : file.pathname);

export const ownBook = (cloud: PriceBook["cloud"]): PriceBook => readBook(projectFile(`tools/cost/${cloud}.json`));

/** The prices that hold, one's own first; of those the first for the region, before one for all regions. */
export function findPrice(books: readonly PriceBook[], item: string, region: string): Price | undefined {
  for (const { prices } of books) {
    const priced = prices.filter((price) => price.item === item);
    const found =
      priced.find(({ regions }) => regions.includes(region)) ?? priced.find(({ regions }) => regions.includes("*"));
    if (found !== undefined) return found;
  }
  return undefined;
}
