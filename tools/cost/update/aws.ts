import * as z from "zod";
import { CommandError } from "../../cli/faults.ts";
import type { Price } from "../price-book.ts";
import { type Query, queryOf, withoutPrefix } from "./aws-queries.ts";
import { fieldsOf, linesOf, textOf } from "./csv.ts";
import { type Answer, checked, type Found } from "./found.ts";

const host = "https://pricing.us-east-1.amazonaws.com";

/**
 * The service Region index file, by AWS's documentation:
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/service-region-infex-file-for-service.html
 */
const indexForm = z.object({
  regions: z.record(z.string(), z.object({ regionCode: z.string(), currentVersionUrl: z.string() })),
});

/** How an address of the internet is asked for. */
export type Get = (url: string) => Promise<Response>;

/** Asks AWS's price list files for the region's prices of the items. No account is needed. */
export async function askAws(items: readonly string[], region: string, get: Get): Promise<Found> {
  const wanted = items.map((item) => ({ item, query: queryOf(item) }));
  const known = wanted.flatMap(({ item, query }) => (query === undefined ? [] : [{ item, query }]));
  const answers: Answer[] = [];
  for (const service of new Set(known.map(({ query }) => query.service))) {
    answers.push(...(await askService(service, region, known, get)));
  }
  const unasked = wanted.filter(({ query }) => query === undefined).map(({ item }) => item);
  return { ...checked(answers), unasked };
}

async function askService(
  service: string,
  region: string,
  known: readonly { readonly item: string; readonly query: Query }[],
  get: Get,
): Promise<readonly Answer[]> {
  const { regions } = await askIndex(service, get);
  const path = regions[region]?.currentVersionUrl;
  if (path === undefined) throw new CommandError(`${service}: no prices for ${region}`);
  if (!new RegExp(`^/offers/v1\\.0/aws/${service}/\\d+/${region}/index\\.json$`).test(path)) {
    throw new CommandError(`${service}: ${JSON.stringify(path)} is not the address of a price list file`);
  }
  const url = `${host}${path.replace(/\.json$/, ".csv")}`;
  const body = await ask(url, get);
  const own = known.filter(({ query }) => query.service === service);
  return readList(linesOf(body), { service, region, url }, own);
}

/** Larger than any region index by far. */
const largestIndex = 2 ** 20;

async function askIndex(service: string, get: Get): Promise<z.output<typeof indexForm>> {
  const url = `${host}/offers/v1.0/aws/${service}/current/region_index.json`;
  const text = await textOf(await ask(url, get), largestIndex);
  const { data, error } = indexForm.safeParse(toJson(text, url));
  if (data === undefined)
    throw new CommandError(`${url}: the format differs from the documentation: ${z.prettifyError(error)}`);
  return data;
}

function toJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${url}: not JSON`);
  }
}

async function ask(url: string, get: Get): Promise<AsyncIterable<Uint8Array>> {
  const response = await get(url).catch((error: unknown) => {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    throw new CommandError(`${url}: ${message}${cause instanceof Error ? ` (${cause.message})` : ""}`);
  });
  if (!response.ok || response.body === null) throw new CommandError(`${url}: HTTP ${response.status}`);
  return response.body;
}

interface Place {
  readonly service: string;
  readonly region: string;
  readonly url: string;
}

type Row = Readonly<Record<string, string>>;

/**
 * A service price list file: five rows of metadata, one of column names, then the prices.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
 */
async function readList(
  lines: AsyncIterable<string>,
  place: Place,
  known: readonly { readonly item: string; readonly query: Query }[],
): Promise<readonly Answer[]> {
  const meta = new Map<string, string>();
  let columns: readonly string[] | undefined;
  const rows = new Map(known.map(({ item }) => [item, [] as Row[]]));
  for await (const line of lines) {
    if (line === "") continue;
    const fields = fieldsOf(line);
    if (columns === undefined && meta.size < 5) meta.set(fields[0] ?? "", fields[1] ?? "");
    else if (columns === undefined) columns = checkColumns(fields, meta, place);
    else {
      const row = Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? ""]));
      for (const { item, query } of known) if (isOf(row, query, place.region)) rows.get(item)?.push(row);
    }
  }
  if (columns === undefined) throw new CommandError(`${place.url}: contains no prices`);
  const date = meta.get("Publication Date")?.slice(0, 10) ?? "";
  return known.map(({ item, query }) => toAnswer(item, query, rows.get(item) ?? [], { ...place, date }));
}

const needed = [
  "SKU",
  "TermType",
  "StartingRange",
  "Unit",
  "PricePerUnit",
  "Currency",
  "usageType",
  "Region Code",
] as const;

function checkColumns(fields: readonly string[], meta: ReadonlyMap<string, string>, { service, url }: Place) {
  const version = meta.get("FormatVersion");
  if (version !== "v1.0") throw new CommandError(`${url}: FormatVersion ${version ?? "none"}; supported: v1.0`);
  if (meta.get("OfferCode") !== service)
    throw new CommandError(`${url}: contains prices for ${meta.get("OfferCode")}, not for ${service}`);
  const missing = needed.filter((column) => !fields.includes(column));
  if (missing.length > 0) throw new CommandError(`${url}: missing columns ${missing.join(", ")}`);
  return fields;
}

function isOf(row: Row, { usage, fields }: Query, region: string): boolean {
  const from = row["From Region Code"] ?? "";
  return (
    row["TermType"] === "OnDemand" &&
    withoutPrefix(row["usageType"] ?? "") === usage &&
    (row["Region Code"] === region || from === region) &&
    Object.entries(fields).every(([column, value]) => row[column] === value)
  );
}

function toAnswer(item: string, query: Query, rows: readonly Row[], place: Place & { readonly date: string }): Answer {
  const fault = (text: string): Answer => ({
    item,
    raw: rows,
    fault: `${item}: ${text} in ${place.service} for ${place.region}`,
  });
  const skus = [...new Set(rows.map((row) => row["SKU"]))];
  if (skus.length !== 1)
    return fault(skus.length === 0 ? "no product found" : `${skus.length} products, ${skus.join(" and ")}`);
  const strange = rows.find(({ Unit = "", Currency }) => !query.unit.test(Unit) || Currency !== "USD");
  if (strange !== undefined)
    return fault(`${strange["Unit"]} in ${strange["Currency"]} instead of ${query.per} in USD`);
  const { times = 1 } = query;
  const steps = rows
    .map(({ StartingRange = "", PricePerUnit = "" }) => ({
      from: number(StartingRange) / times,
      usd: rounded(number(PricePerUnit) * times),
    }))
    .sort((a, b) => a.from - b.from);
  if (steps.some(({ from, usd }) => !Number.isFinite(from) || !Number.isFinite(usd)))
    return fault("a price that is not a number");
  const paid = steps.filter(({ usd }) => usd > 0);
  const [first, ...rest] = paid;
  if (first === undefined) return fault("no price above 0");
  const price: Price = {
    ...{ item, regions: [place.region], usd: first.usd, per: query.per },
    ...(rest.length === 0 ? {} : { steps: rest }),
    ...{ source: `AWS Price List, ${place.service}`, url: place.url, date: place.date },
  };
  return { item, raw: rows, price };
}

/** Empty, blank and `Inf` are no numbers. */
const number = (text: string): number => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

const rounded = (usd: number): number => Math.round(usd * 1e10) / 1e10;
