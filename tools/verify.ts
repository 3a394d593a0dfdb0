import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { paintFor } from "./cli/terminal.ts";
import { readDeployment } from "./live/deployment.ts";
import { readSecret } from "./live/secret.ts";
import { wireBy } from "./live/target.ts";
import type { Check } from "./verify/check.ts";
import { checksOf } from "./verify/checks.ts";
import { prepare } from "./verify/flight.ts";
import { lineOf, summaryOf } from "./verify/page.ts";
import { countOf, type Result, runChecks } from "./verify/run.ts";

/** For a connection, and for an answer on it. */
const timeoutMilliseconds = 5000;

/** The smoke test of a deployed cluster. */
export async function run(given: GivenTo<"verify">): Promise<number> {
  const { timeout: totalSeconds, days, machine, stranger, app, only, strict, json } = given;
  const wire = wireBy(given, timeoutMilliseconds);
  const { login, keyOf } = readSecret(given.secret, process.env);
  const deployment = await readDeployment(given);
  const checks = chosen(checksOf(deployment), only?.split(",") ?? []);
  const { flight, close } = prepare(deployment, wire, {
    ...{ app, login, streamKey: keyOf(app), stranger, machines: machine, leastDays: days, publish: !given.noPublish },
    // The stream has half of the time to appear, so that its checks can say what they saw.
    streamSeconds: Math.min(30, totalSeconds / 2),
  });
  const stop = (): void => void close().finally(() => process.exit(130));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const results = await runChecks(checks, flight, { totalSeconds, onResult: reporter(json) });
    if (json) process.stdout.write(`${JSON.stringify({ address: deployment.web, checks: results })}\n`);
    else process.stdout.write(`\n${summaryOf(results)}`);
    return countOf(results, "fail") + (strict ? countOf(results, "not-run") : 0) > 0 ? 1 : 0;
  } finally {
    await close();
  }
}

function chosen(checks: readonly Check[], only: readonly string[]): readonly Check[] {
  const unknown = only.find((text) => text === "" || !checks.some(({ id }) => id.startsWith(text)));
  if (unknown !== undefined) {
    throw new UsageError(
      `--only ${unknown}: no such check; available checks: ${checks.map(({ id }) => id).join(", ")}`,
    );
  }
  return checks.filter(({ id }) => only.length === 0 || only.some((text) => id.startsWith(text)));
}

/** One line as soon as it is known; on a terminal also how many are left. */
function reporter(json: boolean): (result: Result, done: number, total: number) => void {
  const paint = paintFor(process.stdout, process.env);
  const terminal = process.stderr.isTTY === true;
  return (result, done, total) => {
    if (terminal) process.stderr.write("\r\u001b[K");
    if (!json) process.stdout.write(lineOf(result, paint));
    if (terminal && done < total) process.stderr.write(`${done} of ${total} ...`);
  };
}
