import { inspect, parseArgs } from "node:util";
import type { Cloud } from "../../config/types.ts";
import { clouds } from "../support/contract.ts";
import { runChanges } from "./changes/run.ts";
import { live } from "./lifecycle.ts";
import { readRows } from "./rows-file.ts";
import { stackOf } from "./stacks.ts";

/** `npm run variants`: each pair of variants and each runbook on the real engine. Both clouds beside each other. */

const help = `Usage: npm run variants -- [--cloud aws|alibaba] [--stack 1-16]... [--changes]

Takes each stack of test/nightly/stacks.*.tsv through up, up, refresh and destroy, and one stack of each cloud through the
changes that the runbooks name. --stack takes these stacks alone, --changes the changes alone. Exit code 0: all went well.
`;

const { values } = parseArgs({
  options: {
    cloud: { type: "string", multiple: true },
    stack: { type: "string", multiple: true },
    changes: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

/** Tells what went wrong and goes on: the next stack may show something else. */
async function succeeds(what: string, act: () => Promise<void>): Promise<boolean> {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  try {
    await act();
    process.stdout.write(`${what}: well, ${seconds()} s\n`);
    return true;
  } catch (error) {
    process.stdout.write(`${what}: FAILED, ${seconds()} s\n${inspect(error)}\n`);
    return false;
  }
}

const isAsked = (number: string): boolean => values.stack?.includes(number) ?? !values.changes;

async function night(cloud: Cloud): Promise<boolean> {
  const results: boolean[] = [];
  for (const [index, row] of readRows(cloud).entries()) {
    const number = String(index + 1);
    if (isAsked(number))
      results.push(await succeeds(`${cloud}, stack ${number}`, () => live(cloud, stackOf(cloud, row))));
  }
  if (values.changes || values.stack === undefined) results.push(await runChanges(cloud, succeeds));
  return !results.includes(false);
}

if (values.help) process.stdout.write(help);
else {
  const chosen = clouds.filter((cloud) => values.cloud?.includes(cloud) ?? true);
  const nights = await Promise.all(chosen.map(night));
  if (nights.includes(false)) process.exitCode = 1;
}
