"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.oldestVersion = exports.urlOptionsSince = void 0;
exports.checkMedia = checkMedia;
const check_properties_ts_1 = require("./check-properties.js");
const fault_ts_1 = require("./fault.js");
const release_ts_1 = require("./release.js");
/** From this release AMS takes `?` and `&` in a database URL when an application is made (issues 5344, 7729, 7923). */
exports.urlOptionsSince = "3.1.0";
/** The oldest release that the machines' programs know: credentials in the URL, liveness, the panel's REST with a token. */
exports.oldestVersion = "2.11.0";
function checkMedia(media, secrets) {
    if (media === undefined)
        return [];
    return [...checkVersion(media), ...checkLicence(media, secrets), ...(0, check_properties_ts_1.checkProperties)(media)];
}
/** An old release of AMS, and what it can't do. */
function checkVersion(media) {
    if ((0, release_ts_1.isAtLeast)(media.version, exports.oldestVersion))
        return [];
    return [
        {
            path: "ams:media.version",
            got: (0, fault_ts_1.show)(media.version),
            allowed: `${exports.oldestVersion} or newer`,
            fix: "Pin an image with a newer release",
        },
    ];
}
function checkLicence(media, secrets) {
    if (media.licence !== "key" || "licenceKey" in secrets)
        return [];
    return [
        {
            path: "ams:licenceKey",
            got: "nothing",
            allowed: "the licence key, encrypted, for ams:media.licence key",
            fix: "Set it with: pulumi config set --secret ams:licenceKey",
        },
    ];
}
