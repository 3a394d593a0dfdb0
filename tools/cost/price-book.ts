import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { projectFile } from "../../model/project.ts";
import { CommandError, reasonOf } from "../cli/faults.ts";

const text = z.string().min(1);

/** Above these a price is a slip: a wrong unit, currency or place of the decimal point. */
const absurd = { hour: 500, month: 10_000, "GiB-month": 5, GB: 5 } as const;

export type Per = keyof typeof absurd;

const dollars = z
  .number({ error: "a price must be a number, in US dollars" })
  .nonnegative("a price cannot be negative");

const priceSchema = z
  .strictObject({
    /** What is priced, e.g. `machine/c5.xlarge`, `disk/gp3`, `nat-gateway`. */
    item: text,
    /** Regions by id; `*` for all of them. */
    regions: z.array(text).min(1),
    usd: dollars,
    per: z.enum(["hour", "month", "GiB-month", "GB"]),
    /** What an account has for nothing each month. */
    free: z.number().positive().optional(),
    /** Prices of what goes beyond `from` in a month; up to the first step `usd` holds. */
    steps: z.array(z.strictObject({ from: z.number().positive(), usd: dollars })).optional(),
    /** Whether nobody published it. A sum with it in is `about`. */
    estimate: z.literal(true).optional(),
    source: text,
    url: z.url(),
    /** The source's own date, a year, month or day. */
    date: z.string().regex(/^20\d\d(-\d\d(-\d\d)?)?$/, "a date must have the form 2026, 2026-11 or 2026-11-21"),
    note: text.optional(),
  })
  .refine(({ usd, per, steps = [] }) => [usd, ...steps.map((step) => step.usd)].every((each) => each <= absurd[per]), {
    error: ({ input }) => `the price is implausible; allowed: at most ${absurdText(input)}`,
  })
  .refine(({ item, usd }) => !item.startsWith("machine/") || usd > 0, "a machine's price must be greater than 0")
  .refine(
    ({ steps = [] }) => steps.every(({ from }, place) => place === 0 || from > (steps[place - 1]?.from ?? 0)),
    "steps must be in ascending order",
  );

const bookSchema = z.strictObject({
  cloud: z.enum(["aws", "alibaba"]),
  prices: z.array(priceSchema).superRefine((prices, context) => {
    const seen = new Set<string>();
    for (const [place, { item, regions }] of prices.entries()) {
      for (const key of regions.map((region) => `${item} in ${region}`)) {
        if (seen.has(key)) context.addIssue({ code: "custom", path: [place], message: `${key} has two prices` });
        seen.add(key);
      }
    }
  }),
  /** Why an item has no price, or not in each region. */
  unpriced: z.array(z.strictObject({ item: text, why: text })).optional(),
});

export type Price = z.output<typeof priceSchema>;
export type PriceBook = z.output<typeof bookSchema>;

const absurdText = (input: unknown): string => {
  const per = typeof input === "object" && input !== null ? Reflect.get(input, "per") : undefined;
  const known = (Object.keys(absurd) as readonly Per[]).find((each) => each === per);
  return known === undefined ? "the maximum for its unit" : `${absurd[known]} US dollars per ${known}`;
};

/** Reads a price book. Every number in one has a source and a date. Without a file it is `absent`, if that is given. */
export function readBook(file: string, absent?: PriceBook): PriceBook {
  if (absent !== undefined && !existsSync(file)) return absent;
  return parseBook(toJson(file), file);
}

/** Checks a price book; `from` says where it is from. */
export function parseBook(raw: unknown, from: string): PriceBook {
  const result = bookSchema.safeParse(raw);
  if (result.success) return result.data;
  throw new CommandError(`${from}: ${z.prettifyError(result.error)}`);
}

function toJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandError(`${file}: ${reasonOf(error)}`);
  }
}

/** The project's own, read once: published prices first, then estimates. */
const own = new Map<PriceBook["cloud"], readonly PriceBook[]>();

export function ownBooks(cloud: PriceBook["cloud"]): readonly PriceBook[] {
  const read = (): readonly PriceBook[] =>
    [cloud, `${cloud}-estimated`]
      .map((name) => projectFile(`tools/cost/books/${name}.json`))
      .filter((file) => existsSync(file))
      .map((file) => readBook(file));
  const books = own.get(cloud) ?? read();
  own.set(cloud, books);
  return books;
}

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

/** What a month's amount costs: what is free first, then each step at its own price. */
export function costOf({ usd, free = 0, steps = [] }: Price, amount: number): number {
  const billed = Math.max(0, amount - free);
  const all = [{ from: 0, usd }, ...steps];
  return all.reduce((sum, { from, usd: price }, place) => {
    const to = all[place + 1]?.from ?? Number.POSITIVE_INFINITY;
    return sum + Math.max(0, Math.min(billed, to) - from) * price;
  }, 0);
}

/** Why an item has no price in a region. */
export const whyUnpriced = (books: readonly PriceBook[], item: string, region: string): string =>
  books.flatMap(({ unpriced = [] }) => unpriced).find((each) => each.item === item)?.why ??
  `no price book contains ${item} for ${region}`;
