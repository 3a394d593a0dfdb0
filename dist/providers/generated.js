"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.secretDescription = exports.secretOf = void 0;
exports.credentials = credentials;
exports.mediaText = mediaText;
exports.databaseText = databaseText;
exports.proxyText = proxyText;
const pulumi = __importStar(require("@pulumi/pulumi"));
const randomPassword_js_1 = require("@pulumi/random/randomPassword.js");
const balancer_ts_1 = require("../model/balancer.js");
const database_ts_1 = require("../model/database.js");
const naming_ts_1 = require("../model/naming.js");
/** Letters and digits only: AMS's scripts lose or refuse other characters (Ant-Media-Server issues 5344 and 7923). */
function generate(part, cluster, key, length) {
    // Of each kind at least one: ApsaraDB for MongoDB wants three kinds (ResetAccountPassword).
    const characters = { length, special: false, minLower: 1, minUpper: 1, minNumeric: 1 };
    const password = new randomPassword_js_1.RandomPassword(`${cluster.name}-secrets-${key}`, characters, part.child());
    return pulumi.secret(password.result);
}
function credentials(part, cluster, given) {
    const make = (key, length) => generate(part, cluster, key, length);
    const own = (0, database_ts_1.ownDatabase)(cluster) !== undefined;
    const withUser = own || cluster.database.kind === "managed";
    return {
        panelPassword: given.panelPassword ?? make("panel", 24),
        jwtKey: make("jwt", 48),
        clusterKey: make("cluster", 32),
        ...(withUser ? { appPassword: given.databasePassword ?? make("database-app", 32) } : {}),
        ...(own ? { rootPassword: make("database-root", 32), keyFile: make("database-keyfile", 512) } : {}),
        ...((0, balancer_ts_1.proxyOf)(cluster) === undefined ? {} : { statsPassword: make("stats", 24) }),
    };
}
const toJson = (values) => {
    const present = Object.entries(values).filter((entry) => entry[1] !== undefined);
    return pulumi.secret(pulumi.all(Object.fromEntries(present)).apply((known) => JSON.stringify(known)));
};
/**
 * The database's URL. Several hosts make the driver look for their replica set, so that no option is needed: AMS before
 * 3.1.0 can't make applications with a `?` in it.
 */
function mongoUrl(cluster, given, made, managed) {
    if (cluster.database.kind === "external")
        return given.databaseUrl;
    const own = (0, database_ts_1.ownDatabase)(cluster);
    const address = own === undefined ? managed?.hosts : `${(0, naming_ts_1.databaseEndpoint)(cluster)}${own.tls === undefined ? "" : "/?tls=true"}`;
    if (address === undefined || made.appPassword === undefined)
        return undefined;
    return pulumi.interpolate `mongodb://${managed?.user ?? naming_ts_1.databaseUser}:${made.appPassword}@${address}`;
}
/**
 * What a media machine reads at boot, as JSON: mongoUrl, panelPassword, jwtKey, clusterKey, licenceKey, databaseCa, and
 * for recordings recordingsBucket, recordingsEndpoint, recordingsAccessKey, recordingsSecretKey, recordingsPermission.
 */
function mediaText(cluster, given, made, { managed, recordings } = {}) {
    const { panelPassword, jwtKey, clusterKey } = made;
    return toJson({
        mongoUrl: mongoUrl(cluster, given, made, managed),
        panelPassword,
        jwtKey,
        clusterKey,
        licenceKey: given.licenceKey,
        databaseCa: (0, database_ts_1.ownDatabase)(cluster)?.tls?.ca ?? managed?.ca,
        recordingsBucket: recordings?.bucket,
        recordingsEndpoint: recordings?.endpoint,
        recordingsAccessKey: recordings?.accessKey,
        recordingsSecretKey: recordings?.secretKey,
        recordingsPermission: recordings?.permission,
    });
}
/** What a database machine reads at boot, as JSON: rootPassword, appPassword, keyFile, tlsKey, tlsPem, tlsCa. */
function databaseText(cluster, given, made) {
    const { rootPassword, appPassword, keyFile } = made;
    const tls = (0, database_ts_1.ownDatabase)(cluster)?.tls;
    return toJson({
        rootPassword,
        appPassword,
        keyFile,
        tlsKey: tls === undefined ? undefined : given.databaseTlsKey,
        tlsPem: tls?.pem,
        tlsCa: tls?.ca,
    });
}
/** Which secret the machines of a group read: origins and edges are nodes of one AMS cluster and share one. */
const secretOf = (role) => (role === "origin" || role === "edge" ? "media" : role);
exports.secretOf = secretOf;
/** For the console's reader. */
const secretDescription = ({ name }, reader) => reader === "certificate"
    ? `The certificate that the proxies of ${name} share and renew`
    : `What the ${reader} machines of ${name} read at boot`;
exports.secretDescription = secretDescription;
/** What a proxy reads at boot, as JSON: statsPassword, certificatePem, certificateKey. */
function proxyText({ certificate }, given, { statsPassword }) {
    const uploaded = certificate.source === "uploaded" ? certificate.pem : undefined;
    return toJson({
        statsPassword,
        certificatePem: uploaded,
        certificateKey: uploaded === undefined ? undefined : given.certificateKey,
    });
}
