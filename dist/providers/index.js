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
exports.loadAdapter = loadAdapter;
exports.check = check;
const node_module_1 = require("node:module");
const fault_ts_1 = require("../model/fault.js");
const parse_ts_1 = require("../model/parse.js");
const project_ts_1 = require("../model/project.js");
/** Every cloud by type; imported only when chosen, so that one cloud's program never loads the other's SDK. */
const importers = {
    aws: async () => (await Promise.resolve().then(() => __importStar(require("./aws/index.js")))).adapter,
    alibaba: async () => (await Promise.resolve().then(() => __importStar(require("./alibaba/index.js")))).adapter,
};
const loaded = new Map();
/** Loads the chosen cloud's adapter ahead of its use; what is no cloud is told by `check`. */
async function loadAdapter({ values: { cloud } }) {
    if (cloud === "aws" || cloud === "alibaba")
        loaded.set(cloud, await importers[cloud]());
}
/** The package's build is CommonJS and loads an adapter where it is asked for; the project's own programs load it before. */
function adapterOf(cloud) {
    const adapter = loaded.get(cloud) ?? (0, node_module_1.createRequire)((0, project_ts_1.projectFile)("ams-cluster.js"))(`./providers/${cloud}/index.js`).adapter;
    loaded.set(cloud, adapter);
    return adapter;
}
/** Holds a configuration against the model and its cloud; makes no resource. Throws one ConfigError with every fault. */
function check(raw) {
    const { cloud, cluster, faults, warnings } = (0, parse_ts_1.parse)(raw);
    if (cloud === undefined)
        throw new fault_ts_1.ConfigError(faults);
    const prepared = adapterOf(cloud).prepare(raw.values[cloud], cluster, raw.secrets);
    const all = [...faults, ...otherCloudsBlocks(raw, cloud), ...prepared.faults];
    if (all.length > 0 || cluster === undefined || prepared.render === undefined)
        throw new fault_ts_1.ConfigError(all);
    return { cluster, render: prepared.render, warnings: [...warnings, ...examples(raw.values).map(stillExample)] };
}
/** Values that the shipped stack files hold as examples: well-formed, so that a plan works, and nobody's. */
const exampleValues = [
    "live.example.com",
    "ami-00000000000000000",
    "Z0000000000000",
    "m-gw800000000000000000",
    "10000000-ap-southeast-1",
];
/** Key paths that still hold an example. */
function examples(value, path = "ams:") {
    if (typeof value === "string")
        return exampleValues.includes(value) ? [path] : [];
    if (typeof value !== "object" || value === null)
        return [];
    const separator = path.endsWith(":") ? "" : ".";
    return Object.entries(value).flatMap(([key, part]) => examples(part, `${path}${separator}${key}`));
}
const stillExample = (path) => `${path} still holds the stack file's example; the cloud will refuse it. README.md says what to set.`;
function otherCloudsBlocks(raw, cloud) {
    const other = cloud === "aws" ? "alibaba" : "aws";
    if (raw.values[other] === undefined)
        return [];
    const fix = `Remove it with: pulumi config rm ams:${other}`;
    return [
        {
            path: `ams:${other}`,
            got: "a block of the other cloud",
            allowed: `ams:${cloud} while ams:cloud is ${cloud}`,
            fix,
        },
    ];
}
