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
exports.recordType = exports.streamName = void 0;
exports.addresses = addresses;
const pulumi = __importStar(require("@pulumi/pulumi"));
const balancer_ts_1 = require("../model/balancer.js");
const cluster_ts_1 = require("../model/cluster.js");
const listeners_ts_1 = require("../model/listeners.js");
/** Name of the network balancer, which takes the ingest, below the domain's own. */
const streamName = ({ name }) => `rtmp.${name}`;
exports.streamName = streamName;
const hasStats = (cluster) => (0, balancer_ts_1.proxyOf)(cluster) !== undefined && cluster.access.adminCidrs.length > 0;
/** Addresses for people: below the domain, or below the balancers' own names; without RTMP its URL is empty. */
function addresses(cluster, webHost, streamHost) {
    const { domain } = cluster;
    const web = pulumi.output(domain?.name ?? webHost);
    const stream = pulumi.output(domain === undefined ? (streamHost ?? "") : (0, exports.streamName)(domain));
    const known = pulumi.all([web, stream]).apply(([host, rtmpHost]) => (0, listeners_ts_1.urls)(cluster, host, rtmpHost));
    return {
        publishUrl: known.publish,
        playUrl: known.play,
        rtmpUrl: cluster.balancer.rtmp ? known.rtmp : "",
        panelUrl: known.panel,
        statsUrl: hasStats(cluster)
            ? pulumi.interpolate `${(0, cluster_ts_1.usesTls)(cluster) ? "https" : "http"}://${web}:${balancer_ts_1.statsPort}/`
            : "",
    };
}
/** Of a name that a person adds at another DNS host. */
const recordType = ({ zone }, name) => (name === zone ? "ALIAS" : "CNAME");
exports.recordType = recordType;
