"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isAtLeast = isAtLeast;
/** Whether a release of Ant Media Server such as 3.0.3 is at least another one. */
function isAtLeast(version, other) {
    return version.localeCompare(other, "en", { numeric: true }) >= 0;
}
