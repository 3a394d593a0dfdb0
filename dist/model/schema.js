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
exports.absentOf = exports.absent = exports.sectionNames = exports.certificateSource = exports.sections = void 0;
const exceptions_ts_1 = require("./exceptions.js");
const form_parts_ts_1 = require("./form-parts.js");
const schema_audience_ts_1 = require("./schema-audience.js");
const schema_groups_ts_1 = require("./schema-groups.js");
const schema_network_ts_1 = require("./schema-network.js");
const z = __importStar(require("./zod.js"));
/**
 * The configuration's form, a section for each top-level key below `ams:`. Strict objects: a typo is an error.
 * Messages say what is allowed; `parse.ts` adds the key path, what came and what to do.
 */
const mongoMachines = {
    machine: form_parts_ts_1.machine.default("general-4"),
    diskGiB: (0, form_parts_ts_1.whole)(20, 16000).default(50),
    version: (0, form_parts_ts_1.oneOf)("8.0").default("8.0"),
    mirror: (0, form_parts_ts_1.text)(/^https:\/\/[A-Za-z0-9.-]{4,253}(\/[A-Za-z0-9._-]+)*$/, "an https address without a slash at its end, such as https://repo.mongodb.org").default("https://repo.mongodb.org"),
    tls: z.strictObject({ pem: (0, form_parts_ts_1.pem)("a certificate"), ca: (0, form_parts_ts_1.pem)("the authority's certificate") }).optional(),
    snapshots: z
        .strictObject({
        everyHours: z.literal([1, 2, 3, 4, 6, 8, 12, 24], { error: "one of 1, 2, 3, 4, 6, 8, 12, 24" }).default(6),
        keep: (0, form_parts_ts_1.whole)(1, 1000).default(28),
    })
        .prefault({}),
};
/** Days that both clouds' log services can keep logs for. */
const retentionDays = [1, 3, 7, 14, 30, 60, 90, 180, 365, 731, 1827];
exports.sections = {
    cloud: (0, form_parts_ts_1.oneOf)("aws", "alibaba"),
    name: z.string({ error: "a short name" }).optional(),
    network: schema_network_ts_1.network,
    mode: (0, form_parts_ts_1.oneOf)("cluster", "standalone"),
    database: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("instance"), ...mongoMachines }),
        z.strictObject({ kind: z.literal("replica-set"), ...mongoMachines }),
        z.strictObject({
            kind: z.literal("managed"),
            machine: form_parts_ts_1.machine.default("general-4"),
            diskGiB: (0, form_parts_ts_1.whole)(20, 16000).default(50),
            version: (0, form_parts_ts_1.oneOf)("5.0", "7.0", "8.0").default("5.0"),
        }),
        z.strictObject({ kind: z.literal("external") }),
    ], { error: "a kind: instance, replica-set, managed or external" }),
    origin: schema_groups_ts_1.origin,
    edge: schema_groups_ts_1.edge,
    balancer: schema_groups_ts_1.balancer,
    domain: z
        .strictObject({ name: form_parts_ts_1.hostName, zone: form_parts_ts_1.hostName, dns: (0, form_parts_ts_1.oneOf)("managed", "external").default("managed") })
        .optional(),
    certificate: z.discriminatedUnion("source", [
        z.strictObject({ source: z.literal("issued") }),
        z.strictObject({ source: z.literal("existing"), id: (0, form_parts_ts_1.handle)(/./, "the certificate's id") }),
        z.strictObject({ source: z.literal("uploaded"), pem: z.string({ error: "the certificate's PEM text" }) }),
        z.strictObject({ source: z.literal("none") }),
    ], { error: "a source: issued, existing, uploaded or none" }),
    access: z.strictObject({
        adminCidrs: z
            .array(form_parts_ts_1.cidr, { error: "a list of IPv4 ranges" })
            .refine((ranges) => new Set(ranges).size === ranges.length, "each range once")
            .default([]),
        adminGroup: (0, form_parts_ts_1.cloudId)("a security group").optional(),
        sshPublicKey: (0, form_parts_ts_1.handle)(/^(ssh-(rsa|ed25519)|ecdsa-\S+) [A-Za-z0-9+/=]+( \S+)*$/, "one line of an SSH public key").optional(),
    }),
    encryption: z.strictObject({
        keyId: (0, form_parts_ts_1.handle)(/^[A-Za-z0-9:/_-]{8,256}$/, "a key's id of your cloud").optional(),
    }),
    media: z.strictObject({
        licence: (0, form_parts_ts_1.oneOf)("marketplace", "key").default("marketplace"),
        version: (0, form_parts_ts_1.text)(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/, "a release such as 3.0.3").default("3.0.3"),
        panelUser: (0, form_parts_ts_1.text)(/^[A-Za-z0-9@._-]{1,64}$/, "1 to 64 letters, digits, @ . _ or -").default("JamesBond"),
        properties: z
            .record((0, form_parts_ts_1.text)(/^[A-Za-z][A-Za-z0-9_.]{0,63}$/, "a setting of red5.properties: letters, digits, dots and _"), z.union([(0, form_parts_ts_1.text)(/^[^\p{Cc}]{0,512}$/u, "one line of up to 512 characters"), z.number(), z.boolean()], {
            error: "one line of up to 512 characters, a number, or true or false",
        }), { error: "a map of settings to values" })
            .default({}),
        proxy: (0, form_parts_ts_1.text)(/^[A-Za-z0-9.-]{1,253}:\d{1,5}$/, "host:port, without a user and a password").optional(),
        stunServer: (0, form_parts_ts_1.text)(/^stun:[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/, "stun:host:port").optional(),
        startMinutes: (0, form_parts_ts_1.whole)(5, 60).default(15),
    }),
    drain: z.strictObject({ maxMinutes: (0, form_parts_ts_1.whole)(1, 2880).default(240) }),
    alarms: z.strictObject({
        emails: z
            .array((0, form_parts_ts_1.text)(/^[^\s@]{1,64}@[A-Za-z0-9.-]{1,190}$/, "an e-mail address"), { error: "a list of e-mail addresses" })
            .default([]),
        webhooks: z
            .array((0, form_parts_ts_1.text)(/^https:\/\/[^\s"'<>]{3,500}$/, "an https address"), { error: "a list of https addresses" })
            .default([]),
    }),
    logs: z.strictObject({
        retentionDays: z.literal(retentionDays, { error: `one of ${retentionDays.join(", ")}` }).default(365),
        bucket: (0, form_parts_ts_1.handle)(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "a bucket's or log project's name: 3 to 63 lower-case letters, digits and dashes").optional(),
    }),
    recordings: z.strictObject({ store: (0, form_parts_ts_1.oneOf)("none", "bucket").default("none") }),
    audience: schema_audience_ts_1.audience.optional(),
    tags: z.record((0, form_parts_ts_1.text)(/^(?!aws|acs:|ams-cluster$|Name$)[A-Za-z0-9_.:/@+-]{1,64}$/, "1 to 64 letters, digits or _.:/@+-, not Name, ams-cluster, aws* or acs:*"), (0, form_parts_ts_1.text)(/^[A-Za-z0-9 _.:/=@+-]{0,128}$/, "up to 128 letters, digits, blanks or _.:/=@+-"), { error: "a map of names to texts" }),
    protect: form_parts_ts_1.flag,
    generation: (0, form_parts_ts_1.whole)(1, 999),
    exceptions: exceptions_ts_1.exceptions,
};
/** What a certificate with other faults may still say. */
exports.certificateSource = (0, form_parts_ts_1.oneOf)("issued", "existing", "uploaded", "none");
exports.sectionNames = Object.keys(exports.sections);
/** What a section is when the stack file doesn't have it; `cloud`, `network` and `certificate` have to be said. */
exports.absent = {
    mode: "cluster",
    network: {},
    database: {},
    origin: {},
    edge: {},
    balancer: {},
    access: {},
    encryption: {},
    media: {},
    drain: {},
    alarms: {},
    logs: {},
    recordings: {},
    tags: {},
    protect: true,
    generation: 1,
    exceptions: [],
};
/** What a section is when the stack file doesn't have it. */
const absentOf = (name) => exports.absent[name];
exports.absentOf = absentOf;
