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
exports.Part = exports.formerly = void 0;
const pulumi = __importStar(require("@pulumi/pulumi"));
const documents_ts_1 = require("./documents.js");
const outputs_ts_1 = require("./outputs.js");
const tokenOf = (kind) => `antmedia:cluster:${kind}`;
/** What a part was called in an earlier release, for its `aliases`: what stands below it follows, names' beginnings too. */
const formerly = (kind, name) => ({ type: tokenOf(kind), name });
exports.formerly = formerly;
/** Base of both clouds' components, with neutral type tokens, so that the two stacks' trees can be compared. */
class Part extends pulumi.ComponentResource {
    #documents;
    /** Without a parent it is the cluster's own component, and `options` are those of whoever makes the cluster. */
    constructor(kind, name, parent, options = {}) {
        const documents = {};
        const { transformations = [] } = options;
        const own = { transformations: [...transformations, (0, documents_ts_1.documentsWithin)(documents), outputs_ts_1.withoutUnreadOutputs] };
        super(tokenOf(kind), name, {}, { ...options, ...(parent === undefined ? own : { parent }) });
        this.#documents = documents;
    }
    /** Public, so that the function that builds a part can end it too. The root gives out the policy documents below it. */
    registerOutputs(outputs = {}) {
        const documents = this.#documents;
        super.registerOutputs(Object.keys(documents).length === 0 ? outputs : { ...outputs, documents });
    }
    /** Options of a resource of this part. */
    child(options = {}) {
        return { ...options, parent: this };
    }
    /** Options of a resource that holds what can't be made again; the stack's `protect` lets it go. */
    durable(cluster, options = {}) {
        return this.child({ ...options, protect: cluster.protect });
    }
}
exports.Part = Part;
