import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { host } from "./cache.ts";
import { segmentSeconds } from "./rules.ts";

/** A live stream as an edge gives it: segments of six seconds, of which the playlist lists the newest. */

export const segmentMilliseconds = segmentSeconds * 1000;
/** AMS's default, hlsListSize. */
const listed = 15;

export interface Edge {
  readonly port: number;
  /** Number of the newest segment. */
  readonly newest: () => number;
  readonly requests: readonly IncomingMessage[];
  readonly close: () => Promise<void>;
}

export async function startEdge(): Promise<Edge> {
  const begin = Date.now() - 20 * segmentMilliseconds;
  const newest = (): number => Math.floor((Date.now() - begin) / segmentMilliseconds) - 1;
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const isPlaylist = request.url?.endsWith(".m3u8") === true;
    response.setHeader("Cache-Control", "no-cache, no-store");
    response.setHeader("Set-Cookie", `JSESSIONID=${requests.length}; Path=/live; HttpOnly`);
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "null");
    response.setHeader("Vary", "Origin");
    if (request.url?.includes("absent") === true) response.statusCode = 404;
    response.end(isPlaylist ? playlist(newest()) : "segment");
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    newest,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const segmentName = (number: number): string => `stream1${String(number).padStart(9, "0")}.ts`;

function playlist(newest: number): string {
  const first = newest - listed + 1;
  const segments = Array.from(
    { length: listed },
    (_, index) => `#EXTINF:${segmentSeconds}.000000,\n${segmentName(first + index)}`,
  );
  const head = [
    "#EXTM3U",
    "#EXT-X-VERSION:3",
    `#EXT-X-TARGETDURATION:${segmentSeconds}`,
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
  ];
  return `${[...head, ...segments].join("\n")}\n`;
}

/** Number of the newest segment in a playlist's text. */
export const newestIn = (text: string): number => Number(/stream1(\d{9})\.ts\s*$/.exec(text)?.[1]);
