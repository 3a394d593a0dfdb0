"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.audience = void 0;
const audience_ts_1 = require("./audience.js");
const form_parts_ts_1 = require("./form-parts.js");
const z = __importStar(require("./zod.js"));
const heights = `a list of heights of ${audience_ts_1.renditionHeights.join(", ")}`;
exports.audience = z.strictObject({
    publishers: (0, form_parts_ts_1.whole)(0, 100_000),
    viewers: (0, form_parts_ts_1.whole)(0, 10_000_000),
    bitrateKbps: (0, form_parts_ts_1.whole)(50, 100_000).default(1500),
    ladder: z
        .array(z.literal(audience_ts_1.renditionHeights, { error: `one of ${audience_ts_1.renditionHeights.join(", ")}` }), { error: heights })
        .refine((ladder) => new Set(ladder).size === ladder.length, "each height once")
        .default([]),
});
