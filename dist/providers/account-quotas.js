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
exports.accountQuotas = void 0;
exports.quotasIn = quotasIn;
const form_parts_ts_1 = require("../model/form-parts.js");
const z = __importStar(require("../model/zod.js"));
/** The form of `quotas` in either cloud's own block. */
const limit = (0, form_parts_ts_1.whole)(0, 1_000_000).optional();
exports.accountQuotas = z
    .strictObject({
    rulesOfGroup: limit,
    groupsOfInterface: limit,
    webRules: limit,
    webListeners: limit,
    webTargets: limit,
    streamListeners: limit,
    streamTargets: limit,
    vcpus: limit,
    gpuVcpus: limit,
    spotVcpus: limit,
    elasticAddresses: limit,
    policyCharacters: limit,
    tags: limit,
}, { error: "a group of quotas" })
    .default({});
/** What the block of a checked configuration says; for tools, which have the configuration as it came. */
function quotasIn(block) {
    const given = typeof block === "object" && block !== null ? Reflect.get(block, "quotas") : undefined;
    return exports.accountQuotas.parse(given);
}
