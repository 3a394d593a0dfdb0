import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { projectFolder } from "../../model/project.ts";

/** `npm run test:nightly`: what `npm test` leaves to the night. The workflow `nightly` runs the same parts beside each other. */

const help = `Usage: npm run test:nightly -- [--fast | --tests]

Runs the tests that \`npm test\` leaves out (test/order.ts), and then the campaigns, for hours. --tests leaves out the
campaigns, --fast also the tests that repeat in full what a sample shows. All parts run, whatever fails. Exit code 0: all
went well.
`;

const testsOf = (part: "--nightly" | "--fast") => [process.execPath, "start.mjs", "test/run.ts", part] as const;

const campaigns = [
  ["npm", "run", "variants"],
  ["npm", "run", "fuzz", "--", "--runs", "10000"],
  ["npm", "run", "clusters"],
  ["npm", "run", "heal", "--", "--mixed", "--every", "1"],
  ["npm", "run", "first-hour"],
  ["npm", "run", "newest"],
] as const;

const { values } = parseArgs({
  options: {
    fast: { type: "boolean", default: false },
    tests: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) process.stdout.write(help);
else {
  const tests = testsOf(values.fast ? "--fast" : "--nightly");
  for (const [command, ...words] of [tests, ...(values.fast || values.tests ? [] : campaigns)]) {
    const { status } = spawnSync(command, words, { cwd: projectFolder, stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
