import type { Socket } from "node:net";
import type { Store } from "./store.ts";

/** AMS's WebSocket as far as a player meets it: it offers media for a stream that there is, and an error for another. */

const text = 1;

/** A server's frame, which is not masked (RFC 6455, section 5.2). */
function send(socket: Socket, value: object): void {
  const payload = Buffer.from(JSON.stringify(value));
  const head = Buffer.alloc(4);
  head.writeUInt16BE(((0x80 | text) << 8) | 126, 0);
  head.writeUInt16BE(payload.length, 2);
  socket.write(Buffer.concat([head, payload]));
}

/** A short text of a client; the standard wants its mask. */
function textOf(frame: Buffer): string | undefined {
  const [first = 0, second = 0] = frame;
  if ((first & 0x0f) !== text || (second & 0x80) === 0) return undefined;
  const mask = frame.subarray(2, 6);
  return frame
    .subarray(6, 6 + (second & 0x7f))
    .map((byte, index) => byte ^ (mask[index % 4] ?? 0))
    .toString();
}

export function signal(socket: Socket, store: Store): void {
  socket.on("data", (frame: Buffer) => {
    const asked = textOf(frame);
    if (asked === undefined) return;
    const { command, streamId }: Readonly<Record<string, unknown>> = JSON.parse(asked);
    if (command !== "play" || typeof streamId !== "string") return;
    store.originOf(streamId).then(
      (origin) => {
        if (origin === undefined) send(socket, { command: "error", definition: "no_stream_exist", streamId });
        else send(socket, { command: "takeConfiguration", streamId, type: "offer", sdp: "v=0" });
      },
      () => socket.destroy(),
    );
  });
}
