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
exports.balancer = exports.edge = exports.origin = void 0;
const form_parts_ts_1 = require("./form-parts.js");
const node_group_ts_1 = require("./node-group.js");
const z = __importStar(require("./zod.js"));
/** The form of the sections that describe machines in groups: origin, edge and balancer. */
const period = z.strictObject({
    name: (0, form_parts_ts_1.text)(/^[a-z][a-z0-9-]{0,15}$/, "up to 16 lower-case letters, digits and dashes"),
    days: z
        .array((0, form_parts_ts_1.oneOf)(...node_group_ts_1.weekDays), { error: `a list of days: ${node_group_ts_1.weekDays.join(", ")}` })
        .min(1, "at least one day")
        .default([...node_group_ts_1.weekDays]),
    from: form_parts_ts_1.clock,
    to: form_parts_ts_1.clock,
    timeZone: z
        .string({ error: "a time zone such as Europe/Berlin" })
        .refine(form_parts_ts_1.isTimeZone, "a time zone's IANA name such as Europe/Berlin")
        .default("UTC"),
    min: (0, form_parts_ts_1.whole)(1, 1000),
});
const groupKeys = (min) => ({
    machine: form_parts_ts_1.machine.default("compute-4"),
    min: (0, form_parts_ts_1.whole)(1, 1000).default(min),
    max: (0, form_parts_ts_1.whole)(1, 1000).default(10),
    cpuTargetPercent: (0, form_parts_ts_1.whole)(10, 70).default(60),
    cooldownSeconds: (0, form_parts_ts_1.whole)(0, 3600).default(300),
    diskGiB: (0, form_parts_ts_1.whole)(20, 500).default(40),
    surge: z
        .strictObject({ abovePercent: (0, form_parts_ts_1.whole)(10, 90).default(70), addPercent: (0, form_parts_ts_1.whole)(10, 200).default(50) })
        .prefault({}),
    schedule: z.array(period, { error: "a list of periods" }).max(10, "at most ten periods").default([]),
    minInServicePercent: (0, form_parts_ts_1.whole)(50, 100).default(100),
});
const health = z.strictObject({
    intervalSeconds: (0, form_parts_ts_1.whole)(5, 50).default(10),
    timeoutSeconds: (0, form_parts_ts_1.whole)(2, 49).default(5),
    healthyThreshold: (0, form_parts_ts_1.whole)(2, 10).default(2),
    unhealthyThreshold: (0, form_parts_ts_1.whole)(2, 10).default(2),
});
const balancerKeys = (srt) => ({
    http: (0, form_parts_ts_1.oneOf)("redirect", "forward").default("redirect"),
    drainSeconds: (0, form_parts_ts_1.whole)(10, 900).default(900),
    idleTimeoutSeconds: (0, form_parts_ts_1.whole)(10, 600).default(600),
    health: health.prefault({}),
    panelStickinessSeconds: (0, form_parts_ts_1.whole)(1, 86400).default(86400),
    rtmp: form_parts_ts_1.flag.default(true),
    srt: form_parts_ts_1.flag.default(srt),
});
const proxyKeys = {
    machine: form_parts_ts_1.machine.default("compute-2"),
    count: (0, form_parts_ts_1.whole)(2, 10).default(2),
    connectionsPerSource: (0, form_parts_ts_1.whole)(10, 65_535).default(5000),
    trustedSources: z.array(form_parts_ts_1.cidr, { error: "a list of IPv4 ranges" }).max(60, "at most 60 ranges").default([]),
};
exports.origin = z.strictObject(groupKeys(1));
exports.edge = z.strictObject({
    ...groupKeys(2),
    spotPercent: (0, form_parts_ts_1.whole)(0, 100).default(0),
    moreMachines: z.array(form_parts_ts_1.machine, { error: "a list of machine sizes" }).max(5, "at most five").default([]),
    warmMachines: (0, form_parts_ts_1.whole)(0, 100).default(0),
});
exports.balancer = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("managed"), ...balancerKeys(true) }),
    z.strictObject({ kind: z.literal("haproxy"), ...proxyKeys, ...balancerKeys(false) }),
    z.strictObject({ kind: z.literal("nginx"), ...proxyKeys, ...balancerKeys(true) }),
], { error: "a kind: managed, haproxy or nginx" });
