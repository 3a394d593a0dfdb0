import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { reasonOf } from "../cli/faults.ts";
import type { Ams } from "../live/ams.ts";
import { perNode } from "../live/balance.ts";
import { type Deployment, ingestUrl } from "../live/deployment.ts";
import { play, playlistUrl } from "../live/protocols/hls.ts";
import { type Publisher, publish } from "../live/protocols/publisher.ts";
import type { Wire } from "../live/protocols/wire.ts";
import { type Viewed, type ViewerKind, watchHls, watchSocket } from "./viewers.ts";

export interface Published {
  readonly streamId: string;
  /** From ffmpeg's start to the first segment on an edge; undefined if that never came. */
  readonly startMilliseconds: number | undefined;
  readonly failure: string | undefined;
}

export interface Loaded {
  readonly address: string;
  readonly published: readonly Published[];
  readonly viewed: readonly Viewed[];
  /** Streams by node, as AMS says; undefined without a login. */
  readonly streamsPerNode: Readonly<Record<string, number>> | undefined;
  /** Whether somebody ended it before its time. */
  readonly isStopped: boolean;
}

export interface Load {
  readonly publishers: number;
  readonly viewers: number;
  readonly kinds: readonly ViewerKind[];
  readonly seconds: number;
  readonly rampSeconds: number;
  readonly kbps: number;
  readonly app: string;
}

/** What a stream may take to appear. */
const startSeconds = 30;

/** Everything that was started is ended before this returns, whatever happens. */
export async function runLoad(
  deployment: Deployment,
  wire: Wire,
  load: Load,
  signal: AbortSignal,
  login?: () => Promise<Ams>,
): Promise<Loaded> {
  const publishers = await startPublishers(deployment, wire, load);
  try {
    const published = await Promise.all(publishers.map((one) => appears(deployment, wire, load.app, one, signal)));
    const up = published.filter(({ failure }) => failure === undefined).map(({ streamId }) => streamId);
    const [viewed, streamsPerNode] = await Promise.all([
      watchAll(deployment, wire, load, up, signal),
      login === undefined ? undefined : nodesOf(login, load.app, up),
    ]);
    const ended = published.map((one, index): Published => {
      const reason = publishers[index]?.ended();
      return one.failure === undefined && reason !== undefined ? { ...one, failure: `ended: ${reason}` } : one;
    });
    return { address: deployment.web, published: ended, viewed, streamsPerNode, isStopped: signal.aborted };
  } finally {
    await Promise.all(publishers.map((one) => one.stop()));
  }
}

async function startPublishers(
  { ingest: [way] }: Deployment,
  wire: Wire,
  { publishers, kbps, app, seconds }: Load,
): Promise<readonly Publisher[]> {
  if (way === undefined) return [];
  const addresses = await wire.names.addresses(way.host);
  const name = randomBytes(3).toString("hex");
  return Array.from({ length: publishers }, (_, index) => {
    const address = addresses[index % addresses.length] ?? way.host;
    const maxSeconds = seconds + startSeconds + 30;
    return publish({ url: ingestUrl(way, address, app), streamId: `load-${name}-${index + 1}`, kbps, maxSeconds });
  });
}

async function appears(
  { outputs }: Deployment,
  wire: Wire,
  app: string,
  publisher: Publisher,
  signal: AbortSignal,
): Promise<Published> {
  const { streamId, startedMilliseconds } = publisher;
  const gone = new AbortController();
  const watch = setInterval(() => publisher.ended() !== undefined && gone.abort(), 200);
  try {
    const both = AbortSignal.any([signal, gone.signal]);
    await play(wire, playlistUrl(outputs.playUrl, app, streamId), startSeconds, both);
    return { streamId, startMilliseconds: Date.now() - startedMilliseconds, failure: undefined };
  } catch (error) {
    const failure = publisher.ended() ?? reasonOf(error);
    return { streamId, startMilliseconds: undefined, failure };
  } finally {
    clearInterval(watch);
  }
}

async function watchAll(
  { outputs, scheme, web, playPort }: Deployment,
  wire: Wire,
  { viewers, kinds, seconds, rampSeconds, app }: Load,
  streams: readonly string[],
  signal: AbortSignal,
): Promise<readonly Viewed[]> {
  if (streams.length === 0) return [];
  const end = Date.now() + seconds * 1000;
  const watchOne = async (index: number): Promise<Viewed> => {
    await wait((index * rampSeconds * 1000) / viewers, undefined, { signal }).catch(() => undefined);
    const streamId = streams[index % streams.length] ?? "";
    const common = { wire, streamId, milliseconds: end - Date.now(), signal };
    return kinds[index % kinds.length] === "websocket"
      ? watchSocket({ ...common, url: `${scheme}://${web}:${playPort}/${app}/websocket?target=edge` })
      : watchHls({ ...common, url: playlistUrl(outputs.playUrl, app, streamId) });
  };
  return await Promise.all(Array.from({ length: viewers }, (_, index) => watchOne(index)));
}

async function nodesOf(
  login: () => Promise<Ams>,
  app: string,
  own: readonly string[],
): Promise<Readonly<Record<string, number>> | undefined> {
  try {
    const streams = await (await login()).streams(app);
    return Object.fromEntries(perNode(streams.filter(({ streamId }) => own.includes(streamId))));
  } catch {
    // The report says that it is not known; `verify` says why.
    return undefined;
  }
}
