import { projectFolder } from "../model/project.ts";
import { runCommand } from "./diagram/arguments.ts";
import { namedBy, wireBy } from "./live/arguments.ts";
import { readDeployment } from "./live/deployment.ts";
import { OutputsError } from "./live/outputs.ts";
import { readLogin } from "./live/secret.ts";
import { UsageError } from "./plan/arguments.ts";
import { paintFor } from "./plan/style.ts";
import { type Arguments, help, parseArguments } from "./verify/arguments.ts";
import type { Check } from "./verify/check.ts";
import { checksOf } from "./verify/checks.ts";
import { prepare } from "./verify/flight.ts";
import { lineOf, summaryOf } from "./verify/page.ts";
import { countOf, type Result, runChecks } from "./verify/run.ts";

/** For a connection, and for an answer on it. */
const timeoutMilliseconds = 5000;

/** `npm run verify`: the smoke test of a deployed cluster. */
async function main(words: readonly string[]): Promise<void> {
  const asked = parseArguments(words);
  if (asked.help) return void process.stdout.write(help);
  const named = namedBy(asked.live, projectFolder);
  const wire = wireBy(asked.live, timeoutMilliseconds);
  const login = readLogin(asked.secret, process.env);
  const deployment = await readDeployment(named);
  const checks = chosen(checksOf(deployment), asked.only);
  // The stream has half of the time to appear, so that its checks can say what they saw.
  const { flight, close } = prepare(deployment, wire, {
    ...asked,
    login,
    streamSeconds: Math.min(30, asked.totalSeconds / 2),
  });
  const stop = (): void => void close().finally(() => process.exit(130));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const results = await runChecks(checks, flight, { totalSeconds: asked.totalSeconds, onResult: reporter(asked) });
    if (asked.json) process.stdout.write(`${JSON.stringify({ address: deployment.web, checks: results })}\n`);
    else process.stdout.write(`\n${summaryOf(results)}`);
    process.exitCode = countOf(results, "fail") + (asked.strict ? countOf(results, "not-run") : 0) > 0 ? 1 : 0;
  } finally {
    await close();
  }
}

function chosen(checks: readonly Check[], only: readonly string[]): readonly Check[] {
  const unknown = only.find((text) => text === "" || !checks.some(({ id }) => id.startsWith(text)));
  if (unknown !== undefined) {
    throw new UsageError(`--only ${unknown}: no such check; there are ${checks.map(({ id }) => id).join(", ")}`);
  }
  return checks.filter(({ id }) => only.length === 0 || only.some((text) => id.startsWith(text)));
}

/** One line as soon as it is known; on a terminal also how many are left. */
function reporter({ json }: Arguments): (result: Result, done: number, total: number) => void {
  const paint = paintFor(process.stdout, process.env);
  const terminal = process.stderr.isTTY === true;
  return (result, done, total) => {
    if (terminal) process.stderr.write("\r\u001b[K");
    if (!json) process.stdout.write(lineOf(result, paint));
    if (terminal && done < total) process.stderr.write(`${done} of ${total} ...`);
  };
}

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
void runCommand(async () => {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    // What can't be read is exit code 2: 1 is a check that failed.
    throw error instanceof OutputsError ? new UsageError(error.message) : error;
  }
});
