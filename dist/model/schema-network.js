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
exports.network = void 0;
const form_parts_ts_1 = require("./form-parts.js");
const network_ts_1 = require("./network.js");
const z = __importStar(require("./zod.js"));
/** The form of the section `network`. */
const subnets = z.array(z.strictObject({ id: (0, form_parts_ts_1.cloudId)("a subnet"), cidr: form_parts_ts_1.cidr }), {
    error: "a list of subnets, each with id and cidr",
});
exports.network = z.strictObject({
    cidr: form_parts_ts_1.cidr.default("10.0.0.0/16"),
    zones: z.array((0, form_parts_ts_1.text)(/^[a-z]$/, "a zone's letter such as a"), { error: "a list of zone letters such as [a, b]" }),
    databaseZones: z
        .array((0, form_parts_ts_1.whole)(1, network_ts_1.maxZones), { error: "places in ams:network.zones such as [1, 2, 1]" })
        .max(3, "at most three: one for each member")
        .optional(),
    nat: (0, form_parts_ts_1.oneOf)("none", "one", "per-zone").optional(),
    avoid: z.array(form_parts_ts_1.cidr, { error: "a list of IPv4 ranges" }).default([]),
    existing: z
        .strictObject({
        id: (0, form_parts_ts_1.cloudId)("a network"),
        subnets: z.strictObject({ balancer: subnets, media: subnets, database: subnets }),
    })
        .optional(),
});
