import { parseArgs } from "node:util";
import { campaign } from "./campaign.ts";

/** `npm run fuzz`: as many hostile configurations as asked for, on both clouds. */

const help = `Usage: npm run fuzz -- [--runs 10000] [--seed N] [--path P]

Every configuration renders on both clouds and keeps the contract, or is refused with complete faults; no stack trace,
no hang. --seed and --path are printed with a failure and bring it back. Exit code 0: all kept.
`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    path: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

const every = 100;

if (values.help) {
  process.stdout.write(help);
} else {
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  process.stdout.write(`seed ${seed}, ${runs} configurations\n`);
  const onRun = (done: number) => {
    if (done % every === 0) process.stdout.write(`${done}\n`);
  };
  const path = values.path === undefined ? {} : { path: values.path };
  const counts = await campaign({ runs, seed, onRun, ...path });
  for (const [outcome, count] of Object.entries(counts)) process.stdout.write(`${count} ${outcome}\n`);
}
