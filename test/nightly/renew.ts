import { clouds } from "../support/contract.ts";
import { coveringArray } from "./array/covering-array.ts";
import { missingPairs, mostStacks } from "./array/missing.ts";
import { writeRows } from "./rows-file.ts";
import { questionOf } from "./stacks.ts";

/** `npm run covering-array`: the stacks of each night anew, after a factor came, went or got another value. */

const moves = 600_000;

/** Another seed ends elsewhere: one of some ends with nothing missing. */
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

for (const cloud of clouds) {
  const question = questionOf(cloud);
  let fewest = Number.POSITIVE_INFINITY;
  for (const seed of seeds) {
    const rows = coveringArray(question, mostStacks, { seed, moves });
    const missing = missingPairs(question, rows);
    process.stdout.write(`${cloud}, seed ${seed}: ${missing.length} pairs missing ${JSON.stringify(missing)}\n`);
    if (missing.length < fewest) writeRows(cloud, rows);
    fewest = Math.min(fewest, missing.length);
    if (fewest === 0) break;
  }
  if (fewest > 0) process.exitCode = 1;
}
