import { type Agent, type IncomingHttpHeaders, request as plain } from "node:http";
import { request as secure } from "node:https";
import { connect as connectTcp, type Socket } from "node:net";
import {
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import type { Names } from "../names.ts";

/** The way from this machine to the cluster. */
export interface Wire {
  readonly names: Names;
  /** Authorities beside the usual ones. */
  readonly trust: SecureContext | undefined;
  /** The address of this machine to come from. */
  readonly from: string | undefined;
  /** For a connection and for an answer. */
  readonly timeoutMilliseconds: number;
}

export interface Ask {
  readonly url: string;
  /** One of the host's addresses; the first where none is given. */
  readonly address?: string;
  readonly method?: "GET" | "POST" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Refuses a certificate that browsers would refuse. For whatever carries a secret. */
  readonly trusted?: boolean;
  /** Keeps connections, for who asks often; a new connection for each request where there is none. */
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Connected or not: nothing came in the time for it. */
export class NoAnswerError extends Error {}

/** Answers are playlists, JSON and segments of some seconds. */
const mostBytes = 32 << 20;

/** Made once: reading the usual authorities takes longer than a handshake. */
export const trusting = (pem: string): SecureContext => createSecureContext({ ca: [...rootCertificates, pem] });

/** As the options of a TLS connection have it. */
export const trustOf = ({ trust }: Wire): { readonly secureContext?: SecureContext } =>
  trust === undefined ? {} : { secureContext: trust };

async function open(wire: Wire, ask: Ask) {
  const url = new URL(ask.url);
  const [first = ""] = await wire.names.addresses(url.hostname);
  const options = {
    host: ask.address ?? first,
    port: url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
    method: ask.method ?? "GET",
    headers: { Host: url.host, "User-Agent": "ams-cluster", ...ask.headers },
    agent: ask.agent ?? (false as const),
    timeout: wire.timeoutMilliseconds,
    ...(wire.from === undefined ? {} : { localAddress: wire.from }),
  };
  if (url.protocol === "http:") return plain(options);
  return secure({ ...options, ...trustOf(wire), servername: url.hostname, rejectUnauthorized: ask.trusted === true });
}

/** One request on a connection of its own. */
export async function send(wire: Wire, ask: Ask): Promise<Answer> {
  const request = await open(wire, ask);
  return await new Promise((resolve, reject) => {
    const late = (): void =>
      void request.destroy(new NoAnswerError(`no response within ${wire.timeoutMilliseconds / 1000} s`));
    const timer = setTimeout(late, wire.timeoutMilliseconds);
    request.once("timeout", late);
    request.once("close", () => clearTimeout(timer));
    request.once("error", reject);
    request.once("response", (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > mostBytes) request.destroy(new Error(`the response exceeds ${mostBytes} bytes`));
        parts.push(part);
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString("latin1"),
        }),
      );
    });
    request.end(ask.body);
  });
}

/** A TCP connection to one address. */
export function dial(wire: Wire, address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const local = wire.from === undefined ? {} : { localAddress: wire.from };
    const socket = connectTcp({ host: address, port, timeout: wire.timeoutMilliseconds, ...local });
    socket.once("timeout", () =>
      socket.destroy(new Error(`no connection within ${wire.timeoutMilliseconds / 1000} s`)),
    );
    socket.once("error", reject);
    socket.once("connect", () => resolve(socket.setTimeout(0)));
  });
}

/** The same with TLS for a name. Whoever needs the certificate to be trusted looks at it. */
export async function dialTls(wire: Wire, address: string, port: number, name: string): Promise<TLSSocket> {
  const plainSocket = await dial(wire, address, port);
  return await new Promise((resolve, reject) => {
    const options = { servername: name, rejectUnauthorized: false, ...trustOf(wire) };
    const socket = connectTls({ socket: plainSocket, ...options });
    const late = (): void =>
      void socket.destroy(new Error(`no TLS connection within ${wire.timeoutMilliseconds / 1000} s`));
    socket.setTimeout(wire.timeoutMilliseconds, late);
    // Both layers may fail, one after the other.
    socket.on("error", reject);
    socket.once("close", () => reject(new Error("connection closed during the TLS handshake")));
    socket.once("secureConnect", () => resolve(socket.setTimeout(0)));
  });
}
