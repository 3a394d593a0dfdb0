import { createHash, createHmac, randomBytes } from "node:crypto";

/** Messages of STUN and TURN (RFC 8489, RFC 8656), as far as a client needs them that takes an allocation. */

const method = { allocate: 0x003, refresh: 0x004, permission: 0x008 } as const;
export type Method = keyof typeof method;

const cookie = 0x2112a442;
const headLength = 20;

export const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  lifetime: 0x000d,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
} as const;

/** Of a user at a realm, once the server has named it. */
export interface Login {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly nonce: Buffer;
}

type Attributes = readonly (readonly [type: number, value: Buffer])[];

export interface Request {
  readonly transaction: Buffer;
  readonly bytes: Buffer;
}

/** A request, signed if there is a login. */
export function request(name: Method, attributes: Attributes, login?: Login): Request {
  const transaction = randomBytes(12);
  const own: Attributes =
    login === undefined
      ? []
      : [
          [attribute.username, Buffer.from(login.username)],
          [attribute.realm, Buffer.from(login.realm)],
          [attribute.nonce, login.nonce],
        ];
  const body = Buffer.concat([...attributes, ...own].map(encode));
  if (login === undefined) return { transaction, bytes: Buffer.concat([head(name, body.length, transaction), body]) };
  // The length that is signed counts the signature's own attribute.
  const signed = Buffer.concat([head(name, body.length + 24, transaction), body]);
  const mac = createHmac("sha1", keyOf(login)).update(signed).digest();
  return { transaction, bytes: Buffer.concat([signed, encode([attribute.integrity, mac])]) };
}

const keyOf = ({ username, realm, password }: Login): Buffer =>
  createHash("md5").update(`${username}:${realm}:${password}`).digest();

function head(name: Method, length: number, transaction: Buffer): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16BE(method[name], 0);
  bytes.writeUInt16BE(length, 2);
  bytes.writeUInt32BE(cookie, 4);
  return Buffer.concat([bytes, transaction]);
}

function encode([type, value]: readonly [type: number, value: Buffer]): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

export interface Answer {
  readonly isSuccess: boolean;
  readonly transaction: Buffer;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

/** An answer; undefined for what is none, such as media of a channel. */
export function parse(bytes: Buffer): Answer | undefined {
  if (bytes.length < headLength || bytes.readUInt32BE(4) !== cookie) return undefined;
  // The two bits of the class: 01 success, 11 error.
  const kind = bytes.readUInt16BE(0) & 0x0110;
  if (kind !== 0x0100 && kind !== 0x0110) return undefined;
  const attributes = new Map<number, Buffer>();
  const end = Math.min(bytes.length, headLength + bytes.readUInt16BE(2));
  for (let at = headLength; at + 4 <= end; ) {
    const length = bytes.readUInt16BE(at + 2);
    const type = bytes.readUInt16BE(at);
    if (!attributes.has(type)) attributes.set(type, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { isSuccess: kind === 0x0100, transaction: bytes.subarray(8, headLength), attributes };
}

/** Length of the message that a stream begins with; undefined before it can be told. */
export function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  // A channel's data, which has 01 for its first bits, is padded on a stream.
  const own = bytes.readUInt16BE(2);
  return (bytes.readUInt8(0) & 0xc0) === 0x40 ? 4 + Math.ceil(own / 4) * 4 : headLength + own;
}

/** Code and words of an error. */
export function errorOf({ attributes }: Answer): { readonly code: number; readonly reason: string } {
  const value = attributes.get(attribute.error) ?? Buffer.alloc(4);
  if (value.length < 4) return { code: 0, reason: "" };
  return { code: (value.readUInt8(2) & 7) * 100 + value.readUInt8(3), reason: value.toString("utf8", 4) };
}

const cookieBytes = Buffer.alloc(4);
cookieBytes.writeUInt32BE(cookie);
const mask = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, index) => byte ^ (cookieBytes[index] ?? 0)));

/** An IPv4 address with its port, as the attributes that begin with XOR have it. */
export function fromXor(value: Buffer | undefined): string | undefined {
  if (value === undefined || value.length < 8 || value.readUInt8(1) !== 1) return undefined;
  return `${[...mask(value.subarray(4, 8))].join(".")}:${value.readUInt16BE(2) ^ (cookie >>> 16)}`;
}

export function toXor(address: string, port: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt8(1, 1);
  bytes.writeUInt16BE(port ^ (cookie >>> 16), 2);
  return Buffer.concat([bytes, mask(Buffer.from(address.split(".").map(Number)))]);
}
