"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.print = void 0;
const node_crypto_1 = require("node:crypto");
/** Names something by what it is and not by its place in a list. */
const print = (text) => (0, node_crypto_1.createHash)("sha256").update(text).digest("hex").slice(0, 8);
exports.print = print;
