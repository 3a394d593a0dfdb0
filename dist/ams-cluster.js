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
exports.AmsCluster = void 0;
const pulumi = __importStar(require("@pulumi/pulumi"));
const args_ts_1 = require("./providers/args.js");
const rendered_cluster_ts_1 = require("./providers/rendered-cluster.js");
/**
 * An Ant Media Server cluster on AWS or Alibaba Cloud. `provider`, `providers`, `aliases`, `transforms` and the other options
 * of a component reach all that it makes.
 *
 * Throws a RunError that names every fault of the arguments, before the first resource.
 */
class AmsCluster extends rendered_cluster_ts_1.RenderedCluster {
    /** Where publishers connect with WebRTC and the REST API answers. */
    publishUrl;
    /** Where viewers connect. */
    playUrl;
    /** Where publishers send RTMP; empty without it. */
    rtmpUrl;
    /** Web panel, for the administrators' ranges. */
    panelUrl;
    /** Statistics page of the proxies; empty without proxies or without administrators' ranges. */
    statsUrl;
    panelUser;
    /** Name of the secret that holds the panel's password, under `panelPassword`. */
    panelSecret;
    databaseEndpoint;
    /** DNS records that a person has to add; empty where the cloud's DNS is managed or there is no domain. */
    dnsRecordsToAdd;
    /** Name of the origins' scaling group. */
    originGroup;
    /** Name of the edges' scaling group; empty in standalone mode. */
    edgeGroup;
    /** Name of the proxies' scaling group; empty with the cloud's own balancer. */
    balancerGroup;
    /** `name`: prefix of every name, at most 16 lower-case letters, digits and dashes, unless `args.name` says another. */
    constructor(name, args, options = {}) {
        const { checked, secrets } = (0, args_ts_1.checkArgs)(name, args);
        super(name, checked, secrets, options);
        const { outputs } = this;
        this.publishUrl = pulumi.output(outputs.publishUrl);
        this.playUrl = pulumi.output(outputs.playUrl);
        this.rtmpUrl = pulumi.output(outputs.rtmpUrl);
        this.panelUrl = pulumi.output(outputs.panelUrl);
        this.statsUrl = pulumi.output(outputs.statsUrl);
        this.panelUser = pulumi.output(outputs.panelUser);
        this.panelSecret = pulumi.output(outputs.panelSecret);
        this.databaseEndpoint = pulumi.output(outputs.databaseEndpoint);
        this.dnsRecordsToAdd = pulumi.output(outputs.dnsRecordsToAdd);
        this.originGroup = pulumi.output(outputs.originGroup);
        this.edgeGroup = pulumi.output(outputs.edgeGroup);
        this.balancerGroup = pulumi.output(outputs.balancerGroup);
    }
}
exports.AmsCluster = AmsCluster;
