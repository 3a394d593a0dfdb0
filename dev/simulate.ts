import { parseArgs } from "node:util";
import { ConfigError } from "../config/fault.ts";
import { parse } from "../config/parse.ts";
import type { Cluster } from "../config/types.ts";
import { projectFile, projectFolder } from "../model/project.ts";
import { runCommand, toChanges } from "../tools/diagram/arguments.ts";
import { isJson } from "../tools/diff/planned.ts";
import { chooseStacks, UsageError } from "../tools/plan/arguments.ts";
import { alignRows, type Cell, type Paint, paintFor } from "../tools/plan/style.ts";
import { readStack, stackNames } from "../tools/stack-file.ts";
import { caption, captionLines } from "./simulate/caption.ts";
import { type ClusterWith, type Row, rowsOf } from "./simulate/rows.ts";
import { type ScenarioName, scenarios } from "./simulate/scenarios.ts";
import type { Filling } from "./simulate/settings.ts";
import { markdown, table } from "./simulate/table.ts";

const help = `Plays days of publishers and viewers over a stack's scaling settings and over the vendor's. No account, no network.

Usage: npm run simulate -- STACK... [options]

  STACK                aws, alibaba or another stack with a file; all: each of them
  --config KEY=VALUE   tries a change without touching the file; may be given again
  --scenario NAME      ${Object.keys(scenarios).join(", ")}; may be given again; default: all
  --days N             days that each number is the mean of, 1 to 100; default: 3
  --markdown           the table as Markdown
  --json               one JSON object and nothing else
  --help               this text
`;

export const usualDays = 3;

/** The table and what is to be said below it, as docs/simulation.md has them. */
export function page(directory: string, stack: string): string {
  const names = namesOf(undefined);
  const rows = rowsOf(names, clusterOf(directory, stack, []), usualDays);
  return [markdown(table(rows)), ...caption(names, usualDays)].join("\n\n");
}

/** `npm run simulate`: streams cut, viewers refused and node hours. */
function main(words: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      config: { type: "string", multiple: true },
      scenario: { type: "string", multiple: true },
      days: { type: "string" },
      markdown: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const names = namesOf(values.scenario);
  const days = daysOf(values.days);
  const stacks = chooseStacks(positionals, stackNames(projectFolder)).map((stack) => ({
    stack,
    rows: rowsOf(names, clusterOf(projectFolder, stack, values.config ?? []), days),
  }));
  if (values.json) process.stdout.write(`${JSON.stringify({ days, stacks })}\n`);
  else if (values.markdown) process.stdout.write(stacks.map(({ rows }) => `${markdown(table(rows))}\n`).join("\n"));
  else process.stdout.write(`${[...stacks.map(terminal), ...captionLines(names, days)].join("\n")}`);
}

function clusterOf(directory: string, stack: string, typed: readonly string[]): ClusterWith {
  return (more) => {
    const raw = readStack(directory, stack, toChanges([...typed, ...more]));
    const { cluster, faults } = parse(raw);
    if (cluster === undefined) throw new ConfigError(faults);
    return { cluster: clustered(cluster, stack), filling: fillingOf(raw.values[cluster.cloud]) };
  };
}

/** What the cloud's own block says of zones; AWS's has no say. */
const fillingOf = (block: unknown): Filling =>
  isJson(block) && block["zonePolicy"] === "priority" ? "in-order" : "evenly";

function clustered(cluster: Cluster, stack: string): Cluster {
  if (cluster.mode === "cluster") return cluster;
  throw new UsageError(`${stack}: ams:mode is ${cluster.mode}, which doesn't scale; try --config mode=cluster`);
}

function namesOf(asked: readonly string[] | undefined): readonly ScenarioName[] {
  const isName = (text: string): text is ScenarioName => Object.hasOwn(scenarios, text);
  return (asked ?? Object.keys(scenarios)).map((name) => {
    if (isName(name)) return name;
    throw new UsageError(`--scenario: got ${name}; allowed: ${Object.keys(scenarios).join(", ")}`);
  });
}

function daysOf(text: string | undefined): number {
  const days = Number(text ?? usualDays);
  if (Number.isInteger(days) && days >= 1 && days <= 100) return days;
  throw new UsageError(`--days: got ${text}; allowed: a whole number from 1 to 100`);
}

function terminal({ stack, rows }: { readonly stack: string; readonly rows: readonly Row[] }): string {
  const paint: Paint = paintFor(process.stdout, process.env);
  const [heading = [], ...lines] = table(rows);
  const widths = heading.map((_, column) => Math.max(...[heading, ...lines].map((line) => line[column]?.length ?? 0)));
  const pad = (text: string, column: number): string => (column < 2 ? text : text.padStart(widths[column] ?? 0));
  const cells = lines.map((line) => line.map((text, column): Cell => ({ text: pad(text, column) })));
  const titles = heading.map((text, column): Cell => ({ text: pad(text.toUpperCase(), column), style: "dim" }));
  return [paint("bold", stack), ...alignRows([titles, ...cells], "  ", 200, paint), ""].join("\n");
}

if (process.argv[1] === projectFile("dev/simulate.ts")) {
  void runCommand(async () => main(process.argv.slice(2)), [UsageError]);
}
