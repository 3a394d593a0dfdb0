import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../config/types.ts";
import { adapter as alibaba } from "../../providers/alibaba/index.ts";
import { adapter as aws } from "../../providers/aws/index.ts";
import { stackFiles } from "../support/contract.ts";
import { merged, type Tree } from "../support/merged.ts";
import type { Asked, Question, Row } from "./array/rows.ts";
import { factorsOf } from "./factors.ts";

const adapters = { aws, alibaba } as const;

const wholeInFactors = ["network", "database", "balancer", "certificate", "domain"];

/** The shipped stack file without the sections that the factors say. */
function baseOf(cloud: Cloud): RawConfig {
  const sections = Object.entries(stackFiles[cloud].values).filter(([name]) => !wholeInFactors.includes(name));
  // Options in a database's URL need it.
  const values = { ...Object.fromEntries(sections), media: { licence: "marketplace", version: "3.1.0" } };
  return { ...stackFiles[cloud], values };
}

/** The configuration with one value of each factor. */
export function stackOf(cloud: Cloud, row: Row): RawConfig {
  const parts = Object.entries(factorsOf(cloud)).flatMap(
    ([name, { parts }]) => parts[row[name] ?? ""]?.(cloud, row) ?? [],
  );
  const base = baseOf(cloud);
  return {
    ...base,
    values: parts.reduce<Tree>((values, part) => merged(values, part.values), base.values),
    secrets: Object.assign({}, ...parts.map(({ secrets }) => secrets)),
  };
}

/** What the program says of a row: refused, or taken, without difference by some of its factors. */
function ask(cloud: Cloud, row: Row): Asked {
  const raw = stackOf(cloud, row);
  const { cluster, faults } = parse(raw);
  const all = [...faults, ...adapters[cloud].prepare(raw.values[cloud], cluster, raw.secrets).faults];
  if (cluster === undefined || all.length > 0) return { faults: all.map(({ path }) => path), idle: [] };
  const factors = Object.entries(factorsOf(cloud));
  return { faults: [], idle: factors.filter(([, { counts }]) => counts?.(cluster) === false).map(([name]) => name) };
}

/** The question of a cloud's stacks. The same row is asked for once. */
export function questionOf(cloud: Cloud): Question {
  const factors = Object.entries(factorsOf(cloud)).map(([name, { parts }]) => [name, Object.keys(parts)] as const);
  const answers = new Map<string, Asked>();
  return {
    values: Object.fromEntries(factors),
    ask: (row) => {
      const key = factors.map(([name]) => row[name]).join();
      const answer = answers.get(key) ?? ask(cloud, row);
      answers.set(key, answer);
      return answer;
    },
  };
}
