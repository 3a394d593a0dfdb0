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
exports.checkArgs = checkArgs;
const pulumi = __importStar(require("@pulumi/pulumi"));
const cluster_ts_1 = require("../model/cluster.js");
const fault_ts_1 = require("../model/fault.js");
const handle_ts_1 = require("../model/handle.js");
const parse_ts_1 = require("../model/parse.js");
const index_ts_1 = require("./index.js");
/** Arguments without faults, and their secrets. Throws a RunError with every fault, before any resource. */
function checkArgs(name, args) {
    try {
        const checked = (0, index_ts_1.check)(toRaw(name, args));
        return { checked: { ...checked, warnings: checked.warnings.map(asArgument) }, secrets: secretsOf(args) };
    }
    catch (error) {
        if (!(error instanceof fault_ts_1.ConfigError))
            throw error;
        throw new pulumi.RunError(`AmsCluster ${name}: ${new fault_ts_1.ConfigError(error.faults.map(ofArgument)).message}`);
    }
}
function toRaw(name, { region, secrets = {}, ...values }) {
    const { cloud } = values;
    const key = parse_ts_1.regionKey[cloud];
    const configured = region ?? new pulumi.Config(key?.split(":")[0]).get("region");
    const texts = Object.entries(secrets).filter(([, value]) => value !== undefined);
    return {
        stack: pulumi.getStack(),
        values: defer({ ...values, name: values.name ?? name }),
        secrets: Object.fromEntries(texts.map(([at, value]) => [at, typeof value === "string" ? value : undefined])),
        regions: { [cloud]: configured },
    };
}
const secretsOf = ({ secrets = {} }) => Object.fromEntries(cluster_ts_1.secretKeys.flatMap((key) => {
    const value = secrets[key];
    return value === undefined ? [] : [[key, pulumi.secret(value)]];
}));
/** Outputs become what the model carries and never looks into; a key that has to be known refuses one by its path. */
function defer(value) {
    const given = value;
    if (pulumi.Output.isInstance(given) || given instanceof Promise)
        return new handle_ts_1.Deferred(given);
    if (typeof given !== "object" || given === null)
        return value;
    if (Array.isArray(given))
        return given.map(defer);
    const said = Object.entries(given).filter(([, part]) => part !== undefined);
    return Object.fromEntries(said.map(([key, part]) => [key, defer(part)]));
}
const command = /pulumi config (set|rm)(?: --(?:path|secret|plaintext))* '?((?:ams|aws|alicloud):[^\s',;]+)'?(?: ([^\s,;(]+))?/g;
/** A sentence about the stack's configuration as one about a program's arguments. */
const asArgument = (text) => text
    .replace(command, (_, verb, path, value) => verb === "rm" ? `remove ${path}` : value === undefined ? `set ${path}` : `set ${path} to ${value}`)
    .replace(/\b(Set|Remove) (it|them) with: (set|remove) /g, "$1 ")
    .replace(/\b(?:aws|alicloud):region\b/g, "region")
    .replace(/\bams:(?=[A-Za-z["])/g, "");
const ofArgument = (fault) => ({
    path: asArgument(fault.path),
    got: asArgument(fault.got),
    allowed: asArgument(fault.allowed),
    fix: asArgument(fault.fix),
});
