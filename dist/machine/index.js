"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.packedUserData = exports.userData = exports.unpackUserData = exports.maxUserDataBytes = exports.archiveKey = void 0;
exports.archive = archive;
exports.archives = archives;
const balancer_ts_1 = require("../model/balancer.js");
const database_ts_1 = require("../model/database.js");
const naming_ts_1 = require("../model/naming.js");
const archive_ts_1 = require("./user-data/archive.js");
const bootstrap_ts_1 = require("./user-data/bootstrap.js");
const database_ts_2 = require("./user-data/database.js");
const media_ts_1 = require("./user-data/media.js");
const pack_ts_1 = require("./user-data/pack.js");
const proxy_ts_1 = require("./user-data/proxy.js");
var archive_ts_2 = require("./user-data/archive.js");
Object.defineProperty(exports, "archiveKey", { enumerable: true, get: function () { return archive_ts_2.archiveKey; } });
var pack_ts_2 = require("./user-data/pack.js");
Object.defineProperty(exports, "maxUserDataBytes", { enumerable: true, get: function () { return pack_ts_2.maxUserDataBytes; } });
Object.defineProperty(exports, "unpackUserData", { enumerable: true, get: function () { return pack_ts_2.unpack; } });
function machine(cluster, role) {
    if (role === "proxy")
        return (0, proxy_ts_1.proxyMachine)(cluster);
    return role === "database" ? (0, database_ts_2.databaseMachine)(cluster) : (0, media_ts_1.mediaMachine)(cluster, role);
}
/** The agent of a machine: the same for origins and edges. */
function archive(cluster, role) {
    const { files, commands } = machine(cluster, role);
    return (0, archive_ts_1.toArchive)(files, commands);
}
/** All agents of a cluster by the kind of machine. */
function archives(cluster) {
    return new Map([
        ["media", archive(cluster, "origin")],
        ...((0, database_ts_1.ownDatabase)(cluster) === undefined ? [] : [["database", archive(cluster, "database")]]),
        ...((0, balancer_ts_1.proxyOf)(cluster) === undefined ? [] : [["proxy", archive(cluster, "proxy")]]),
    ]);
}
/**
 * The user data of a machine: cloud-init configuration with the facts, the agent's digest and the program that fetches
 * the agent. It holds no secret and no output of a resource: the machine learns account, region and credentials from its
 * metadata server, and fetches its secret with its own role.
 */
const userData = (cluster, role) => (0, bootstrap_ts_1.bootstrap)(cluster.cloud, (0, naming_ts_1.agentBucket)(cluster), machine(cluster, role), archive(cluster, role));
exports.userData = userData;
/** The same as the cloud's API takes it: compressed, in base64. */
const packedUserData = (cluster, role) => (0, pack_ts_1.pack)((0, exports.userData)(cluster, role), cluster.cloud);
exports.packedUserData = packedUserData;
