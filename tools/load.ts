import { projectFolder } from "../model/project.ts";
import { runCommand } from "./diagram/arguments.ts";
import { login } from "./live/ams.ts";
import { namedBy, wireBy } from "./live/arguments.ts";
import { readDeployment } from "./live/deployment.ts";
import { NameError } from "./live/names.ts";
import { OutputsError } from "./live/outputs.ts";
import { hasFfmpeg } from "./live/publisher.ts";
import { readLogin } from "./live/secret.ts";
import { help, parseArguments } from "./load/arguments.ts";
import { consent } from "./load/consent.ts";
import { failuresOf, loadPage, summaryOf } from "./load/page.ts";
import { runLoad } from "./load/run.ts";
import { UsageError } from "./plan/arguments.ts";
import { paintFor } from "./plan/style.ts";

const timeoutMilliseconds = 10_000;

/** `npm run load`: publishers and viewers, few enough and for a time that ends. */
async function main(words: readonly string[]): Promise<void> {
  const asked = parseArguments(words);
  if (asked.help) return void process.stdout.write(help);
  const named = namedBy(asked.live, projectFolder);
  const wire = wireBy(asked.live, timeoutMilliseconds);
  const how = readLogin(asked.secret, process.env);
  if (!hasFfmpeg()) throw new UsageError("there is no ffmpeg here (Debian, Ubuntu, Homebrew: package ffmpeg)");
  const deployment = await readDeployment(named);
  if (deployment.rtmp === "") throw new UsageError("the stack takes no RTMP (ams:balancer.rtmp)");
  await consent(deployment, wire, asked);
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  const { panelUrl, panelUser } = deployment.outputs;
  const open = how === undefined ? undefined : () => login(wire, panelUrl, panelUser, how);
  const loaded = await runLoad(deployment, wire, asked, stop.signal, open);
  const summary = { publishers: summaryOf(loaded.published), viewers: summaryOf(loaded.viewed) };
  if (asked.json) process.stdout.write(`${JSON.stringify({ ...loaded, summary })}\n`);
  else process.stdout.write(loadPage(loaded, paintFor(process.stdout, process.env)));
  process.exitCode = stop.signal.aborted ? 130 : failuresOf(loaded) > 0 ? 1 : 0;
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
    const isUnread = error instanceof OutputsError || error instanceof NameError;
    throw isUnread ? new UsageError(error.message) : error;
  }
});
