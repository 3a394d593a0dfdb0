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
exports.isMarketplace = exports.schema = void 0;
exports.snapshotOf = snapshotOf;
exports.checkSettings = checkSettings;
const certificate_ts_1 = require("../../model/certificate.js");
const database_ts_1 = require("../../model/database.js");
const fault_ts_1 = require("../../model/fault.js");
const form_parts_ts_1 = require("../../model/form-parts.js");
const z = __importStar(require("../../model/zod.js"));
const account_quotas_ts_1 = require("../account-quotas.js");
const check_types_ts_1 = require("../check-types.js");
const instance_types_ts_1 = require("./instance-types.js");
const known_types_ts_1 = require("./known-types.js");
/** The block `ams:aws`: what only this cloud has. */
const marketplace = "marketplace";
const amiId = (0, form_parts_ts_1.handle)(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, "an image id of this region such as ami-0123456789abcdef0").optional();
const mediaImage = (0, form_parts_ts_1.handle)(/^(ami-([0-9a-f]{8}|[0-9a-f]{17})|marketplace)$/, "an image id of this region such as ami-0123456789abcdef0, or marketplace for the newest one you subscribed to");
/** Graviton families have a g after the generation (c6g, im4gn, x2gd); a1 is the first of them, mac the other Arm one. */
const isArm = (type) => /^(a1|mac\d.*|[a-z]+\d+[a-z]*g[a-z]*)\./.test(type);
const machineType = (allowed, pattern) => z
    .string({ error: allowed })
    .regex(pattern, allowed)
    .refine((type) => !isArm(type), "an instance type of the x86_64 architecture, as the images are: c5.xlarge, not c6g.xlarge")
    .optional();
const typeForm = "an EC2 instance type such as c5.xlarge";
const instanceType = machineType(typeForm, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/);
/** DocumentDB's classes begin with db; their architecture is its own matter. */
const databaseType = machineType("an EC2 instance type such as m5.xlarge, or a DocumentDB class such as db.r6g.large", /^(db\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+$/);
const snapshotId = z
    .string({ error: "a snapshot's id such as snap-0123456789abcdef0" })
    .regex(/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/, "a snapshot's id of this region such as snap-0123456789abcdef0")
    .optional();
exports.schema = z.strictObject({
    images: z.strictObject({
        /** AMS image of both groups. Pinned by id, a preview needs no lookup and shows each change of image. */
        media: mediaImage,
        /** AMS image with NVIDIA's driver; an origin whose instance type has a GPU takes it. */
        gpu: mediaImage.optional(),
        /** Ubuntu 24.04 for the database. @default the newest when the machine is made (see database.ts) */
        database: amiId,
        /** Ubuntu 24.04 for the proxies. @default the newest when a machine is made */
        proxy: amiId,
    }),
    /** Instance types in the place of instance-types.ts's. */
    instanceTypes: z
        .strictObject({ origin: instanceType, edge: instanceType, database: databaseType, proxy: instanceType }, { error: "a group of keys" })
        .default({}),
    /** Instance types that are newer than the list in known-types.ts; `instanceTypes` may name them then. @default [] */
    unlistedTypes: z
        .array(z.string({ error: typeForm }).regex(/^(db\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+$/, typeForm), {
        error: "a list of instance types",
    })
        .default([]),
    /** Quotas of the account where they differ from a new one's, by the keys of model/quotas.ts; `plan` warns of what exceeds them. @default {} */
    quotas: account_quotas_ts_1.accountQuotas,
    /** Route 53 zone that holds the domain; for ams:domain.dns managed. */
    hostedZoneId: (0, form_parts_ts_1.handle)(/^Z[A-Z0-9]{7,31}$/, "a Route 53 hosted zone's id such as Z0123456789ABCDEFGHIJ").optional(),
    /**
     * Snapshots that the members' data volumes are made from. Another one replaces a volume, which the stack's `protect`
     * stops; the last state of a volume that goes is kept as a snapshot too. @default none: an empty volume
     */
    databaseSnapshots: z
        .strictObject({ db1: snapshotId, db2: snapshotId, db3: snapshotId }, { error: "a group of keys" })
        .default({}),
    /** PEM of Amazon's authority for DocumentDB in this region; with it TLS is on. @default none: no TLS */
    documentDbCa: z
        .string({ error: "one certificate in PEM form" })
        .refine((pem) => (0, certificate_ts_1.readCertificate)(pem) !== undefined, "one certificate in PEM form")
        .optional(),
});
const isMarketplace = (value) => value === marketplace;
exports.isMarketplace = isMarketplace;
/** The snapshot that a member begins with. */
function snapshotOf({ databaseSnapshots: { db1, db2, db3 } }, member) {
    return [db1, db2, db3][member];
}
/** What the block and the cluster don't say together. */
function checkSettings(settings, cluster) {
    return [
        ...(0, check_types_ts_1.checkListed)(known_types_ts_1.typeFacts, settings),
        ...(0, check_types_ts_1.checkGpu)(known_types_ts_1.typeFacts, settings, cluster),
        ...checkHostedZone(settings, cluster),
        ...(cluster.mode === "standalone" ? [] : checkDatabase(settings, cluster)),
    ];
}
/** A setting that the cluster's kind of database would not read. */
function unread(key, got, allowed, { database }) {
    return {
        path: `ams:aws.${key}`,
        got: `${(0, fault_ts_1.show)(got)} while ams:database.kind is ${database.kind}`,
        allowed,
        fix: `Remove it with: pulumi config rm --path ams:aws.${key}`,
    };
}
function checkDatabase(settings, cluster) {
    return [
        ...checkDatabaseType(settings, cluster),
        ...checkSnapshots(settings, cluster),
        ...(settings.documentDbCa === undefined || cluster.database.kind === "managed"
            ? []
            : [unread("documentDbCa", "a certificate", "one for ams:database.kind managed alone", cluster)]),
    ];
}
function checkDatabaseType({ instanceTypes: { database: type } }, cluster) {
    if (type === undefined)
        return [];
    const kindOfType = type.startsWith("db.") ? "managed" : "own";
    const kind = (0, database_ts_1.databaseMembers)(cluster) > 0 ? "own" : cluster.database.kind;
    if (kindOfType === kind)
        return kind === "own" && (0, instance_types_ts_1.hasLocalDisks)(type) ? [localDisks(type)] : [];
    const allowed = {
        own: "an EC2 instance type such as m5.xlarge",
        managed: "a DocumentDB class such as db.r6g.large",
    };
    const fitting = kind === "own" || kind === "managed" ? allowed[kind] : "nothing: it runs elsewhere";
    return [unread("instanceTypes.database", type, fitting, cluster)];
}
function localDisks(type) {
    return {
        path: "ams:aws.instanceTypes.database",
        got: `${(0, fault_ts_1.show)(type)}, which has disks of its host that a stop of the machine empties`,
        allowed: "a type with EBS volumes alone, such as m5.xlarge, m6i.xlarge or r6i.xlarge",
        fix: "Set it with: pulumi config set --path ams:aws.instanceTypes.database m5.xlarge",
    };
}
function checkSnapshots({ databaseSnapshots: { db1, db2, db3 } }, cluster) {
    return [db1, db2, db3].flatMap((id, member) => {
        if (id === undefined || member < (0, database_ts_1.databaseMembers)(cluster))
            return [];
        return [unread(`databaseSnapshots.db${member + 1}`, id, "snapshots for members that the database has", cluster)];
    });
}
function checkHostedZone({ hostedZoneId }, { domain }) {
    if (domain?.dns !== "managed" || hostedZoneId !== undefined)
        return [];
    return [
        {
            path: "ams:aws.hostedZoneId",
            got: "nothing",
            allowed: `the id of Route 53's hosted zone ${domain.zone} while ams:domain.dns is managed`,
            fix: "Set it with: pulumi config set --path ams:aws.hostedZoneId Z..., or ams:domain.dns external",
        },
    ];
}
