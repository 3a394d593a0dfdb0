import { createConnection, type Socket } from "node:net";
import type { Node } from "./site.ts";

/** Another node or a balancer that asks for a stream as often as the gate lets it, as one does whose viewers wait. */
export function neighbour(of: Node): { readonly stop: () => Promise<void> } {
  let stopped = false;
  const sealed = (): boolean =>
    (of
      .events()
      .filter((line) => line.startsWith("gate "))
      .at(-1) ?? "sealed") === "gate sealed";
  const asks = async (): Promise<void> => {
    while (!stopped) {
      // Nobody comes before there is a gate: cloud-init's boot command holds AMS back.
      if (of.events().some((line) => line.startsWith("gate ")) && !sealed())
        await fetch(`${of.url}/live/streams/one.m3u8`, { signal: AbortSignal.timeout(2000) })
          .then((answer) => answer.text())
          // AMS ended before or within its answer.
          .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const done = asks();
  return {
    stop: () => {
      stopped = true;
      return done;
    },
  };
}

export interface Viewer {
  readonly isCut: () => boolean;
  readonly leave: () => void;
}

/** Somebody who watches a stream on the node, over one connection. */
export async function viewer({ url }: Node): Promise<Viewer> {
  const { hostname, port } = new URL(url);
  let cut = false;
  const socket: Socket = createConnection(Number(port), hostname);
  socket
    .on("error", () => undefined)
    .once("close", () => {
      cut = true;
    });
  socket.write("GET /live/websocket HTTP/1.1\r\nHost: ams\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  await new Promise<void>((resolve, reject) => {
    socket.once("data", () => resolve()).once("close", () => reject(new Error("no stream")));
  });
  return { isCut: () => cut, leave: () => void socket.destroy() };
}
