"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.mergeRanges = mergeRanges;
const network_ts_1 = require("./network.js");
/** The widest range that a merge may make: the check of `ams:access.adminCidrs` allows no wider one. */
const widest = 8;
/**
 * The same addresses in as few ranges as there can be: what lies in another range goes, halves of one range become it.
 * Each result stands where its first part stood, so that ranges which don't merge keep their places.
 */
function mergeRanges(cidrs) {
    const kept = cidrs.map(network_ts_1.toRange);
    for (let changed = true; changed;)
        changed = dropOne(kept) || mergeOne(kept);
    return kept.map(network_ts_1.toCidr);
}
function dropOne(ranges) {
    const place = ranges.findIndex((one, index) => ranges.some((other, at) => at !== index && (0, network_ts_1.contains)(other, one) && !((0, network_ts_1.contains)(one, other) && at > index)));
    if (place < 0)
        return false;
    ranges.splice(place, 1);
    return true;
}
function mergeOne(ranges) {
    for (const [index, one] of ranges.entries()) {
        const size = 2 ** (32 - one.prefix);
        const place = ranges.findIndex(({ start, prefix }) => prefix === one.prefix &&
            Math.floor(start / size / 2) === Math.floor(one.start / size / 2) &&
            start !== one.start);
        const other = ranges[place];
        if (other === undefined || one.prefix <= widest)
            continue;
        ranges.splice(Math.min(index, place), 1, { start: Math.min(one.start, other.start), prefix: one.prefix - 1 });
        ranges.splice(Math.max(index, place), 1);
        return true;
    }
    return false;
}
