import { setTimeout as wait } from "node:timers/promises";
import { reasonOf } from "../cli/faults.ts";
import type { Deployment, Ingest } from "../live/deployment.ts";
import { play, playlistUrl } from "../live/protocols/hls.ts";
import { handshake } from "../live/protocols/rtmp.ts";
import { send } from "../live/protocols/wire.ts";
import { type Check, type Finding, type Flight, fail, isNotRun, notRun, pass } from "./check.ts";
import type { RemedyName } from "./remedies.ts";

/** A real stream: RTMP or RTMPS to the origins, HLS from the edges. */

async function shakes({ wire }: Flight, way: Ingest): Promise<Finding> {
  const addresses = await wire.names.addresses(way.host);
  const found = await Promise.all(
    addresses.map((address) =>
      handshake(wire, address, way).then(
        () => undefined,
        (error: unknown) => `${address}:${way.port}: ${reasonOf(error)}`,
      ),
    ),
  );
  const wrong = found.filter((one) => one !== undefined);
  return wrong.length > 0
    ? fail(wrong.join("; "), way.scheme)
    : pass(`handshake completed with ${addresses.join(", ")}`);
}

/** A server that takes a stream and doesn't want it ends it soon. */
const keptMilliseconds = 3000;

async function publishes(flight: Flight): Promise<Finding> {
  const stream = await flight.stream();
  if (isNotRun(stream)) return notRun(stream.why);
  const end = Date.now() + 1000 * flight.streamSeconds;
  while (Date.now() < end && !stream.isTaken() && stream.ended() === undefined) await wait(100);
  const kept = Date.now() + keptMilliseconds;
  while (Date.now() < kept && stream.isTaken() && stream.ended() === undefined) await wait(100);
  const ended = stream.ended();
  if (ended !== undefined) return fail(ended, "publish");
  if (!stream.isTaken()) return fail(`no response within ${flight.streamSeconds} s`, "publish");
  const origin = await originOf(flight, stream.streamId);
  return pass(`${stream.streamId} ${origin === undefined ? "is accepted" : `is on node ${origin}`}`);
}

/** The node that AMS itself names, where the panel can be asked. */
async function originOf(flight: Flight, streamId: string): Promise<string | undefined> {
  try {
    const ams = await flight.login();
    if (isNotRun(ams)) return undefined;
    const streams = await ams.streams(flight.app);
    return streams.find((one) => one.streamId === streamId)?.originAdress ?? undefined;
  } catch {
    // The panel has checks of its own.
    return undefined;
  }
}

/** Where a player asks for a stream. */
type Address = (stream: string, token: string | undefined) => string;

async function plays(flight: Flight, address: Address, remedy: RemedyName = "edgeReachesOrigin"): Promise<Finding> {
  const stream = await flight.stream();
  if (isNotRun(stream)) return notRun(stream.why);
  const token = flight.tokens("play", stream.streamId);
  if (typeof token === "object") return notRun(token.why);
  const url = address(stream.streamId, token);
  const ended = new AbortController();
  const watch = setInterval(() => stream.ended() !== undefined && ended.abort(), 200);
  try {
    await play(flight.wire, url, flight.streamSeconds, ended.signal);
    const seconds = (Date.now() - stream.startedMilliseconds) / 1000;
    return pass(`plays ${seconds.toFixed(1)} s after publishing began`);
  } catch (error) {
    if (stream.ended() !== undefined || !stream.isTaken())
      return notRun("the stream was not accepted; see the publish check");
    return fail(reasonOf(error), remedy);
  } finally {
    clearInterval(watch);
  }
}

const nameOf = ({ scheme }: Ingest): string => scheme.toUpperCase();

const isExclusive = ({ cluster }: Deployment): boolean => cluster?.cdn?.exclusive === true;

/** What the CDN and the load balancer refuse; no stream is needed. */
function closedChecks(deployment: Deployment): readonly Check[] {
  const { cdnUrl, publishUrl } = deployment.outputs;
  if (cdnUrl === "") return [];
  const refusal: Check = {
    id: "cdn-closed",
    title: "the CDN rejects paths that are not streams",
    // A page that the load balancer gives everybody: it refuses the panel's paths itself.
    run: (flight) => isRefused(flight, new URL(`${flight.app}/play.html`, cdnUrl).href, "cdnOpen"),
  };
  const only: Check = {
    id: "hls-cdn-only",
    title: "the load balancer serves HLS only to the CDN",
    run: async (flight) => {
      // AMS itself refuses who has no token.
      const token = flight.tokens("play", absent);
      if (typeof token === "object") return notRun(token.why);
      return isRefused(flight, atBalancer(publishUrl, flight.app)(absent, token), "cdnPassedBy");
    },
  };
  return [refusal, ...(isExclusive(deployment) ? [only] : [])];
}

/** Nobody publishes it. */
const absent = "verify";

const atBalancer =
  (base: string, app: string, query = ""): Address =>
  (stream, token) => {
    const words = [...(query === "" ? [] : [query]), ...(token === undefined ? [] : [`token=${token}`])];
    return playlistUrl(base, app, stream, words.join("&"));
  };

/** A CDN takes the token in the path, so that a playlist's segments have it too (model/traffic/play-tokens.ts). */
const atCdn =
  (base: string, app: string): Address =>
  (stream, token) =>
    playlistUrl(base, app, token === undefined ? stream : `${token}/${stream}`);

async function isRefused({ wire }: Flight, url: string, remedy: RemedyName): Promise<Finding> {
  const { status } = await send(wire, { url });
  return status === 403 ? pass("HTTP 403") : fail(`HTTP ${status} for ${url}`, remedy);
}

export const streamChecks = (deployment: Deployment): readonly Check[] => [
  ...(deployment.ingest.length === 0 ? [] : playChecks(deployment)),
  ...closedChecks(deployment),
];

/** A stream goes in by RTMP, or by RTMPS where that is all, and comes out on each way that there is. */
function playChecks(deployment: Deployment): readonly Check[] {
  const { outputs, ingest, hasEdges, publishPort, playPort } = deployment;
  const hls = (id: string | number, on: string, url: string, query = ""): Check => ({
    id: `hls-${id}`,
    title: `HLS plays ${on}`,
    run: (flight) => plays(flight, atBalancer(url, flight.app, query)),
  });
  const cdn: Check = {
    id: "hls-cdn",
    title: "HLS plays through the CDN",
    run: (flight) => plays(flight, atCdn(outputs.cdnUrl, flight.app), "cdnPlays"),
  };
  const direct: readonly Check[] = [
    hls(playPort, `on ${playPort}`, outputs.playUrl),
    hls(publishPort, `on ${publishPort}`, outputs.publishUrl),
    ...(hasEdges
      ? [hls(`target-${publishPort}`, `on ${publishPort} with target=edge`, outputs.publishUrl, "target=edge")]
      : []),
  ];
  return [
    ...ingest.map((way) => {
      const check = { title: `${nameOf(way)} responds on ${way.port}`, run: (flight: Flight) => shakes(flight, way) };
      return way.scheme === "rtmps" ? { id: "rtmps", ...check } : { id: "rtmp", ...check };
    }),
    ...ingest.slice(0, 1).map((way) => ({
      id: "publish",
      title: `${nameOf(way)} accepts a stream on ${way.port}`,
      run: publishes,
    })),
    ...(isExclusive(deployment) ? [] : direct),
    ...(outputs.cdnUrl === "" ? [] : [cdn]),
  ];
}
