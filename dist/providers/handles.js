"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.inputOf = void 0;
/** A handle as an argument of a resource. */
const inputOf = (handle) => typeof handle === "string" ? handle : handle.value;
exports.inputOf = inputOf;
