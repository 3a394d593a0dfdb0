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
exports.exceptions = void 0;
const z = __importStar(require("./zod.js"));
const id = (allowed, pattern) => z.string({ error: allowed }).regex(pattern, allowed);
const isDay = (text) => {
    const date = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};
/** The engine's YAML takes a bare day for a time and hands it over as "2027-03-01 00:00:00 +0000 UTC" (seen on 3.258). */
const day = z
    .string({ error: "a day such as 2027-03-01" })
    .transform((text) => text.replace(/[T ]00:00:00(Z| \+0000 UTC)$/, ""))
    .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text), "a day such as 2027-03-01");
exports.exceptions = z.array(z.strictObject({
    rule: id("a rule's id such as targets-drain", /^[a-z]+(-[a-z]+)+$/),
    resource: id("a resource's logical name", /^[A-Za-z0-9][\w.:-]{0,199}$/).optional(),
    reason: id("one line of 10 to 300 characters", /^[^\p{Cc}]{10,300}$/u),
    until: day,
}), { error: "a list of exceptions, each with rule, reason and until" });
