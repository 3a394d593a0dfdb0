import { spawnSync } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CommandError } from "../cli/faults.ts";
import { type PriceBook, parseBook, readBook } from "./price-book.ts";
import { askAlibaba, type Run } from "./update/alibaba.ts";
import { askAws, type Get } from "./update/aws.ts";
import type { Found } from "./update/found.ts";
import { changesOf, merge, toText } from "./update/merge.ts";

export interface Update {
  readonly cloud: PriceBook["cloud"];
  readonly region: string;
  readonly items: readonly string[];
  /** The book to write; made where there is none. */
  readonly file: string;
  readonly today: string;
  readonly get?: Get;
  readonly run?: Run;
}

/** What an update did, for a person. */
export interface Updated {
  readonly lines: readonly string[];
  /** Items without one match; their former prices stay. */
  readonly faults: readonly string[];
}

/** Brings the book up to date for a region. Nothing is written where an answer can't be trusted as a whole. */
export async function update({ cloud, region, items, file, today, get = ask, run = aliyun }: Update): Promise<Updated> {
  const book = readOr(file, cloud);
  const asked = [...new Set(items)].sort();
  const found = cloud === "aws" ? await askAws(asked, region, get) : askAlibaba(asked, region, run, today);
  const merged = parseBook(merge(book, found.prices), `the prices from ${cloud}`);
  const changes = changesOf(book, found.prices);
  write(`${join(dirname(file), basename(file, ".json"))}.answers.json`, `${JSON.stringify(found.raw, null, 2)}\n`);
  write(file, toText(merged));
  return { lines: report(found, changes, file), faults: found.faults };
}

function report({ prices, unasked }: Found, changes: readonly string[], file: string): readonly string[] {
  const same = prices.length - changes.length;
  return [
    ...changes,
    `${file}: ${changes.length} prices changed, ${same} confirmed; the vendor's responses are stored in the same directory`,
    ...(unasked.length === 0 ? [] : [`missing from the vendor's price lists: ${unasked.join(", ")}`]),
  ];
}

function readOr(file: string, cloud: PriceBook["cloud"]): PriceBook {
  const book = readBook(file, { cloud, prices: [] });
  if (book.cloud !== cloud) throw new CommandError(`${file} is a price book for ${book.cloud}, not for ${cloud}`);
  return book;
}

/** Whole or not at all. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** Longer than the largest file takes on a slow line. */
const longestMs = 30 * 60 * 1000;

const ask: Get = (url) => fetch(url, { redirect: "error", signal: AbortSignal.timeout(longestMs) });

const aliyun: Run = (words) => {
  const { stdout, stderr, error, status } = spawnSync("aliyun", words, { encoding: "utf8", timeout: 60_000 });
  if (error !== undefined) {
    throw new CommandError(`aliyun: ${error.message}. Install the Alibaba Cloud CLI, then run: aliyun configure`);
  }
  if (status !== 0) throw new CommandError(`aliyun ${words.slice(0, 2).join(" ")}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
};
