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
exports.AgentBucket = void 0;
const vpcEndpoint_js_1 = require("@pulumi/aws/ec2/vpcEndpoint.js");
const bucketObjectv2_js_1 = require("@pulumi/aws/s3/bucketObjectv2.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const storage_ts_1 = require("./storage.js");
/**
 * What goes through the endpoint: objects of any bucket, since packages, Session Manager and the recordings of AMS take the
 * same way. Whose they are is the roles' and the buckets' to say; no bucket is administered from here.
 */
const objectActions = [
    "s3:GetObject",
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
];
/** The bucket that the machines fetch their agent from, and an object for each agent of this release. */
class AgentBucket extends part_ts_1.Part {
    /** What a template waits for, so that none names an agent that is not there. */
    ready;
    constructor(cluster, network, account, parent) {
        super("Agent", `${cluster.name}-agent`, parent);
        const name = `${cluster.name}-agent`;
        const { bucket, policy, closed } = (0, storage_ts_1.addPrivateBucket)(this, cluster, name, {
            bucket: pulumi.interpolate `${(0, naming_ts_1.agentBucket)(cluster)}-${account}`,
            ofStack: true,
        });
        this.ready = [...(0, index_ts_1.archives)(cluster)].map(([kind, archive]) => new bucketObjectv2_js_1.BucketObjectv2(`${name}-${kind}`, {
            bucket: bucket.id,
            key: (0, index_ts_1.archiveKey)(archive),
            content: archive.text,
            contentType: "application/json",
            // An object has ten tags at most, and a provider's default ones would count.
            overrideProvider: { defaultTags: { tags: {} } },
        }, 
        // Another agent is another object: machines, warm machines, templates' versions and refreshes name the last one.
        this.child({ retainOnDelete: true, dependsOn: [policy, ...closed] })));
        if (cluster.network.existing === undefined)
            this.#addEndpoint(cluster, network);
        this.registerOutputs();
    }
    /** S3 without the internet, at no charge; an existing network's endpoints are its owner's. */
    #addEndpoint(cluster, { vpcId, tableIds }) {
        const name = `${cluster.name}-agent-s3`;
        const policy = JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: "*", Action: objectActions, Resource: "*" }],
        });
        new vpcEndpoint_js_1.VpcEndpoint(name, {
            vpcId,
            serviceName: `com.amazonaws.${cluster.region}.s3`,
            vpcEndpointType: "Gateway",
            routeTableIds: [...tableIds],
            policy,
            tags: (0, naming_ts_1.namedTags)(cluster, name),
        }, this.child());
    }
}
exports.AgentBucket = AgentBucket;
