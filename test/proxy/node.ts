import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { healthPath } from "../../model/traffic/listeners.ts";
import { nodePort } from "../../model/traffic/targets.ts";

/** A media machine's ports on an address of its own: it says who it is, and counts who came. */
export interface Node {
  readonly address: string;
  readonly seen: Seen[];
  /** What the health check gets. */
  healthy: boolean;
  /** Answers the health check in the node's place. @default 200 while it is healthy, and 503 */
  answer?: (response: ServerResponse) => void;
  /** What a request gets, by path; others get the node's name. */
  readonly pages: Map<string, () => { readonly body: string; readonly headers?: Readonly<Record<string, string>> }>;
  readonly close: () => Promise<void>;
}

export interface Seen {
  readonly kind: "http" | "websocket" | "tcp" | "udp";
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The proxy's own port of the connection. */
  readonly port?: number | undefined;
}

const accept = (key: string): string =>
  createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");

function web(node: Node): { readonly server: ReturnType<typeof createServer>; readonly sockets: Set<Socket> } {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    if (url === healthPath) {
      if (node.answer === undefined) response.writeHead(node.healthy ? 200 : 503).end("{}");
      else node.answer(response);
      return;
    }
    request.resume();
    node.seen.push({ kind: "http", url, headers: request.headers, port: request.socket.remotePort });
    const page = node.pages.get(url.split("?")[0] ?? "")?.();
    response.writeHead(200, { "X-Node": node.address, ...page?.headers }).end(page?.body ?? node.address);
  });
  // As long as Tomcat's keep-alive, and longer than a test.
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => sockets.add(socket.once("close", () => sockets.delete(socket))));
  server.on("upgrade", (request, socket) => {
    node.seen.push({ kind: "websocket", url: request.url ?? "", headers: request.headers });
    const key = request.headers["sec-websocket-key"] ?? "";
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept(key)}\r\nX-Node: ${node.address}\r\n\r\n`,
    );
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  return { server, sockets };
}

function ingest(node: Node, sockets: Set<Socket>): ReturnType<typeof createTcpServer> {
  return createTcpServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    node.seen.push({ kind: "tcp", url: "", headers: {} });
    socket.on("error", () => undefined);
    socket.write(`${node.address}\n`);
    socket.pipe(socket);
  });
}

export async function startNode(address: string): Promise<Node> {
  const node: Node = { address, seen: [], healthy: true, pages: new Map(), close: () => stop() };
  const { server, sockets } = web(node);
  const tcp = ingest(node, sockets);
  const udp = createSocket("udp4");
  udp.on("message", (_, from) => {
    node.seen.push({ kind: "udp", url: "", headers: {}, port: from.port });
    udp.send(address, from.port, from.address);
  });
  await new Promise<void>((resolve) => server.listen(nodePort, address, resolve));
  await new Promise<void>((resolve) => tcp.listen(1935, address, resolve));
  await new Promise<void>((resolve) => udp.bind(4200, address, resolve));
  let closed = false;
  const stop = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    for (const socket of sockets) socket.destroy();
    await Promise.all([
      new Promise<void>((resolve) => server.close(() => resolve())),
      new Promise<void>((resolve) => tcp.close(() => resolve())),
      new Promise<void>((resolve) => udp.close(() => resolve())),
    ]);
  };
  return node;
}
