import { readFileSync } from "node:fs";
import { projectFolder } from "../../model/project.ts";
import { alternate, ratiosOf, spreadOf } from "./rounds.ts";
import type { Options, Row } from "./row.ts";
import { type Measure, measuredNode, type Usage } from "./usage.ts";

/** The words of `npm run plan`, without npm. */
function planWords(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(`${projectFolder}/package.json`, "utf8"));
  const [, ...words] = String(scripts.plan).split(" ");
  return [...words, "all"];
}

/** `npm run plan -- all` against Node importing Pulumi's SDK and doing nothing. */
export async function plan({ rounds }: Options): Promise<readonly Row[]> {
  const results = await alternate(rounds, {
    plan: () => measuredNode(planWords(), "plan", projectFolder),
    bare: () => measuredNode(["-e", 'require("@pulumi/pulumi")', "bare"], "bare", projectFolder),
  });
  const figures = (name: string, measure: Measure): readonly number[] =>
    (results.get(name) ?? []).map((usage: Usage) => usage[measure]);
  const row = (what: string, measure: Measure): Row => {
    const median = (name: string): string => spreadOf(figures(name, measure)).median.toFixed(2);
    return {
      name: `plan -- all / node importing @pulumi/pulumi: ${what}`,
      ratio: ratiosOf(figures("plan", measure), figures("bare", measure)),
      aim: 2,
      note: `${median("plan")} s / ${median("bare")} s`,
    };
  };
  return [row("CPU", "cpuSeconds"), row("time", "wallSeconds")];
}
