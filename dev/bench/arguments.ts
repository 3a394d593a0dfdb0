import { parseArgs } from "node:util";
import { UsageError } from "../../tools/plan/arguments.ts";
import type { Options } from "./row.ts";

export interface Arguments extends Options {
  readonly help?: string;
  readonly json: boolean;
  /** The one benchmark to run. */
  readonly only: string | undefined;
}

const help = (names: readonly string[]): string => `npm run bench [-- OPTIONS]

Measures this program against what it could be at best, each pair alternately in one run. Takes minutes.

  --rounds N   rounds of each pair; 5 by default
  --only NAME  one benchmark: ${names.join(", ")}; suite and rehearsal run only when named
  --full       up to 1,000 clusters in one process
  --json       [{"name","ratio","aim","met"}] in place of the table; null where something could not be measured
`;

export function parseArguments(words: readonly string[], names: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...words],
    options: {
      help: { type: "boolean", short: "h" },
      json: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      rounds: { type: "string", default: "5" },
      only: { type: "string" },
    },
  });
  const { json, full, only } = values;
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError(`--rounds ${values.rounds}: a number from 1`);
  if (only !== undefined && !names.includes(only))
    throw new UsageError(`--only ${only}: there are ${names.join(", ")}`);
  return { rounds, json, full, only, ...(values.help === true ? { help: help(names) } : {}) };
}
