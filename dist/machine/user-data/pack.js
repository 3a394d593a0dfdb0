"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.maxUserDataBytes = void 0;
exports.pack = pack;
exports.unpack = unpack;
const node_zlib_1 = require("node:zlib");
const pako_1 = require("pako");
/**
 * What a machine is given at most, before base64: half of the 16 KiB that EC2 takes (user guide) and ECS took by its older
 * pages; 32 KB by the newer ones ("Instance user data").
 */
exports.maxUserDataBytes = 8192;
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
/**
 * Node's own zlib gives other bytes with each version, and other bytes would replace machines; the pinned pako gives the
 * same ones everywhere, without a time in the header.
 */
function compress(text) {
    const known = compressed.get(text) ?? (0, pako_1.gzip)(text, { level: 9 });
    compressed.set(text, known);
    return known;
}
const compressed = new Map();
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
function pack(text, cloud) {
    const bytes = compress(text);
    const lines = base64(bytes).replace(/.{76}/g, "$&\n");
    return base64(cloud === "aws" ? bytes : `${mimeHead}${lines}${mimeEnd}`);
}
/** The text again, from any form that user data has or has had: packed, in base64 alone, or plain. */
function unpack(data) {
    const bytes = Buffer.from(data, "base64");
    if (bytes.length === 0 || base64(bytes) !== data)
        return data;
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
        return decompress(bytes) ?? data;
    const text = bytes.toString("utf8");
    if (!text.startsWith(mimeHead))
        return text;
    return unpack(text.slice(mimeHead.length, -mimeEnd.length).replaceAll("\n", ""));
}
function decompress(bytes) {
    try {
        return (0, node_zlib_1.gunzipSync)(bytes, { maxOutputLength: 2 ** 20 }).toString("utf8");
    }
    catch {
        // Begins like gzip and is none.
        return undefined;
    }
}
