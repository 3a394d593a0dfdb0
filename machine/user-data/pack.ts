import { gunzipSync } from "node:zlib";
import { gzip } from "pako";
import type { Cloud } from "../../config/types.ts";

/**
 * What a machine is given at most, before base64: half of the 16 KiB that EC2 takes (user guide) and ECS took by its older
 * pages; 32 KB by the newer ones ("Instance user data").
 */
export const maxUserDataBytes = 8192;

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64");

/**
 * Node's own zlib gives other bytes with each version, and other bytes would replace machines; the pinned pako gives the
 * same ones everywhere, without a time in the header.
 */
function compress(text: string): Uint8Array {
  const known = compressed.get(text) ?? gzip(text, { level: 9 });
  compressed.set(text, known);
  return known;
}
const compressed = new Map<string, Uint8Array>();

const mimeHead = [
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="ams-cluster"',
  "",
  "--ams-cluster",
  "Content-Type: application/gzip",
  "Content-Transfer-Encoding: base64",
  "",
  "",
].join("\n");
const mimeEnd = "\n--ams-cluster--\n";

/**
 * User data as an API takes it, in base64: a third of the text's size. cloud-init decompresses what begins as gzip
 * (documentation, "User-data formats: gzip compressed content"), and EC2 hands a machine the bytes that it was given. ECS's
 * own pages want gzip behind a link only, so there it travels as a MIME part, which is plain ASCII.
 */
export function pack(text: string, cloud: Cloud): string {
  const bytes = compress(text);
  const lines = base64(bytes).replace(/.{76}/g, "$&\n");
  return base64(cloud === "aws" ? bytes : `${mimeHead}${lines}${mimeEnd}`);
}

/** The text again, from any form that user data has or has had: packed, in base64 alone, or plain. */
export function unpack(data: string): string {
  const bytes = Buffer.from(data, "base64");
  if (bytes.length === 0 || base64(bytes) !== data) return data;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return decompress(bytes) ?? data;
  const text = bytes.toString("utf8");
  if (!text.startsWith(mimeHead)) return text;
  return unpack(text.slice(mimeHead.length, -mimeEnd.length).replaceAll("\n", ""));
}

function decompress(bytes: Uint8Array): string | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: 2 ** 20 }).toString("utf8");
  } catch {
    // Begins like gzip and is none.
    return undefined;
  }
}
