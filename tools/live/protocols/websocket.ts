import { isIP, type TcpSocketConnectOpts } from "node:net";
import { type ClientOptions, WebSocket } from "ws";
import { trustOf, type Wire } from "./wire.ts";

/** An open WebSocket, or what was answered in its place. */
export type Upgrade = { readonly socket: WebSocket } | { readonly status: number };

export async function upgrade(wire: Wire, url: string): Promise<Upgrade> {
  const [address = ""] = await wire.names.addresses(new URL(url).hostname);
  const found = { address, family: isIP(address) };
  const options: ClientOptions & ReturnType<typeof trustOf> & Pick<TcpSocketConnectOpts, "lookup"> = {
    ...trustOf(wire),
    headers: { "User-Agent": "ams-cluster" },
    handshakeTimeout: wire.timeoutMilliseconds,
    rejectUnauthorized: false,
    lookup: (_, { all }, done) => (all === true ? done(null, [found]) : done(null, found.address, found.family)),
    ...(wire.from === undefined ? {} : { localAddress: wire.from }),
  };
  const socket = new WebSocket(url, options);
  return await new Promise((resolve, reject) => {
    socket.once("open", () => resolve({ socket }));
    socket.once("unexpected-response", (_, { statusCode = 0 }) => {
      resolve({ status: statusCode });
      socket.terminate();
    });
    socket.on("error", reject);
  });
}

/** Calls back with each JSON object that comes. */
export function onMessage(socket: WebSocket, take: (message: Readonly<Record<string, unknown>>) => void): void {
  socket.on("message", (data) => {
    const message = toObject(String(data));
    if (message !== undefined) take(message);
  });
}

function toObject(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
