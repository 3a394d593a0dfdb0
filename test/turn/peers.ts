import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mediaPorts, turnName } from "../../model/traffic/turn.ts";
import { type Allocation, allocate, TurnError } from "../../tools/live/turn/client.ts";
import { at, client } from "./place.ts";

/** Who gets where through the balancer and coturn. */

export const name = turnName({ name: "live.example.com" });
export const [mediaPort] = mediaPorts;
export const users = { "test-1": "passwordOne1", "test-2": "passwordTwo2" };
export const own = { username: "test-1", password: users["test-1"] };
export const uris = {
  udp: `turn:${name}:3478`,
  tcp: `turn:${name}:3478?transport=tcp`,
  tcp443: `turn:${name}:443?transport=tcp`,
  tls443: `turns:${name}:443?transport=tcp`,
};

/** Takes an allocation through the balancer. */
export const take = (from: string, uri: string = uris.udp, login = own, more: object = {}): Promise<Allocation> =>
  allocate({ uri, ...login }, { timeoutMilliseconds: 3000, address: at.balancer, localAddress: from, ...more });

/** "ok", or why not. */
export async function said(doing: Promise<unknown>): Promise<string> {
  try {
    await doing;
    return "ok";
  } catch (error) {
    return error instanceof TurnError ? String(error.code) : error instanceof Error ? error.message : "?";
  }
}

/** A peer that sends back what it gets, and counts. */
export async function listen(address: string, port: number = mediaPort) {
  const socket = createSocket("udp4");
  let got = 0;
  socket.on("message", (data, { port: from, address: by }) => {
    got += 1;
    socket.send(data, from, by);
  });
  await new Promise<void>((resolve) => socket.bind(port, address, resolve));
  return { count: () => got, close: () => socket.close() };
}

/** coturn's own client: how many messages of ten came back, within its time. */
export async function echo(
  from: string,
  peer: string,
  more: readonly string[],
  { port = mediaPort as number, seconds = 30 } = {},
): Promise<number> {
  const login = ["-u", own.username, "-w", own.password];
  const way = ["-c", "-n", "10", "-L", from, "-e", peer, "-r", `${port}`, ...more, at.balancer];
  const child = spawn("timeout", [`${seconds}`, "turnutils_uclient", ...login, ...way], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (text += part.toString()));
  await new Promise((resolve) => child.once("exit", resolve));
  return Number([...text.matchAll(/tot_recv_msgs=(\d+)/g)].at(-1)?.[1] ?? 0);
}

const forbidden = ["database", "neighbour", "turn", "metadata", "loopback", "otherNetwork", "internet"] as const;

/** What becomes of each forbidden peer: what the server says of it, and how much of what is sent reaches it. */
export async function peers(from: number): Promise<Record<string, { permit: string; got: number }>> {
  const results: Record<string, { permit: string; got: number }> = {};
  const allocation = await take(client(from));
  for (const peer of forbidden) {
    const target = await listen(at[peer]);
    const permit = await said(allocation.permit(at[peer], mediaPort));
    if (permit === "ok") await echo(client(from + 1), at[peer], [], { seconds: 8 });
    results[peer] = { permit, got: target.count() };
    target.close();
  }
  await allocation.release();
  return results;
}

/** A port of a node that is none of media's. */
export async function otherPort(from: string): Promise<number> {
  const target = await listen(at.node, 40_000);
  await echo(from, at.node, [], { port: 40_000, seconds: 8 });
  target.close();
  return target.count();
}
