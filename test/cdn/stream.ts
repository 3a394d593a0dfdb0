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

/** Whether an edge answers a request for a file, by the token that is shown with it. */
export type Admission = (path: string, token: string) => boolean;

export async function startEdge(admits: Admission = () => true): Promise<Edge> {
  const begin = Date.now() - 20 * segmentMilliseconds;
  const newest = (): number => Math.floor((Date.now() - begin) / segmentMilliseconds) - 1;
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const { pathname, searchParams } = new URL(request.url ?? "", "http://edge");
    const token = searchParams.get("token") ?? "";
    const isPlaylist = pathname.endsWith(".m3u8");
    response.setHeader("Cache-Control", "no-cache, no-store");
    response.setHeader("Set-Cookie", `JSESSIONID=${requests.length}; Path=/live; HttpOnly`);
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "null");
    response.setHeader("Vary", "Origin");
    if (pathname.includes("absent")) response.statusCode = 404;
    if (!admits(pathname, token)) response.statusCode = 403;
    // AMS names each segment with the token that the playlist was asked with (HlsManifestModifierFilter.java).
    const text = token === "" ? playlist(newest()) : playlist(newest()).replaceAll(".ts", `.ts?token=${token}`);
    response.end(isPlaylist ? text : "segment");
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
