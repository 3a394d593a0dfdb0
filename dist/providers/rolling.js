"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.canaryMinutes = exports.canaryPercents = void 0;
exports.runningPercents = runningPercents;
/** Share of a group, in percent, that is replaced before the pause: the least there is, so one machine of it. */
exports.canaryPercents = [1, 100];
/** How long an origin's first new node is watched before the others follow. */
exports.canaryMinutes = 60;
/**
 * How many of a group's machines run while a new template rolls through it, in percent of what it should have. New ones at
 * a time: one zone's share, because no order of zones can be asked for.
 */
function runningPercents({ network }, { minInServicePercent }) {
    const share = Math.floor(100 / network.zones.length);
    return { least: minInServicePercent, most: Math.max(100, minInServicePercent + share) };
}
