import { runCommand } from "../tools/diagram/arguments.ts";
import { parseArguments } from "./bench/arguments.ts";
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

/** `npm run bench`: ratios of what ours takes to what it is measured against. */
void runCommand(async () => {
  const asked = parseArguments(process.argv.slice(2), Object.keys(benchmarks));
  if (asked.help !== undefined) {
    process.stdout.write(asked.help);
    return;
  }
  const rows: Row[] = [];
  for (const [name, load] of Object.entries(benchmarks)) {
    if (asked.only === undefined ? slow.includes(name) : asked.only !== name) continue;
    process.stderr.write(`${name} ...\n`);
    try {
      rows.push(...(await (await load())(asked)));
    } catch (error) {
      // One that can't run says so; the others are measured all the same.
      const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      rows.push(cannotRun(name, 1, why));
    }
  }
  process.stdout.write(asked.json ? toJson(rows) : table(rows, asked.rounds));
});
