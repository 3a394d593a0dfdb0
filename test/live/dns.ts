import { createSocket } from "node:dgram";

/** A DNS server with the records of a test: A by address, CNAME by name. */
export interface Dns {
  readonly server: string;
  readonly addresses: Map<string, string>;
  readonly aliases: Map<string, string>;
  readonly close: () => Promise<void>;
}

const types = { address: 1, alias: 5 } as const;
const internet = 1;
const noSuchName = 3;

function readName(packet: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let size = packet[at] ?? 0; size > 0; size = packet[at] ?? 0) {
    labels.push(packet.toString("latin1", at + 1, at + 1 + size));
    at += 1 + size;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

const writeName = (name: string): Buffer =>
  Buffer.concat([
    ...name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function record(name: string, type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(internet, 2);
  head.writeUInt32BE(60, 4);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([writeName(name), head, data]);
}

/** RFC 1035, section 4: the question comes back with its answers. */
function answer(question: Buffer, { addresses, aliases }: Pick<Dns, "addresses" | "aliases">): Buffer {
  const { name, end } = readName(question, 12);
  const type = question.readUInt16BE(end);
  const alias = aliases.get(name);
  const address = addresses.get(alias ?? name);
  const rows: Buffer[] = [];
  if (alias !== undefined) rows.push(record(name, types.alias, writeName(alias)));
  if (type === types.address && address !== undefined) {
    rows.push(record(alias ?? name, types.address, Buffer.from(address.split(".").map(Number))));
  }
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  const isKnown = alias !== undefined || address !== undefined;
  head.writeUInt16BE(0x8180 | (isKnown ? 0 : noSuchName), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(rows.length, 6);
  return Buffer.concat([head, question.subarray(12, end + 4), ...rows]);
}

export async function startDns(address: string): Promise<Dns> {
  const socket = createSocket("udp4");
  const records = { addresses: new Map<string, string>(), aliases: new Map<string, string>() };
  socket.on("message", (question, from) => socket.send(answer(question, records), from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  return {
    ...records,
    server: `${address}:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
