import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { paintFor } from "./cli/terminal.ts";
import { login } from "./live/ams.ts";
import { readDeployment } from "./live/deployment.ts";
import { hasFfmpeg, noFfmpeg } from "./live/protocols/publisher.ts";
import { readLogin } from "./live/secret.ts";
import { wireBy } from "./live/target.ts";
import { consent } from "./load/consent.ts";
import { failuresOf, loadPage, summaryOf } from "./load/page.ts";
import { type Load, runLoad } from "./load/run.ts";

const timeoutMilliseconds = 10_000;

/** Publishers and viewers, few enough and for a time that ends. */
export async function run(given: GivenTo<"load">): Promise<number> {
  const load = loadOf(given);
  const wire = wireBy(given, timeoutMilliseconds);
  const how = readLogin(given.secret, process.env);
  if (!hasFfmpeg()) throw new UsageError(noFfmpeg);
  const deployment = await readDeployment(given);
  if (deployment.ingest.length === 0)
    throw new UsageError("the stack accepts neither RTMP (ams:balancer.rtmp) nor RTMPS (ams:balancer.rtmps)");
  await consent(deployment, wire, load, given.yes);
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  const { panelUrl, panelUser } = deployment.outputs;
  const open = how === undefined ? undefined : () => login(wire, panelUrl, panelUser, how);
  const loaded = await runLoad(deployment, wire, load, stop.signal, open);
  const summary = { publishers: summaryOf(loaded.published), viewers: summaryOf(loaded.viewed) };
  if (given.json) process.stdout.write(`${JSON.stringify({ ...loaded, summary })}\n`);
  else process.stdout.write(loadPage(loaded, paintFor(process.stdout, process.env)));
  return stop.signal.aborted ? 130 : failuresOf(loaded) > 0 ? 1 : 0;
}

function loadOf({ by, ramp, bitrate, publishers, viewers, seconds, app }: GivenTo<"load">): Load {
  const rampSeconds = ramp ?? Math.floor(seconds / 3);
  if (rampSeconds > seconds) throw new UsageError(`--ramp: got ${ramp}; allowed: a whole number from 0 to ${seconds}`);
  return {
    publishers,
    viewers,
    seconds,
    app,
    rampSeconds,
    kbps: bitrate,
    kinds: by === "both" ? ["hls", "websocket"] : [by],
  };
}
