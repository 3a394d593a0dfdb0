"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isIn = void 0;
exports.amsSettings = amsSettings;
exports.nearestName = nearestName;
const node_fs_1 = require("node:fs");
const project_ts_1 = require("./project.js");
const release_ts_1 = require("./release.js");
let table;
/**
 * The settings of all releases from 2.10 on, from model/ams-settings.tsv, which `npm run ams-settings` renews. Read when
 * something asks for it: most stacks set no property of AMS.
 */
function amsSettings() {
    table ??= readTable((0, node_fs_1.readFileSync)((0, project_ts_1.projectFile)("model/ams-settings.tsv"), "utf8"));
    return table;
}
function readTable(text) {
    const [releases = "", , ...rows] = text.trimEnd().split("\n");
    return { newestRelease: releases.split(" ").at(-1) ?? "", settings: rows.map(readRow) };
}
function readRow(row) {
    const [scope, name = "", type, since = "", until = ""] = row.split("\t");
    if (scope !== "application" && scope !== "server")
        throw new Error(`a setting of an unknown scope: ${row}`);
    if (type !== "int" && type !== "number" && type !== "boolean" && type !== "text")
        throw new Error(`a setting of an unknown type: ${row}`);
    return { scope, name, type, ...(since === "" ? {} : { since }), ...(until === "" ? {} : { until }) };
}
/** Whether a release of the table has the setting. */
const isIn = ({ since, until }, release) => (since === undefined || (0, release_ts_1.isAtLeast)(release, since)) && (until === undefined || (0, release_ts_1.isAtLeast)(until, release));
exports.isIn = isIn;
/** The name that a mistyped one most likely means: the fewest letters to change, at most a third of them. */
function nearestName(typed, names) {
    const wanted = bare(typed);
    const near = names
        .map((name) => ({ name, distance: distanceOf(wanted, bare(name)) }))
        .filter(({ name, distance }) => distance <= Math.max(wanted.length, bare(name).length) / 3);
    return near.sort((one, other) => one.distance - other.distance)[0]?.name;
}
/** Dots, underlines and capitals are what people mistype. */
const bare = (name) => name.replace(/[._]/g, "").toLowerCase();
/** Levenshtein's distance: letters to add, drop or change. */
function distanceOf(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (const [index, letter] of [...one].entries()) {
        const next = [index + 1];
        for (const [at, sign] of [...other].entries()) {
            const changed = (row[at] ?? 0) + (letter === sign ? 0 : 1);
            next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}
