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
exports.pem = exports.clock = exports.machine = exports.cloudId = exports.handle = exports.hostName = exports.cidr = exports.flag = exports.text = exports.oneOf = exports.whole = void 0;
exports.isTimeZone = isTimeZone;
const cluster_ts_1 = require("./cluster.js");
const handle_ts_1 = require("./handle.js");
const network_ts_1 = require("./network.js");
const z = __importStar(require("./zod.js"));
/** Pieces of the configuration's form; their messages say what is allowed. */
const whole = (min, max) => z
    .int({ error: `a whole number from ${min} to ${max}` })
    .min(min, `at least ${min}`)
    .max(max, `at most ${max}`);
exports.whole = whole;
const oneOf = (...values) => z.enum(values, { error: `one of ${values.join(", ")}` });
exports.oneOf = oneOf;
const text = (pattern, allowed) => z.string({ error: allowed }).regex(pattern, allowed);
exports.text = text;
exports.flag = z.boolean({ error: "true or false" });
exports.cidr = z
    .string({ error: "an IPv4 range such as 10.0.0.0/16" })
    .refine(network_ts_1.isCidr, "an IPv4 range that begins at its first address, such as 10.0.0.0/16")
    .refine((range) => range !== "255.255.255.255/32", "a range with somebody in it; 255.255.255.255 is the broadcast address (Nginx refuses it too)");
exports.hostName = (0, exports.text)(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "a domain name in lower case such as live.example.com");
/** Of something that is there already: a text of this form, or what a program knows after its deployment. */
const handle = (pattern, allowed) => z.union([z.instanceof(handle_ts_1.Deferred), (0, exports.text)(pattern, allowed)], { error: allowed });
exports.handle = handle;
/** Each cloud checks its own form. */
const cloudId = (what) => (0, exports.handle)(/^[a-z]{2,6}-[a-z0-9]{8,32}$/, `${what}'s id`);
exports.cloudId = cloudId;
exports.machine = (0, exports.oneOf)(...cluster_ts_1.machineSizes);
exports.clock = (0, exports.text)(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 18:00, in quotes");
function isTimeZone(name) {
    try {
        return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
    }
    catch {
        return false;
    }
}
const pem = (what) => (0, exports.text)(/^-----BEGIN [A-Z ]+-----[\s\S]+-----END [A-Z ]+-----\s*$/, `${what} in PEM form`);
exports.pem = pem;
