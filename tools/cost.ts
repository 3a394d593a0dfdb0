import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { projectFile, projectFolder } from "../model/project.ts";
import { toCosted } from "./cost/costed.ts";
import { foldedLines, shareBar } from "./cost/fold.ts";
import { type CostOptions, type MonthlyCost, monthlyCost } from "./cost/monthly.ts";
import { PriceBookError, readBook } from "./cost/price-book.ts";
import { costLine, remarks, totalLine } from "./cost/text.ts";
import { UpdateError } from "./cost/update/found.ts";
import { runCommand, toChanges } from "./diagram/arguments.ts";
import { planStack } from "./diagram/planned.ts";
import { chooseStacks, UsageError } from "./plan/arguments.ts";
import { alignRows, type Cell, type Paint, paintFor } from "./plan/style.ts";
import { stackNames } from "./stack-file.ts";

export { costDelta } from "./cost/delta.ts";
export { type CostOptions, type MonthlyCost, monthlyCost } from "./cost/monthly.ts";

const help = `Prices a stack's plan for a month, in US dollars, from a dated price book.

Usage: npm run cost -- STACK... [options]

  STACK                aws, alibaba or another stack with a file; all: each of them
  --config KEY=VALUE   tries a change without touching the file; may be given again
  --utilisation U      expected size between a group's minimum (0) and maximum (1); default: the share of the day in
                       ams:audience.hoursPerDay, or 0.5
  --traffic-gb N       GB to the internet in a month at the expected size
  --prices FILE        a price book with precedence over tools/cost/books/*.json, in their format; may be given again
  --update             fetches the prices of the stack's region and writes them into the book: AWS's price
                       list files, which need no account; Alibaba Cloud's ECS DescribePrice with the profile of aliyun
  --book FILE          the book that --update writes, with precedence over the project's; default: tools/cost/books/
  --json               one JSON object and nothing else
  --help               this text

The total is omitted if the price of a machine, load balancer, NAT gateway or traffic is missing. Licences are not included.
"By use" means that the quantity is unknown: set ams:audience to estimate traffic and load balancer units.
Tax, discounts, spot and reserved prices, support and API calls are not included.
`;

/** `npm run cost`: what the stacks cost a month. */
async function main(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      config: { type: "string", multiple: true },
      utilisation: { type: "string" },
      "traffic-gb": { type: "string" },
      prices: { type: "string", multiple: true },
      update: { type: "boolean", default: false },
      book: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const options: CostOptions = {
    ...numberOption("utilisation", values.utilisation, 1),
    ...numberOption("trafficGb", values["traffic-gb"], Number.MAX_SAFE_INTEGER),
    books: [
      ...(values.prices ?? []),
      ...(values.book !== undefined && existsSync(values.book) ? [values.book] : []),
    ].map((file) => readBook(file)),
  };
  const costs: MonthlyCost[] = [];
  for (const stack of chooseStacks(positionals, stackNames(projectFolder))) {
    const planned = await planStack(projectFolder, stack, toChanges(values.config));
    const cost = monthlyCost(toCosted(planned), options);
    if (values.update) await updateBook(planned.cluster.cloud, cost, values.book);
    else costs.push(cost);
  }
  if (values.update) return;
  const paint = paintFor(process.stdout, process.env);
  process.stdout.write(
    values.json ? `${JSON.stringify({ stacks: costs })}\n` : costs.map((cost) => page(cost, paint)).join("\n"),
  );
}

/** Writes the prices of a stack's items; items without one match are told, and end with exit code 1. */
async function updateBook(cloud: "aws" | "alibaba", { region, rows }: MonthlyCost, book?: string): Promise<void> {
  const file = book ?? projectFile(`tools/cost/books/${cloud}.json`);
  if (book === undefined && file.includes("/node_modules/")) {
    throw new UsageError("an installed package's book is not yours to change: --update needs --book FILE");
  }
  const { update } = await import("./cost/update.ts");
  const today = new Date().toISOString().slice(0, 10);
  const { lines, faults } = await update({ cloud, region, items: rows.map(({ item }) => item), file, today });
  process.stdout.write(`${lines.join("\n")}\n`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

function numberOption<K extends string>(
  key: K,
  text: string | undefined,
  most: number,
): { readonly [P in K]?: number } {
  if (text === undefined) return {};
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= most)) {
    throw new UsageError(`${key}: got ${text}; allowed: a number from 0 to ${most}`);
  }
  const option: { [P in K]?: number } = {};
  option[key] = value;
  return option;
}

function page(cost: MonthlyCost, paint: Paint): string {
  const title = `${paint("bold", cost.stack)}  ${cost.region}, US dollars a month, list prices on demand`;
  const heading: readonly Cell[] = ["", "PRICE", "MINIMUM", "EXPECTED", "MAXIMUM", "SHARE"].map((text) => ({
    text,
    style: "dim",
  }));
  const licences = cost.licences.map((row) => ({ ...costLine(row), share: undefined }));
  const lines = [...foldedLines(cost), { ...totalLine(cost), share: undefined }, ...licences];
  const widths = [0, 1, 2].map((index) => Math.max(8, ...lines.map(({ sizes }) => sizes[index]?.length ?? 0)));
  const rows = lines.map(({ what, basis, sizes, share }): readonly Cell[] => [
    { text: what },
    { text: basis, style: "dim" },
    ...sizes.map((text, index): Cell => {
      const padded = text.padStart(widths[index] ?? 0);
      return text === "unknown" ? { text: padded, style: "yellow" } : { text: padded };
    }),
    { text: shareBar(share), style: "cyan" },
  ]);
  const below = remarks(cost, new Date()).map((line) => `  ${line}`);
  return [title, ...alignRows([heading, ...rows], "  ", 240, paint), "", ...below, ""].join("\n");
}

if (process.argv[1] === projectFile("tools/cost.ts")) {
  void runCommand(() => main(process.argv.slice(2)), [PriceBookError, UpdateError, UsageError]);
}
