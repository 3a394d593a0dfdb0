import { ConfigError } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import type { Cluster } from "../../config/types.ts";
import { projectFile, projectFolder } from "../../model/project.ts";
import { UsageError } from "../../tools/cli/faults.ts";
import { flag, list, oneOf, value, wholeNumber } from "../../tools/cli/options.ts";
import { commandOf, runWords } from "../../tools/cli/run.ts";
import { alignRows } from "../../tools/cli/table.ts";
import { terminalFor } from "../../tools/cli/terminal.ts";
import { type Change, parseChange } from "../../tools/stack-file/config-path.ts";
import { chooseStacks, readStack } from "../../tools/stack-file/read.ts";
import { caption, captionLines } from "./day/caption.ts";
import { bySocket, type ClusterWith, type Row, rowsOf, surges, unannouncedName } from "./day/rows.ts";
import { type ScenarioName, scenarios } from "./day/scenarios.ts";
import { simulatedOf } from "./day/simulated.ts";
import { markdown, table } from "./day/table.ts";

export const usualDays = 3;

const byLoad = ["origin.follow=load", "edge.follow=load"];

/** What docs/simulation.md plays of each stack file: on Alibaba Cloud the day needs more edges than the file's. */
const pages = [
  { title: "AWS", stack: "aws", tried: byLoad },
  { title: "Alibaba Cloud", stack: "alibaba", tried: [...byLoad, "edge.max=20"] },
] as const;

/** The tables and what is to be said below them, as docs/simulation.md has them. */
export function page(directory: string): string {
  const tables = pages.flatMap(({ title, stack, tried }) => {
    const rows = rowsOf(names, clusterOf(directory, stack, tried.map(parseChange)), usualDays);
    return [`## ${title}`, markdown(table(rows)), unannounced(stack, rows)];
  });
  return [...tables, "## How to read the tables", ...caption(names, usualDays)].join("\n\n");
}

/** What the best settings for an unannounced surge bring, and what they cost. */
function unannounced(stack: keyof typeof surges, rows: readonly Row[]): string {
  const { unannounced } = surges[stack];
  const found = (settings: string): Row => {
    const row = rows.find((one) => one.scenario === "surge" && one.settings === settings);
    if (row === undefined) throw new Error(`no row of ${settings}`);
    return row;
  };
  const [before, after] = [found(bySocket), found(unannouncedName(unannounced))];
  const refused = (row: Row): string => Math.round(row.refused.viewer).toLocaleString("en-US");
  const hours = (row: Row): string => String(Math.round(row.nodeHours));
  const times = (after.nodeHours / before.nodeHours).toFixed(2);
  const commands = unannounced.map((change) => `pulumi config set --path ams:${change.replace("=", " ")}`);
  return [
    `For an unannounced surge, these settings reduce the number of rejected viewers from ${refused(before)} to ${refused(after)}, and increase the node hours from ${hours(before)} to ${hours(after)} (${times} times as many):`,
    ["```", ...commands, "```"].join("\n"),
  ].join("\n\n");
}

const names = Object.keys(scenarios) as readonly ScenarioName[];

const spec = {
  summary:
    "Simulates the same days of publishers and viewers with a stack's scaling settings and with the vendor's. Requires no account or network access.",
  words: { name: "stack...", help: "aws, alibaba or another stack with a file; all: every stack" },
  options: {
    config: list("key=value", "try a change without editing the file", parseChange),
    scenario: list("name", `${names.join(", ")}; default: all`, oneOf(...names)),
    days: value("n", "number of days to average, 1 to 100", wholeNumber(1, 100), usualDays),
    markdown: flag("print the table as Markdown"),
    json: flag("print a single JSON object"),
  },
  exitCodes: "0 on success, 1 if the configuration is invalid, 2 if the command line is invalid.",
  examples: ["aws --scenario first-zone"],
};

/** `npm run simulate`: streams interrupted, viewers rejected and node hours. */
const simulate = commandOf("simulate", spec, async (given, words) => {
  const { scenario, days, config, json } = given;
  const asked = scenario.length === 0 ? names : scenario;
  const stacks = chooseStacks(words, projectFolder).map((stack) => ({
    stack,
    rows: rowsOf(asked, clusterOf(projectFolder, stack, config), days),
  }));
  if (json) process.stdout.write(`${JSON.stringify({ days, stacks })}\n`);
  else if (given.markdown) process.stdout.write(stacks.map(({ rows }) => `${markdown(table(rows))}\n`).join("\n"));
  else process.stdout.write([...stacks.map(terminal), ...captionLines(asked, days)].join("\n"));
  return 0;
});

function clusterOf(directory: string, stack: string, tried: readonly Change[]): ClusterWith {
  return (more) => {
    const raw = readStack(directory, stack, [...tried, ...more.map(parseChange)]);
    const { cluster, faults } = parse(raw);
    if (cluster === undefined) throw new ConfigError(faults);
    return simulatedOf(clustered(cluster, stack), raw.values[cluster.cloud]);
  };
}

function clustered(cluster: Cluster, stack: string): Cluster {
  if (cluster.mode === "cluster") return cluster;
  throw new UsageError(`${stack}: ams:mode is ${cluster.mode}, which does not scale; try --config mode=cluster`);
}

function terminal({ stack, rows }: { readonly stack: string; readonly rows: readonly Row[] }): string {
  const shown = terminalFor(process.stdout, process.env);
  const cells = table(rows).map((line, index) =>
    line.map((text, column) => ({
      text: index === 0 ? text.toUpperCase() : text,
      ...(index === 0 ? { style: "dim" as const } : {}),
      ...(column < 2 ? {} : { align: "right" as const }),
    })),
  );
  return [shown.paint("bold", stack), ...alignRows(cells, 2, shown), ""].join("\n");
}

if (process.argv[1] === projectFile("test/simulation/simulate.ts")) void runWords(simulate, process.argv.slice(2));
