"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.instanceof = exports.enum = exports.ZodPrefault = exports.ZodOptional = exports.ZodObject = exports.ZodLiteral = exports.ZodDiscriminatedUnion = exports.ZodDefault = exports.union = exports.string = exports.strictObject = exports.record = exports.object = exports.number = exports.literal = exports.iso = exports.int = exports.discriminatedUnion = exports.boolean = exports.array = void 0;
const node_module_1 = require("node:module");
const project_ts_1 = require("./project.js");
/**
 * Zod, loaded as CommonJS. As an ES module it is 95 files (its messages in every language among them), for each of which
 * Node 20 asks the loader's thread: 0.14 s of CPU in place of 0.04 (docs/speed.md).
 */
const commonJs = (0, node_module_1.createRequire)((0, project_ts_1.projectFile)("package.json"))("zod");
exports.array = commonJs.array, exports.boolean = commonJs.boolean, exports.discriminatedUnion = commonJs.discriminatedUnion, exports.int = commonJs.int, exports.iso = commonJs.iso, exports.literal = commonJs.literal, exports.number = commonJs.number, exports.object = commonJs.object;
exports.record = commonJs.record, exports.strictObject = commonJs.strictObject, exports.string = commonJs.string, exports.union = commonJs.union;
exports.ZodDefault = commonJs.ZodDefault, exports.ZodDiscriminatedUnion = commonJs.ZodDiscriminatedUnion, exports.ZodLiteral = commonJs.ZodLiteral, exports.ZodObject = commonJs.ZodObject, exports.ZodOptional = commonJs.ZodOptional, exports.ZodPrefault = commonJs.ZodPrefault;
const { enum: oneOf, instanceof: instance } = commonJs;
exports.enum = oneOf;
exports.instanceof = instance;
