"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.usualKinds = exports.regionKey = exports.cloudBlocks = void 0;
exports.parse = parse;
const check_ts_1 = require("./check.js");
const check_certificate_ts_1 = require("./check-certificate.js");
const check_properties_ts_1 = require("./check-properties.js");
const check_secrets_ts_1 = require("./check-secrets.js");
const cluster_ts_1 = require("./cluster.js");
const fault_ts_1 = require("./fault.js");
const form_ts_1 = require("./form.js");
const limits_ts_1 = require("./limits.js");
const naming_ts_1 = require("./naming.js");
const ranges_ts_1 = require("./ranges.js");
const schema_ts_1 = require("./schema.js");
const secret_ts_1 = require("./secret.js");
/** Top-level keys that an adapter reads itself. */
exports.cloudBlocks = ["aws", "alibaba"];
exports.regionKey = { aws: "aws:region", alibaba: "alicloud:region" };
/** Reads a whole configuration and reports every fault at once; never throws for a value that a person typed. */
function parse(raw) {
    const limit = (0, limits_ts_1.checkLimits)(raw.values);
    if (limit !== undefined)
        return { faults: [limit], warnings: [] };
    const uploaded = (0, check_certificate_ts_1.checkUploaded)(raw);
    const faults = [...unknownKeys(raw), ...(0, secret_ts_1.checkSecrets)(raw), ...uploaded.faults];
    const read = {};
    for (const name of schema_ts_1.sectionNames) {
        const value = withKind(name, raw.values[name] ?? (0, schema_ts_1.absentOf)(name));
        const { data, known, faults: found } = (0, form_ts_1.checkForm)(name, schema_ts_1.sections[name], value);
        read[name] = found.length === 0 ? data : known;
        if (!(name in raw.secrets))
            faults.push(...found);
    }
    const parts = read;
    const name = checkName(raw, parts.name, faults);
    const region = checkRegion(raw, parts.cloud, faults);
    const chosen = withSource(parts, raw);
    faults.push(...(0, check_ts_1.checkAcross)(chosen, raw.secrets), ...(0, check_secrets_ts_1.checkUnusedSecrets)(chosen, raw.secrets));
    const cloud = parts.cloud === undefined ? {} : { cloud: parts.cloud };
    const warnings = [...uploaded.warnings, ...(parts.media === undefined ? [] : (0, check_properties_ts_1.propertyWarnings)(parts.media))];
    if (faults.length > 0 || region === undefined)
        return { faults, warnings, ...cloud };
    const { domain, database, audience, network, ...rest } = parts;
    const cluster = {
        ...rest,
        access: { ...rest.access, adminCidrs: (0, ranges_ts_1.mergeRanges)(rest.access.adminCidrs) },
        network: { ...network, nat: network.nat ?? (network.existing === undefined ? "one" : "none") },
        name,
        region,
        database: rest.mode === "standalone" ? { kind: "none" } : database,
        ...(domain === undefined ? {} : { domain }),
        ...(audience === undefined ? {} : { audience }),
    };
    return { faults, warnings, ...cloud, cluster: deepFreeze(cluster) };
}
exports.usualKinds = { database: "instance", balancer: "managed" };
/** A database that doesn't say its kind is one instance, a balancer the cloud's own. */
function withKind(section, value) {
    const kind = exports.usualKinds[section];
    return kind === undefined || typeof value !== "object" ? value : { kind, ...value };
}
/** Where a certificate comes from decides what else is needed, whatever is missing of the certificate itself. */
function withSource(parts, raw) {
    const { data } = schema_ts_1.certificateSource.safeParse((0, secret_ts_1.valueAt)(raw.values["certificate"], "source"));
    return data === undefined || parts.certificate !== undefined ? parts : { ...parts, certificate: { source: data } };
}
function unknownKeys(raw) {
    const known = [...schema_ts_1.sectionNames, ...exports.cloudBlocks, ...cluster_ts_1.secretKeys];
    return Object.keys(raw.values)
        .filter((key) => !known.includes(key))
        .map((key) => ({
        path: (0, fault_ts_1.stepInto)("ams:", key),
        got: "an unknown key",
        allowed: known.join(", "),
        fix: `Remove it with: pulumi config rm ${(0, fault_ts_1.shellWord)(`ams:${(0, fault_ts_1.printable)((0, fault_ts_1.shownKey)(key))}`)}`,
    }));
}
function checkName(raw, name, faults) {
    const chosen = name ?? (0, naming_ts_1.defaultName)(raw.stack);
    if (chosen.length > naming_ts_1.maxNameLength || !naming_ts_1.namePattern.test(chosen)) {
        faults.push({
            path: "ams:name",
            got: name === undefined ? `${(0, fault_ts_1.show)(chosen)}, made from the stack's name` : (0, fault_ts_1.show)(chosen),
            allowed: `up to ${naming_ts_1.maxNameLength} lower-case letters, digits and dashes, beginning with a letter`,
            fix: "Set a short one with: pulumi config set ams:name NAME",
        });
    }
    return chosen;
}
function checkRegion(raw, cloud, faults) {
    if (cloud === undefined)
        return undefined;
    const region = raw.regions[cloud];
    if (typeof region === "string" && /^[a-z]{2,4}(-[a-z]+){1,3}(-\d)?$/.test(region))
        return region;
    const key = exports.regionKey[cloud];
    const example = cloud === "aws" ? "ap-south-1" : "eu-central-1";
    faults.push({
        path: key,
        got: (0, fault_ts_1.show)(region),
        allowed: `a region's id such as ${example}`,
        fix: `Set it with: pulumi config set ${key} ${example}`,
    });
    return undefined;
}
function deepFreeze(value) {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        for (const part of Object.values(value))
            deepFreeze(part);
    }
    return value;
}
