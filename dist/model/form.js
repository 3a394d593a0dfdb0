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
exports.checkForm = checkForm;
exports.shapeOf = shapeOf;
const fault_ts_1 = require("./fault.js");
const z = __importStar(require("./zod.js"));
/**
 * Holds a value against its schema: a section of the model, or a cloud's own block, for which the faults' paths read
 * `ams:aws.images.media`. A block that the stack doesn't have is checked as an empty one, by passing `{}`.
 */
function checkForm(section, schema, value) {
    const result = schema.safeParse(value);
    if (result.success)
        return { faults: [], data: result.data };
    const { issues } = result.error;
    const known = schema.safeParse(issues.reduce(withoutUnknown, value));
    return {
        faults: issues.flatMap((issue) => toFaults(section, schema, value, issue)),
        ...(known.success ? { known: known.data } : {}),
    };
}
function withoutUnknown(value, issue) {
    return issue.code === "unrecognized_keys" ? withoutKeys(value, issue.path, issue.keys) : value;
}
function withoutKeys(value, [step, ...rest], keys) {
    if (typeof value !== "object" || value === null)
        return value;
    if (Array.isArray(value))
        return value.map((part, index) => (index === step ? withoutKeys(part, rest, keys) : part));
    const entries = Object.entries(value);
    if (step === undefined)
        return Object.fromEntries(entries.filter(([key]) => !keys.includes(key)));
    return Object.fromEntries(entries.map(([key, part]) => [key, key === step ? withoutKeys(part, rest, keys) : part]));
}
/** A schema's issue, with the value that it is about; one fault for each unknown key. */
function toFaults(section, schema, value, issue) {
    const path = [section, ...issue.path].reduce(fault_ts_1.stepInto, "ams:");
    const got = issue.path.reduce((at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined), value);
    if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => ({
            path: (0, fault_ts_1.stepInto)(path, key),
            got: "an unknown key",
            allowed: allowedKeys(schema, issue.path, value),
            fix: `Remove it with: pulumi config rm --path ${(0, fault_ts_1.shellWord)((0, fault_ts_1.stepInto)(path, key))}`,
        }));
    }
    const inner = issue.code === "invalid_key" ? issue.issues[0]?.message : undefined;
    const allowed = inner ?? (issue.message.startsWith("Invalid input") ? "a group of keys" : issue.message);
    const set = issue.path.length > 0 ? `--path ${(0, fault_ts_1.shellWord)(path)}` : path;
    return [
        {
            path,
            got: inner === undefined ? (0, fault_ts_1.show)(got, path) : "a bad name",
            allowed,
            fix: `Set it with: pulumi config set ${set} VALUE`,
        },
    ];
}
function allowedKeys(whole, path, value) {
    let schema = whole;
    for (const part of path)
        schema = shapeOf(schema, value)?.[String(part)];
    const shape = shapeOf(schema, value);
    return shape === undefined ? "no more keys" : Object.keys(shape).join(", ");
}
/** The keys of an object's schema, through defaults and options; of a union, those of the member that the value names. */
function shapeOf(schema, value) {
    if (schema instanceof z.ZodObject)
        return schema.shape;
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
        return shapeOf(schema.unwrap(), value);
    }
    if (schema instanceof z.ZodDiscriminatedUnion) {
        const key = schema.def.discriminator;
        const chosen = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
        const shapes = schema.options.map((option) => shapeOf(option, value));
        return shapes.find((shape) => shape?.[key] instanceof z.ZodLiteral && shape[key].value === chosen);
    }
    return undefined;
}
