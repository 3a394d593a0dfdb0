import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { Ingest } from "../deployment.ts";
import { dial, dialTls, type Wire } from "./wire.ts";

/**
 * RTMP's simple handshake (Adobe's RTMP 1.0, section 5.2): C0 and C1, S0, S1 and S2, C2. S2 has to echo what C1 said,
 * which a TCP balancer without a node behind it, or some other server, can't.
 */

const version = 3;
const size = 1536;
const head = 8;

export async function handshake(wire: Wire, address: string, { scheme, host, port }: Ingest): Promise<void> {
  const socket = await (scheme === "rtmps" ? dialTls(wire, address, port, host) : dial(wire, address, port));
  try {
    const own = Buffer.concat([Buffer.alloc(head), randomBytes(size - head)]);
    const answered = read(socket, 1 + 2 * size, wire.timeoutMilliseconds);
    socket.write(Buffer.concat([Buffer.from([version]), own]));
    const answer = await answered;
    if (answer[0] !== version) throw new Error(`not RTMP: the first byte is ${answer[0]}, not ${version}`);
    const theirs = answer.subarray(1, 1 + size);
    const echo = answer.subarray(1 + size);
    // The second four bytes of S2 are a time of the server's own.
    if (!echo.subarray(head).equals(own.subarray(head)))
      throw new Error("not RTMP: the echo differs from the data that was sent");
    socket.write(theirs);
  } finally {
    socket.destroy();
  }
}

function read(socket: Socket, bytes: number, milliseconds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no RTMP response within ${milliseconds / 1000} s`)), milliseconds);
    let known = Buffer.alloc(0);
    socket.on("data", (part: Buffer) => {
      known = Buffer.concat([known, part]);
      if (known.length >= bytes) done(() => resolve(known.subarray(0, bytes)));
    });
    socket.once("error", (error) => done(() => reject(error)));
    socket.once("close", () =>
      done(() => reject(new Error(`connection closed after ${known.length} of ${bytes} handshake bytes`))),
    );
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
    };
  });
}
