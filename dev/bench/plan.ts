import { readFileSync } from "node:fs";
import { projectFolder } from "../../model/project.ts";
import { record } from "../../recording/record.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { outputsOf } from "./empty-cluster.ts";
import { alternate, ratiosOf, spreadOf } from "./rounds.ts";
import type { Options, Row } from "./row.ts";
import { type Measure, measuredNode, type Usage } from "./usage.ts";

/** The words of `npm run plan`, without npm. */
function planWords(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(`${projectFolder}/package.json`, "utf8"));
  const [, ...words] = String(scripts.plan).split(" ");
  return [...words, "all"];
}

/** For each shipped stack, how many outputs each of its resources has. */
async function outputsOfStacks(): Promise<readonly string[]> {
  const recordings = await Promise.all(["aws", "alibaba"].map((stack) => record(readStack(projectFolder, stack))));
  return recordings.map((recording) => outputsOf(recording).join(","));
}

/** `npm run plan -- all` against Node importing Pulumi's SDK and doing nothing. */
export async function plan({ rounds }: Options): Promise<readonly Row[]> {
  const empty = ["start.mjs", "dev/bench/empty-plan.ts", ...(await outputsOfStacks())];
  const results = await alternate(rounds, {
    empty: () => measuredNode(empty, "empty-plan", projectFolder),
    plan: () => measuredNode(planWords(), "plan", projectFolder),
    bare: () => measuredNode(["-e", 'require("@pulumi/pulumi")', "bare"], "bare", projectFolder),
  });
  const figures = (name: string, measure: Measure): readonly number[] =>
    (results.get(name) ?? []).map((usage: Usage) => usage[measure]);
  const row = (measured: "plan" | "empty", as: string, what: string, measure: Measure): Row => {
    const median = (name: string): string => spreadOf(figures(name, measure)).median.toFixed(2);
    return {
      name: `${as} / node importing @pulumi/pulumi: ${what}`,
      ratio: ratiosOf(figures(measured, measure), figures("bare", measure)),
      aim: 2,
      note: `${median(measured)} s / ${median("bare")} s`,
    };
  };
  const minimal = "the same number of empty resources with start.mjs";
  return [
    row("plan", "plan -- all", "CPU", "cpuSeconds"),
    row("plan", "plan -- all", "time", "wallSeconds"),
    row("empty", minimal, "CPU", "cpuSeconds"),
    row("empty", minimal, "time", "wallSeconds"),
  ];
}
