"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isKnown = exports.Deferred = void 0;
/**
 * A value that a program knows only when it is deployed, such as the id of a subnet that the same program makes. The model
 * carries it and never looks inside; an adapter hands it to the resources.
 */
class Deferred {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** What the program gave. */
    get value() {
        return this.#value;
    }
    toJSON() {
        return "(known after the deployment)";
    }
}
exports.Deferred = Deferred;
const isKnown = (handle) => typeof handle === "string";
exports.isKnown = isKnown;
