import { existsSync } from "node:fs";
import type { Cloud } from "../config/types.ts";
import { projectFile } from "../model/project.ts";
import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { isInstalled } from "./cli/invocation.ts";
import { alignRows, type Cell, headingRow, type Row } from "./cli/table.ts";
import { type Terminal, terminalFor } from "./cli/terminal.ts";
import { toCosted } from "./cost/costed.ts";
import { foldedLines, shareBar } from "./cost/fold.ts";
import { type CostOptions, type MonthlyCost, monthlyCost } from "./cost/monthly.ts";
import { readBook } from "./cost/price-book.ts";
import { costLine, remarks, totalLine } from "./cost/text.ts";
import { planStack } from "./diagram/planned.ts";
import { chooseStacks } from "./stack-file/read.ts";

type Asked = GivenTo<"cost">;

/** What the stacks cost a month. */
export async function run(given: Asked, words: readonly string[]): Promise<number> {
  const { config, cwd, json, update, book } = given;
  const options = optionsOf(given);
  const costs: MonthlyCost[] = [];
  const faults: string[] = [];
  for (const stack of chooseStacks(words, cwd)) {
    const planned = await planStack(cwd, stack, config);
    const cost = monthlyCost(toCosted(planned), options);
    if (update) faults.push(...(await updateBook(planned.cluster.cloud, cost, book)));
    else costs.push(cost);
  }
  const terminal = terminalFor(process.stdout, process.env);
  if (json && !update) process.stdout.write(`${JSON.stringify({ stacks: costs })}\n`);
  else process.stdout.write(costs.map((cost) => page(cost, terminal)).join("\n"));
  return faults.length > 0 ? 1 : 0;
}

const optionsOf = ({ utilisation, trafficGb, prices, book }: Asked): CostOptions => ({
  ...(utilisation === undefined ? {} : { utilisation }),
  ...(trafficGb === undefined ? {} : { trafficGb }),
  books: [...prices, ...(book !== undefined && existsSync(book) ? [book] : [])].map((file) => readBook(file)),
});

/** Writes the prices of a stack's items; items without one match are told, and are faults. */
async function updateBook(cloud: Cloud, { region, rows }: MonthlyCost, book?: string): Promise<readonly string[]> {
  if (book === undefined && isInstalled)
    throw new UsageError("the price book in an installed package cannot be changed: combine --update with --book FILE");
  const file = book ?? projectFile(`tools/cost/books/${cloud}.json`);
  const { update } = await import("./cost/update.ts");
  const today = new Date().toISOString().slice(0, 10);
  const { lines, faults } = await update({ cloud, region, items: rows.map(({ item }) => item), file, today });
  process.stdout.write(`${lines.join("\n")}\n`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults;
}

function page(cost: MonthlyCost, terminal: Terminal): string {
  const title = `${terminal.paint("bold", cost.stack)}  ${cost.region}, US dollars per month, on-demand list prices`;
  const isSum = (title: string): boolean => ["MINIMUM", "EXPECTED", "MAXIMUM"].includes(title);
  const heading = headingRow("", "PRICE", "MINIMUM", "EXPECTED", "MAXIMUM", "SHARE").map((cell) =>
    isSum(cell.text) ? { ...cell, align: "right" as const } : cell,
  );
  const licences = cost.licences.map((row) => ({ ...costLine(row), share: undefined }));
  const lines = [...foldedLines(cost), { ...totalLine(cost), share: undefined }, ...licences];
  const rows = lines.map(
    ({ what, basis, sizes, share }): Row => [
      { text: what },
      { text: basis, style: "dim" },
      ...sizes.map((text): Cell => ({ text, align: "right", ...(text === "unknown" ? { style: "yellow" } : {}) })),
      { text: shareBar(share), style: "cyan" },
    ],
  );
  const below = remarks(cost, new Date()).map((line) => `  ${line}`);
  return [title, ...alignRows([heading, ...rows], 2, terminal), "", ...below, ""].join("\n");
}
