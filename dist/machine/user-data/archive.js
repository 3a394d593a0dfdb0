"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.archiveKey = void 0;
exports.toArchive = toArchive;
const node_crypto_1 = require("node:crypto");
function toArchive(files, commands) {
    const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
    const lines = sorted.map(({ path, text }) => [path, text.replace(/\n$/, "").split("\n")]);
    const text = `${JSON.stringify({ files: Object.fromEntries(lines), commands }, undefined, 1)}\n`;
    return { digest: (0, node_crypto_1.createHash)("sha256").update(text).digest("hex"), text };
}
/** The object's key in the bucket: an archive is never replaced, since each digest is an object of its own. */
const archiveKey = ({ digest }) => `agent/${digest}.json`;
exports.archiveKey = archiveKey;
