import { setTimeout as wait } from "node:timers/promises";
import { projectFolder } from "../model/project.ts";
import { runCommand } from "./diagram/arguments.ts";
import { type Ams, login, RefusedError } from "./live/ams.ts";
import { namedBy, wireBy } from "./live/arguments.ts";
import { readDeployment, secretCommand } from "./live/deployment.ts";
import { OutputsError } from "./live/outputs.ts";
import { readLogin } from "./live/secret.ts";
import { UsageError } from "./plan/arguments.ts";
import { paintFor } from "./plan/style.ts";
import { type Arguments, help, parseArguments } from "./status/arguments.ts";
import { statusPage } from "./status/page.ts";
import { readStatus } from "./status/read.ts";
import { readLines } from "./status/readiness.ts";

const timeoutMilliseconds = 5000;

/** AMS can't be asked; the message says why. */
class AskError extends Error {}

/** `npm run status`: what AMS says of a deployed cluster. */
async function main(words: readonly string[]): Promise<void> {
  const asked = parseArguments(words);
  if (asked.help) return void process.stdout.write(help);
  const wire = wireBy(asked.live, timeoutMilliseconds);
  const named = namedBy(asked.live, projectFolder);
  const how = readLogin(asked.secret, process.env);
  const lines = readLines(asked.lines);
  const deployment = await readDeployment(named);
  if (how === undefined) {
    throw new OutputsError(
      `status asks AMS, which wants a login: ${secretCommand(deployment)} | npm run --silent status -- ... --secret -`,
    );
  }
  const { panelUrl, panelUser } = deployment.outputs;
  const open = (): Promise<Ams> => login(wire, panelUrl, panelUser, how);
  do {
    try {
      const status = await readStatus(deployment, asked.app, open, lines);
      show(asked, status);
    } catch (error) {
      const said = `${panelUrl} can't be asked: ${error instanceof Error ? error.message : String(error)}`;
      // Again and again a wrong password would have AMS block the user.
      if (!asked.watch || error instanceof RefusedError) throw new AskError(`${said}\nWhy: npm run verify`);
      process.stderr.write(`${said}\n`);
    }
    if (asked.watch) await wait(asked.everySeconds * 1000);
  } while (asked.watch);
}

function show({ json, watch }: Arguments, status: Awaited<ReturnType<typeof readStatus>>): void {
  process.exitCode = status.problems.length > 0 ? 1 : 0;
  if (json) return void process.stdout.write(`${JSON.stringify(status)}\n`);
  if (watch && process.stdout.isTTY) process.stdout.write("\u001b[2J\u001b[H");
  process.stdout.write(statusPage(status, paintFor(process.stdout, process.env)));
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
    throw error instanceof OutputsError ? new UsageError(error.message) : error;
  }
}, [AskError]);
