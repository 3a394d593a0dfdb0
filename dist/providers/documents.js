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
exports.documentsWithin = void 0;
exports.policyDocument = policyDocument;
const pulumi = __importStar(require("@pulumi/pulumi"));
const documents = new WeakMap();
/**
 * A policy document as its resource takes it. In a preview one id that isn't known yet makes the whole text unknown; so the
 * document itself is remembered, and the cluster's component gives it out as it is (`documentsWithin`): with holes where
 * ids will be.
 */
function policyDocument(document) {
    const text = pulumi.jsonStringify(document);
    documents.set(text, document);
    return text;
}
/** Collects the documents of all resources below a component. */
const documentsWithin = (collected) => ({ type, name, props }) => {
    const given = props;
    const found = Object.entries(given).flatMap(([key, value]) => {
        const document = typeof value === "object" && value !== null ? documents.get(value) : undefined;
        return document === undefined ? [] : [[key, document]];
    });
    if (found.length > 0)
        collected[`${type}::${name}`] = Object.fromEntries(found);
    return undefined;
};
exports.documentsWithin = documentsWithin;
