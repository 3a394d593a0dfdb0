import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";

/** As much of WebSocket's frames (RFC 6455, section 5.2) as AMS's signalling needs: short JSON texts in both directions. */

const text = 1;
const close = 8;
const ping = 9;
const pong = 10;

/** A client's frame; the standard wants its payload masked. */
function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  const size = payload.length;
  const head =
    size < 126
      ? Buffer.from([0x80 | opcode, 0x80 | size])
      : Buffer.from([0x80 | opcode, 0x80 | 126, size >> 8, size & 0xff]);
  return Buffer.concat([head, mask, masked]);
}

export const sendText = (socket: Socket, value: object): boolean =>
  socket.write(frame(text, Buffer.from(JSON.stringify(value))));

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly bytes: number;
}

/** The first whole frame of what came; undefined while a part is missing. */
function firstFrame(known: Buffer): Frame | undefined {
  const [first, second] = known;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (known.length < head) return undefined;
  const size = short === 126 ? known.readUInt16BE(2) : short === 127 ? Number(known.readBigUInt64BE(2)) : short;
  if (known.length < head + size) return undefined;
  return { opcode: first & 0x0f, payload: known.subarray(head, head + size), bytes: head + size };
}

/** Calls back with each JSON object that comes, and answers pings. */
export function onMessage(socket: Socket, take: (message: Readonly<Record<string, unknown>>) => void): void {
  let known = Buffer.alloc(0);
  socket.on("data", (part: Buffer) => {
    known = Buffer.concat([known, part]);
    for (let next = firstFrame(known); next !== undefined; next = firstFrame(known)) {
      known = known.subarray(next.bytes);
      if (next.opcode === ping) socket.write(frame(pong, next.payload));
      if (next.opcode === close) socket.end();
      const message = next.opcode === text ? toObject(next.payload.toString()) : undefined;
      if (message !== undefined) take(message);
    }
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
