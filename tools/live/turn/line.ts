import { createSocket } from "node:dgram";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { lengthOf } from "./message.ts";

/** Where a TURN server is, as a URI says it (RFC 7065). */
export interface TurnAddress {
  readonly host: string;
  readonly port: number;
  readonly transport: "udp" | "tcp" | "tls";
}

export function addressOf(uri: string): TurnAddress | undefined {
  const [, scheme = "", host = "", port, transport = "udp"] =
    /^(turns?):([A-Za-z0-9.-]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/.exec(uri) ?? [];
  if (scheme === "") return undefined;
  if (scheme === "turns") return { host, port: Number(port ?? 5349), transport: "tls" };
  return { host, port: Number(port ?? 3478), transport: transport === "tcp" ? "tcp" : "udp" };
}

export interface LineOptions {
  readonly timeoutMilliseconds: number;
  /** In the place of the host's own. */
  readonly address?: string;
  /** Where this end begins. */
  readonly localAddress?: string;
  /** Authorities beside the system's. */
  readonly ca?: readonly string[];
}

/** Messages to a server and from it. */
export interface Line {
  readonly send: (bytes: Buffer) => void;
  readonly onMessage: (told: (bytes: Buffer) => void) => void;
  /** Whether what is lost on the way has to be sent again. */
  readonly loses: boolean;
  readonly close: () => void;
}

export const openLine = (address: TurnAddress, options: LineOptions): Promise<Line> =>
  address.transport === "udp" ? openDatagrams(address, options) : openStream(address, options);

function openDatagrams({ host, port }: TurnAddress, { address, localAddress }: LineOptions): Promise<Line> {
  const socket = createSocket("udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, localAddress, () =>
      socket.connect(port, address ?? host, (...[error]: readonly unknown[]) => {
        if (error !== undefined && error !== null) return reject(error);
        socket.removeListener("error", reject);
        // A closed port is told by the next answer that does not come.
        socket.on("error", () => undefined);
        resolve({
          send: (bytes) => socket.send(bytes),
          onMessage: (told) => void socket.on("message", told),
          loses: true,
          close: () => socket.close(),
        });
      }),
    );
  });
}

function openStream(at: TurnAddress, options: LineOptions): Promise<Line> {
  const { timeoutMilliseconds, address, localAddress, ca } = options;
  const place = {
    host: address ?? at.host,
    port: at.port,
    ...(localAddress === undefined ? {} : { localAddress }),
  };
  const socket: Socket =
    at.transport === "tls"
      ? connectTls({ ...place, servername: at.host, ...(ca === undefined ? {} : { ca: [...ca] }) })
      : connectTcp(place);
  return new Promise((resolve, reject) => {
    const late = (): void => void socket.destroy(new Error(`no connection within ${timeoutMilliseconds} ms`));
    const timer = setTimeout(late, timeoutMilliseconds);
    socket.once("error", reject);
    socket.once("close", () => clearTimeout(timer));
    socket.once(at.transport === "tls" ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
      socket.removeListener("error", reject);
      socket.on("error", () => undefined);
      resolve({
        send: (bytes) => void socket.write(bytes),
        onMessage: (told) => readMessages(socket, told),
        loses: false,
        close: () => void socket.destroy(),
      });
    });
  });
}

function readMessages(socket: Socket, told: (bytes: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (let length = lengthOf(rest); length !== undefined && rest.length >= length; length = lengthOf(rest)) {
      told(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
}
