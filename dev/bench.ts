import { projectFile } from "../model/project.ts";
import { reasonOf } from "../tools/cli/faults.ts";
import { flag, oneOf, value, wholeNumber } from "../tools/cli/options.ts";
import { commandOf, runWords } from "../tools/cli/run.ts";
import { type Benchmark, cannotRun, type Row } from "./bench/row.ts";
import { table, toJson } from "./bench/table.ts";

/** Each benchmark's module is loaded when it is its turn: what is loaded is a part of what is measured. */
const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  preview: async () => (await import("./bench/preview.ts")).previews,
  plan: async () => (await import("./bench/plan.ts")).plan,
  cluster: async () => (await import("./bench/cluster.ts")).cluster,
  "critical-path": async () => (await import("./bench/critical-path.ts")).criticalPath,
  suite: async () => (await import("./bench/suite.ts")).suite,
  rehearsal: async () => (await import("./bench/rehearsal.ts")).rehearsal,
};

/** Minutes each: measured only when asked for by name. */
const slow: readonly string[] = ["suite", "rehearsal"];

const names = Object.keys(benchmarks);

export const spec = {
  summary:
    "Compares this program with the best possible results, running each pair alternately. Takes several minutes.",
  options: {
    rounds: value("n", "number of rounds for each pair", wholeNumber(1, 1000), 5),
    only: value(
      "name",
      `one benchmark: ${names.join(", ")}; suite and rehearsal run only if specified`,
      oneOf(...names),
    ),
    full: flag("render up to 1,000 clusters in one process"),
    json: flag('[{"name","ratio","aim","met"}] in place of the table; null where something could not be measured'),
  },
  exitCodes: "0 on success, 2 if the command line is invalid.",
  examples: ["--only preview --rounds 3"],
};

/** `npm run bench`: ratios of what ours takes to what it is measured against. */
const bench = commandOf("bench", spec, async (asked) => {
  const rows: Row[] = [];
  for (const [name, load] of Object.entries(benchmarks)) {
    if (asked.only === undefined ? slow.includes(name) : asked.only !== name) continue;
    process.stderr.write(`${name} ...\n`);
    try {
      rows.push(...(await (await load())(asked)));
    } catch (error) {
      // One that can't run says so; the others are measured all the same.
      const [why = ""] = reasonOf(error).split("\n");
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      rows.push(cannotRun(name, 1, why));
    }
  }
  process.stdout.write(asked.json ? toJson(rows) : table(rows, asked.rounds));
  return 0;
});

if (process.argv[1] === projectFile("dev/bench.ts")) void runWords(bench, process.argv.slice(2));
