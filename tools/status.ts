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
import { statusPage } from "./status/page.ts";
import { readStatus, type Status } from "./status/read.ts";

const timeoutMilliseconds = 5000;

/** What AMS says of a deployed cluster. */
export async function run(given: GivenTo<"status">): Promise<number> {
  const wire = wireBy(given, timeoutMilliseconds);
  const how = readLogin(given.secret, process.env);
  const lines = given.lines === undefined ? undefined : readInput(given.lines, `--lines ${given.lines}`);
  const deployment = await readDeployment(given);
  if (how === undefined)
    throw new UsageError(`status queries AMS, which requires a login: ${secretPipe(deployment, "status")}`);
  const { panelUrl, panelUser } = deployment.outputs;
  const open = (): Promise<Ams> => login(wire, panelUrl, panelUser, how);
  for (;;) {
    try {
      const status = await readStatus(deployment, given.app, open, lines);
      const code = show(given, status);
      if (!given.watch) return code;
    } catch (error) {
      const said = `${panelUrl} cannot be queried: ${reasonOf(error)}`;
      // Again and again a wrong password would have AMS block the user.
      if (!given.watch || error instanceof RefusedError)
        throw new CommandError(`${said}\nTo find the cause: ${commandLine("verify")}`);
      process.stderr.write(`${said}\n`);
    }
    await wait(given.every * 1000);
  }
}

/** Ctrl-C ends a watch with the newest code. */
function show({ json, watch }: GivenTo<"status">, status: Status): number {
  process.exitCode = status.problems.length > 0 ? 1 : 0;
  if (watch && !json && process.stdout.isTTY) process.stdout.write("\u001b[2J\u001b[H");
  process.stdout.write(
    json ? `${JSON.stringify(status)}\n` : statusPage(status, terminalFor(process.stdout, process.env)),
  );
  return process.exitCode;
}
