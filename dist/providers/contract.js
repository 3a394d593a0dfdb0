"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.unsupported = unsupported;
const fault_ts_1 = require("../model/fault.js");
/** A neutral field that this cloud can't honour: refused by name, never ignored. */
function unsupported(path, got, cloud, allowed, fix) {
    return { path, got: (0, fault_ts_1.show)(got), allowed: `${allowed} on ${cloud}`, fix };
}
