import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { reasonOf } from "../cli/faults.ts";
import { onMessage, upgrade } from "../live/protocols/websocket.ts";
import { send, type Wire } from "../live/protocols/wire.ts";
export type ViewerKind = "hls" | "websocket";

export interface Viewed {
  readonly kind: ViewerKind;
  readonly streamId: string;
  /** From the first request to the first segment, or to AMS's offer; undefined if that never came. */
  readonly startMilliseconds: number | undefined;
  readonly segments: number;
  readonly bytes: number;
  /** Times in which nothing new came for three segments' length. */
  readonly stalls: number;
  readonly failure: string | undefined;
}

export interface Watch {
  readonly wire: Wire;
  readonly url: string;
  readonly streamId: string;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** A player that takes each segment once, with one session and kept connections. */
export async function watchHls({ wire, url, streamId, milliseconds, signal }: Watch): Promise<Viewed> {
  const agent = url.startsWith("https:") ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const begin = Date.now();
  const taken = new Set<string>();
  let cookie = "";
  let [bytes, stalls, targetSeconds] = [0, 0, 2];
  let [start, failure]: [number | undefined, string | undefined] = [undefined, undefined];
  let latest = begin;
  const get = async (target: string): Promise<string> => {
    const headers = cookie === "" ? {} : { Cookie: cookie };
    const answer = await send(wire, { url: target, agent, headers });
    cookie = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ") || cookie;
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
    return answer.body;
  };
  while (Date.now() - begin < milliseconds && !signal.aborted) {
    try {
      const list = await get(url);
      targetSeconds = Number(/#EXT-X-TARGETDURATION:(\d+)/.exec(list)?.[1] ?? targetSeconds);
      const entries = list.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
      for (const entry of entries.filter((one) => !taken.has(one))) {
        // A player that comes late begins near the live edge.
        if (taken.size > 0 || entry === entries.at(-1)) {
          bytes += (await get(withQuery(entry, url))).length;
          start ??= Date.now() - begin;
          latest = Date.now();
        }
        if (start !== undefined) taken.add(entry);
      }
    } catch (error) {
      failure = reasonOf(error);
    }
    if (start !== undefined && Date.now() - latest > 3000 * targetSeconds) {
      stalls += 1;
      latest = Date.now();
    }
    await pause(Math.min(500 * targetSeconds, 2000), signal);
  }
  agent.destroy();
  const lost = start === undefined ? (failure ?? "received no segment") : undefined;
  return { kind: "hls", streamId, startMilliseconds: start, segments: taken.size, bytes, stalls, failure: lost };
}

function withQuery(entry: string, url: string): string {
  const next = new URL(entry, url);
  if (next.search === "") next.search = new URL(url).search;
  return next.href;
}

/** Asks to play and waits for AMS's offer; then holds the connection. Media would need a WebRTC engine. */
export async function watchSocket({ wire, url, streamId, milliseconds, signal }: Watch): Promise<Viewed> {
  const begin = Date.now();
  const empty = { kind: "websocket", streamId, segments: 0, bytes: 0, stalls: 0 } as const;
  try {
    const answer = await upgrade(wire, url);
    if ("status" in answer) return { ...empty, startMilliseconds: undefined, failure: `HTTP ${answer.status}` };
    const { socket } = answer;
    let start: number | undefined;
    let failure: string | undefined = "received no offer";
    const closed = new AbortController();
    socket.once("close", () => closed.abort()).on("error", () => closed.abort());
    onMessage(socket, ({ command, definition }) => {
      if (command === "takeConfiguration") [start, failure] = [start ?? Date.now() - begin, undefined];
      if (command === "error") failure = String(definition);
    });
    socket.send(JSON.stringify({ command: "play", streamId }));
    await pause(milliseconds - (Date.now() - begin), AbortSignal.any([signal, closed.signal]));
    if (closed.signal.aborted && failure === undefined) failure = "closed by the server";
    socket.terminate();
    return { ...empty, startMilliseconds: start, failure };
  } catch (error) {
    return { ...empty, startMilliseconds: undefined, failure: reasonOf(error) };
  }
}
