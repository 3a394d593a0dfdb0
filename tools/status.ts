import { setTimeout as wait } from "node:timers/promises";
import type { GivenTo } from "./cli/commands.ts";
import { CommandError, reasonOf, UsageError } from "./cli/faults.ts";
import { readInput } from "./cli/input.ts";
import { commandLine } from "./cli/invocation.ts";
import { terminalFor } from "./cli/terminal.ts";
import { type Ams, login, RefusedError } from "./live/ams.ts";
import { readDeployment, secretPipe } from "./live/deployment.ts";
import { readLogin } from "./live/secret.ts";
import { wireBy } from "./live/target.ts";
import { awayBecause } from "./status/away.ts";
import { linesOf } from "./status/lines.ts";
import { logReader } from "./status/logs.ts";
import { statusPage } from "./status/page.ts";
import { readStatus, statusOfLines } from "./status/read.ts";
import type { Status } from "./status/status.ts";
import { Thresholds } from "./status/thresholds.ts";
import { remembered, type Trend } from "./status/trend.ts";

const timeoutMilliseconds = 5000;

type Given = GivenTo<"status">;

/** What AMS and the machines' own lines say of a deployed cluster. */
export async function run(given: Given): Promise<number> {
  const wire = wireBy(given, timeoutMilliseconds);
  const how = readLogin(given.secret, process.env);
  const saved = given.lines === undefined ? undefined : linesOf(readInput(given.lines, `--lines ${given.lines}`));
  const deployment = await readDeployment(given);
  if (how === undefined)
    throw new UsageError(`status logs in to AMS. To supply the password, run: ${secretPipe(deployment, "status")}`);
  const { panelUrl, panelUser } = deployment.outputs;
  const open = (): Promise<Ams> => login(wire, panelUrl, panelUser, how);
  const logs = logReader(saved, given.noLogs ? undefined : deployment.cluster);
  const thresholds = new Thresholds(deployment.cluster);
  let trend: Trend = new Map();
  for (;;) {
    const { lines, fault } = await logs();
    const asked = { deployment, stack: given.stack, app: given.app, lines };
    try {
      const status = await readStatus(asked, open).catch(async (error: unknown) => {
        // Again and again a wrong password would have AMS block the user.
        if (error instanceof RefusedError) throw error;
        const away = await awayBecause(wire, panelUrl, error);
        const found = statusOfLines(asked, away, Date.now());
        if (found.nodes.length === 0) throw new CommandError(away);
        return found;
      });
      if (given.watch) trend = remembered(trend, status.nodes);
      const code = show(given, status, { thresholds, trend });
      if (fault !== undefined) process.stderr.write(`The log service cannot be queried: ${fault}\n`);
      if (!given.watch) return code;
    } catch (error) {
      const said = error instanceof CommandError ? error.message : `${panelUrl} cannot be queried: ${reasonOf(error)}`;
      if (!given.watch || error instanceof RefusedError)
        throw new CommandError(`${said}\nTo find the cause: ${commandLine("verify")}`);
      process.stderr.write(`${said}\n`);
    }
    await wait(given.every * 1000);
  }
}

/** Ctrl-C ends a watch with the newest code. */
function show({ json, watch }: Given, status: Status, around: Parameters<typeof statusPage>[1]): number {
  process.exitCode = status.problems.length > 0 ? 1 : 0;
  if (watch && !json && process.stdout.isTTY) process.stdout.write("\u001b[2J\u001b[H");
  process.stdout.write(
    json ? `${JSON.stringify(status)}\n` : statusPage(status, around, terminalFor(process.stdout, process.env)),
  );
  return process.exitCode;
}
