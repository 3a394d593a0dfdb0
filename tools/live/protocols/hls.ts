import { reasonOf } from "../../cli/faults.ts";
import { send, type Wire } from "./wire.ts";

/** A stream that plays, by HTTP Live Streaming (RFC 8216): the playlist's address and the size of one segment. */
export interface Playing {
  readonly segmentBytes: number;
  readonly milliseconds: number;
}

export const playlistUrl = (base: string, app: string, streamId: string, query = ""): string =>
  new URL(`${app}/streams/${streamId}.m3u8${query === "" ? "" : `?${query}`}`, base).href;

/** Asks until a playlist has a segment and the segment comes; throws what was seen last. */
export async function play(wire: Wire, url: string, seconds: number, signal?: AbortSignal): Promise<Playing> {
  const begin = Date.now();
  let last = "no response";
  while (Date.now() - begin < seconds * 1000 && signal?.aborted !== true) {
    try {
      const bytes = await once(wire, url);
      if (typeof bytes === "number") return { segmentBytes: bytes, milliseconds: Date.now() - begin };
      last = bytes;
    } catch (error) {
      last = reasonOf(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`${last} after ${Math.round((Date.now() - begin) / 1000)} s`);
}

/** Bytes of the newest segment, or why there is none yet. A master playlist leads to its first variant. */
async function once(wire: Wire, url: string, depth = 0): Promise<number | string> {
  const { status, body } = await send(wire, { url });
  if (status !== 200) return `HTTP ${status}`;
  if (!body.startsWith("#EXTM3U")) return "HTTP 200, but not a playlist";
  const entries = body.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  const entry = entries.at(-1);
  if (entry === undefined) return "a playlist without segments";
  const next = new URL(entry, url);
  // Rules that look at the query have to send the segments the same way.
  if (next.search === "") next.search = new URL(url).search;
  if (next.pathname.endsWith(".m3u8"))
    return depth > 2 ? "playlists that refer to each other" : once(wire, next.href, depth + 1);
  const segment = await send(wire, { url: next.href });
  if (segment.status !== 200) return `a segment returned HTTP ${segment.status}`;
  return segment.body.length > 0 ? segment.body.length : "an empty segment";
}
