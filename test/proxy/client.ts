import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request as plain } from "node:http";
import { Agent as SecureAgent, request as secure } from "node:https";
import { connect, type Socket } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { loopback } from "../support/loopback.ts";

/** Who asks, and what. */
export interface Ask {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** @default GET */
  readonly method?: string;
  readonly scheme?: "http" | "https";
  /** The client's own address. */
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Authority that the certificate must be of; with https only. */
  readonly ca?: string;
  /** For a test that looks at the certificate itself. */
  readonly anyCertificate?: boolean;
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Serial number of the certificate that was shown. */
  readonly serial: string | undefined;
}

const name = "live.example.com";

function open(ask: Ask) {
  const options = {
    host: ask.host,
    port: ask.port,
    path: ask.path,
    method: ask.method ?? "GET",
    localAddress: ask.from ?? `${loopback}.8.1`,
    headers: { Host: name, ...ask.headers },
    timeout: 10_000,
    ...(ask.agent === undefined ? {} : { agent: ask.agent }),
  };
  // A session that is resumed shows the certificate that it began with.
  const agent = ask.agent ?? new SecureAgent({ maxCachedSessions: 0 });
  return ask.scheme === "https"
    ? secure({ ...options, agent, servername: name, ca: ask.ca, rejectUnauthorized: ask.anyCertificate !== true })
    : plain(options);
}

const serialOf = ({ socket }: IncomingMessage): string | undefined =>
  "getPeerCertificate" in socket
    ? (socket.getPeerCertificate as () => { serialNumber: string })().serialNumber
    : undefined;

/**
 * A connection that was idle may be closed just when it is used again, by any server at any time: browsers then ask anew
 * (RFC 9112, section 9.3.1), and so does this.
 */
export function send(ask: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = open(ask);
    request.once("timeout", () => request.destroy(new Error("no answer in 10 s")));
    request.once("error", (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && error.code === "ECONNRESET") resolve(send(ask));
      else reject(error);
    });
    request.once("response", (response) => {
      const serial = serialOf(response);
      let body = "";
      response.on("data", (part: Buffer) => (body += part.toString()));
      response.once("error", reject);
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, serial }),
      );
    });
    request.end();
  });
}

/** An open connection: what was said to it comes back. */
export interface Line {
  readonly node: string;
  /** Whether it gives back what it gets. */
  readonly echoes: () => Promise<boolean>;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

function line(socket: Socket, node: string): Line {
  let isOpen = true;
  socket.on("close", () => (isOpen = false));
  socket.on("error", () => (isOpen = false));
  return {
    node,
    isOpen: () => isOpen,
    close: () => socket.destroy(),
    echoes: () =>
      new Promise((resolve) => {
        const text = randomBytes(8);
        const timer = setTimeout(() => resolve(false), 2000);
        socket.once("data", (part: Buffer) => {
          clearTimeout(timer);
          resolve(isDeepStrictEqual(part, text));
        });
        if (isOpen) socket.write(text);
        else resolve(false);
      }),
  };
}

/** A WebSocket, up to its handshake; its frames are not looked into. */
export function webSocket(ask: Ask): Promise<Line> {
  const key = randomBytes(16).toString("base64");
  const wanted = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  const headers = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": key,
  };
  return new Promise((resolve, reject) => {
    const request = open({ ...ask, headers: { ...headers, ...ask.headers } });
    request.once("error", reject);
    request.once("response", ({ statusCode }) => reject(new Error(`no upgrade: ${statusCode}`)));
    request.once("upgrade", (response, socket) => {
      if (response.headers["sec-websocket-accept"] !== wanted) reject(new Error("a wrong answer to the key"));
      resolve(line(socket as Socket, String(response.headers["x-node"])));
    });
    request.end();
  });
}

/** A TCP stream; the node names itself first. */
export function tcpStream(host: string, port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, localAddress: `${loopback}.8.1` });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed")));
    socket.once("data", (part: Buffer) => resolve(line(socket, part.toString().trim())));
  });
}

/** One packet, and the name of the node that answered it. */
export function packet(host: string, port: number): Promise<string> {
  const socket = createSocket("udp4");
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), 3000);
    socket.once("message", (text) => {
      clearTimeout(timer);
      resolve(text.toString());
    });
    socket.bind(0, `${loopback}.8.1`, () => socket.send("hello", port, host));
  }).finally(() => socket.close());
}
