"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dataDevice = exports.privateZone = exports.agentBucket = exports.recordingsBucket = exports.logStore = exports.logProject = exports.logGroup = exports.databaseUser = exports.defaultName = exports.namePattern = exports.maxNameLength = void 0;
exports.secretName = secretName;
exports.databaseHosts = databaseHosts;
exports.dataVolumeNames = dataVolumeNames;
exports.databaseEndpoint = databaseEndpoint;
exports.tagsOf = tagsOf;
exports.namedTags = namedTags;
const database_ts_1 = require("./database.js");
const firewall_ts_1 = require("./firewall.js");
/**
 * Names and their limits. The cluster's name begins each logical name; Pulumi adds eight characters to physical ones,
 * and AWS ends load balancers' and target groups' names at 32, so 16 remain for the name and 7 for the suffix.
 */
exports.maxNameLength = 16;
exports.namePattern = /^[a-z][a-z0-9-]*[a-z0-9]$/;
const defaultName = (stack) => `ams-${stack}`;
exports.defaultName = defaultName;
/** Secrets' names are fixed, because the machines ask for them by name. */
function secretName(cluster, reader) {
    return `${cluster.name}-${reader}-${cluster.generation}`;
}
/** Database user of the media machines; the root user is the database machines' own. */
exports.databaseUser = "ams";
/** Where the machines' lines go, on AWS. */
const logGroup = (cluster) => `/ams/${cluster.name}`;
exports.logGroup = logGroup;
/** Where they go on Alibaba Cloud: a project, whose name ends with characters of the stack's own, and a store in it. */
const logProject = ({ name, region }) => `${name}-logs-${region}`;
exports.logProject = logProject;
exports.logStore = "machines";
/**
 * Where recordings go on Alibaba Cloud; the account's number ends the name, as all accounts share them. A bucket stays
 * when its stack goes, and its name with it: another generation has another one.
 */
const recordingsBucket = ({ name, region, generation }) => `${name}-recordings-${region}${generation === 1 ? "" : `-${generation}`}`;
exports.recordingsBucket = recordingsBucket;
/** Where the machines find their agent, on both clouds; here too the account's number ends the name. */
const agentBucket = ({ name, region }) => `${name}-agent-${region}`;
exports.agentBucket = agentBucket;
/** Private DNS zone of the cluster. */
const privateZone = (cluster) => `${cluster.name}.internal`;
exports.privateZone = privateZone;
/** Names of the database's own machines, db1 onwards. */
function databaseHosts(cluster) {
    return Array.from({ length: (0, database_ts_1.databaseMembers)(cluster) }, (_, index) => `db${index + 1}.${(0, exports.privateZone)(cluster)}`);
}
/** What the data volumes of the database's own machines are called: of the first without a number, of the others with theirs. */
function dataVolumeNames(cluster) {
    return databaseHosts(cluster).map((_, member) => `${cluster.name}-database-data${member === 0 ? "" : `-${member + 1}`}`);
}
/** What EC2 attaches a data volume as; EC2's user guide keeps /dev/sdf and its successors for data volumes. */
exports.dataDevice = "/dev/sdf";
/** The database's own machines with their port, as a MongoDB URL lists them. */
function databaseEndpoint(cluster) {
    return databaseHosts(cluster)
        .map((host) => `${host}:${(0, firewall_ts_1.databasePort)(cluster)}`)
        .join(",");
}
/** Tags of every resource; an adapter adds the resource's own Name. */
function tagsOf(cluster) {
    return { ...cluster.tags, "ams-cluster": cluster.name };
}
/** Tags of one resource, with the name that the cloud's console shows. */
function namedTags(cluster, name) {
    return { ...tagsOf(cluster), Name: name };
}
