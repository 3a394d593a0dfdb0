import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { admits, validToken } from "../cdn/admission.ts";
import { signal } from "./signalling.ts";
import type { Store } from "./store.ts";

/**
 * Stand-in for Ant Media Server's HTTP side: its REST with its refusals (AuthenticationFilter.java), Tomcat's sessions
 * (StatisticsFilter.java begins one for each playlist request), WebSockets, and HLS that an edge gets from the stream's
 * origin. What is streamed is real: nginx with its RTMP module makes it. Nodes, streams and users are in a database, each
 * node asking for itself.
 */

export interface State {
  readonly user: string;
  readonly password: string;
  readonly jwtKey: string;
  readonly standalone: Set<string>;
  /** Faults. */
  restIsOpen: boolean;
  edgesReachOrigins: boolean;
  originsTakeStreams: boolean;
  /** Signs the tokens of publishers and players; without one nobody needs any. */
  readonly streamKey: string | undefined;
  /** Settings of each application. */
  readonly applications: Map<string, Record<string, unknown>>;
  /** Wrong passwords until now; AMS then takes no right one either, for five minutes. */
  failedLogins: number;
}

/** CommonRestService.java: ALLOWED_LOGIN_ATTEMPTS. */
const allowedLogins = 2;

export interface AmsNode {
  readonly address: string;
  readonly close: () => Promise<void>;
}

export const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** Sessions of one Tomcat: it knows its own, and takes the first of several cookies that it knows. */
class Sessions {
  readonly #known = new Map<string, { authenticated: boolean }>();

  of(request: IncomingMessage): { authenticated: boolean } | undefined {
    const ids = [...(request.headers.cookie ?? "").matchAll(/JSESSIONID=([^;]+)/g)].map(([, id]) => id ?? "");
    return ids.map((id) => this.#known.get(id)).find((session) => session !== undefined);
  }

  begin(response: ServerResponse, path: string): { authenticated: boolean } {
    const id = randomBytes(16).toString("hex").toUpperCase();
    const session = { authenticated: false };
    this.#known.set(id, session);
    response.setHeader("Set-Cookie", `JSESSIONID=${id}; Path=${path}; HttpOnly`);
    return session;
  }
}

/** Result.java. */
const result = (success: boolean, message = "") => ({ success, message, dataId: "", errorId: 0 });

/** Tomcat's page of an error. A refusal of AMS's filters begins a session, but for that of a wrong token. */
function refuse(response: ServerResponse, sessions: Sessions, status: number, why: string, begins = true): void {
  if (status === 403 && begins) sessions.begin(response, "/");
  const page = `<!doctype html><html lang="en"><head><title>HTTP Status ${status}</title></head><body>${why}</body></html>`;
  response.writeHead(status, { "Content-Type": "text/html;charset=utf-8" }).end(page);
}

/** AMS gives no more at once, whatever is asked for. */
const mostRows = 50;

/** What REST answers to somebody who may ask. */
async function found({ state, address, store }: NodeOptions, url: URL): Promise<unknown> {
  const path = url.pathname.slice("/rest/v2/".length);
  const [, offset, size] = /^cluster\/nodes\/(\d+)\/(\d+)$/.exec(path) ?? [];
  if (offset !== undefined && state.standalone.has(address))
    throw new Error("No bean named 'tomcat.cluster' available");
  if (offset !== undefined) return await store.nodes(Number(offset), Math.min(Number(size), mostRows));
  if (path === "cluster-mode-status") return result(!state.standalone.has(address));
  if (path === "version") return { versionName: "3.0.3", versionType: "Enterprise Edition", buildNumber: "1" };
  if (path === "applications") return { applications: [...state.applications.keys()] };
  const [, app] = /^applications\/settings\/(.+)$/.exec(path) ?? [];
  if (app !== undefined) return state.applications.get(app);
  const asked = path === "request" ? (url.searchParams.get("_path") ?? "") : "";
  const [, of, from, most] = /^([\w-]+)\/rest\/v2\/broadcasts\/list\/(\d+)\/(\d+)$/.exec(asked) ?? [];
  if (of !== undefined && of !== "live") return [];
  return from === undefined ? undefined : await store.streams(Number(from), Math.min(Number(most), mostRows));
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const value: unknown = JSON.parse(Buffer.concat(parts).toString() || "{}");
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

/** AdminRestService.java counts wrong passwords of users that there are. */
async function authenticate({ state, store }: NodeOptions, request: IncomingMessage): Promise<boolean> {
  const { email, password } = await bodyOf(request);
  if (typeof email !== "string" || typeof password !== "string" || (await store.userCount({ email })) === 0)
    return false;
  const success = state.failedLogins < allowedLogins && (await store.userCount({ email, password })) > 0;
  state.failedLogins = success ? 0 : state.failedLogins + 1;
  return success;
}

async function rest(
  options: NodeOptions,
  sessions: Sessions,
  url: URL,
  { request, response }: Exchange,
): Promise<void> {
  const { state, address, store } = options;
  const path = url.pathname.slice("/rest/v2/".length);
  if (path === "liveness") return answer(response, 200, { host: address, status: "ok" });
  if (path === "first-login-status") return answer(response, 200, result((await store.userCount()) === 0));
  if (path === "users/authenticate") {
    const success = await authenticate(options, request);
    const session = sessions.of(request) ?? sessions.begin(response, "/");
    session.authenticated = success;
    return answer(response, 200, result(success, success ? "system/ADMIN" : ""));
  }
  const header = request.headers["proxyauthorization"];
  const may =
    state.restIsOpen || sessions.of(request)?.authenticated === true || validToken(state.jwtKey, String(header));
  if (!may) return refuse(response, sessions, 403, "Not authenticated user", header === undefined);
  const [, gone] = /^applications\/([\w-]+)$/.exec(path) ?? [];
  if (request.method === "DELETE" && gone !== undefined)
    return answer(response, 200, result(state.applications.delete(gone)));
  const value = await found(options, url);
  return value === undefined ? refuse(response, sessions, 404, path) : answer(response, 200, value);
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface NodeOptions {
  readonly address: string;
  readonly state: State;
  readonly store: Store;
  /** Where this origin's segments are; undefined for an edge. */
  readonly streams: string | undefined;
}

const numbered = (_: string, digits: string): string => `${digits.padStart(9, "0")}.ts`;

const streamOf = (name: string): string => name.replace(/\.m3u8$|\d{9}\.ts$/, "");

/** Without its database AMS was not seen: here it then finds no stream. */
async function media({ state, store, streams }: NodeOptions, name: string): Promise<Buffer | undefined> {
  try {
    const origin = await store.originOf(streamOf(name));
    if (origin === undefined) return undefined;
    // AMS numbers its segments with nine digits, and nginx does not.
    const own = name.replace(/(\d{9})\.ts$/, (_, digits) => `-${Number(digits)}.ts`);
    if (streams !== undefined) {
      const bytes = readFileSync(`${streams}/${own}`);
      return own === name ? Buffer.from(bytes.toString().replace(/-(\d+)\.ts/g, numbered)) : bytes;
    }
    if (!state.edgesReachOrigins) return undefined;
    const answered = await fetch(`http://${origin}:5080/live/streams/${name}`);
    return answered.ok ? Buffer.from(await answered.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

export async function startAmsNode(options: NodeOptions): Promise<AmsNode> {
  const { address, store } = options;
  const sessions = new Sessions();
  const sockets = new Set<Socket>();
  const serve = async ({ request, response }: Exchange): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://ams");
    if (url.pathname.startsWith("/rest/")) return await rest(options, sessions, url, { request, response });
    if (!url.pathname.startsWith("/live/streams/")) return void response.writeHead(200).end("<html></html>");
    if (url.pathname.endsWith(".m3u8") && sessions.of(request) === undefined) sessions.begin(response, "/live");
    const name = url.pathname.slice("/live/streams/".length);
    // An edge asks as a node of the cluster.
    const isNode = options.streams !== undefined;
    if (!isNode && !admits(options.state.streamKey, "play", streamOf(name), url.searchParams.get("token")))
      return refuse(response, sessions, 403, "Invalid Token", false);
    const bytes = await media(options, name);
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  };
  const server = createServer((request, response) => {
    // What the database does not answer is an exception in AMS, which Tomcat makes a 500.
    serve({ request, response }).catch((error: unknown) => refuse(response, sessions, 500, String(error)));
  });
  server.on("connection", (socket) => sockets.add(socket.once("close", () => sockets.delete(socket))));
  server.on("upgrade", (request, socket) => {
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.on("error", () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    signal(socket as Socket, store);
  });
  await new Promise<void>((resolve) => server.listen(5080, address, resolve));
  return {
    address,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
