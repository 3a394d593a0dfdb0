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
exports.Storage = void 0;
exports.addPrivateBucket = addPrivateBucket;
const bucket_js_1 = require("@pulumi/alicloud/oss/bucket.js");
const bucketPolicy_js_1 = require("@pulumi/alicloud/oss/bucketPolicy.js");
const bucketPublicAccessBlock_js_1 = require("@pulumi/alicloud/oss/bucketPublicAccessBlock.js");
const accessKey_js_1 = require("@pulumi/alicloud/ram/accessKey.js");
const policy_js_1 = require("@pulumi/alicloud/ram/policy.js");
const user_js_1 = require("@pulumi/alicloud/ram/user.js");
const userPolicyAttachment_js_1 = require("@pulumi/alicloud/ram/userPolicyAttachment.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const recordings_ts_1 = require("../recordings.js");
const documents_ts_1 = require("../documents.js");
const handles_ts_1 = require("../handles.js");
/** The recordings' bucket: private, encrypted, over TLS alone, and left where it is when the stack goes. */
class Storage extends part_ts_1.Part {
    recordings;
    #cluster;
    /** `arn` has the account's number in it: all accounts share the names of buckets. */
    constructor(cluster, arn, parent) {
        super("Storage", `${cluster.name}-storage`, parent);
        this.#cluster = cluster;
        const name = arn.apply((text) => `${(0, naming_ts_1.recordingsBucket)(cluster)}-${text.split(":")[3] ?? ""}`);
        addPrivateBucket(this, cluster, this.#name, { bucket: name, ...cluster.encryption });
        this.recordings = this.#addSender(name);
        this.registerOutputs();
    }
    get #name() {
        return `${this.#cluster.name}-recordings`;
    }
    /** A user that may list, read and write here, and delete nothing. */
    #addSender(bucket) {
        const { region, encryption } = this.#cluster;
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, this.#name);
        // RAM has no regions.
        const physicalName = `${this.#name}-${region}`;
        const user = new user_js_1.User(this.#name, { name: physicalName, tags }, this.child());
        const document = (0, documents_ts_1.policyDocument)({
            Version: "1",
            Statement: [
                {
                    Effect: "Allow",
                    Action: ["oss:GetObject", "oss:PutObject", "oss:PutObjectAcl", "oss:AbortMultipartUpload", "oss:ListParts"],
                    Resource: pulumi.interpolate `acs:oss:*:*:${bucket}/*`,
                },
                { Effect: "Allow", Action: ["oss:ListObjects"], Resource: pulumi.interpolate `acs:oss:*:*:${bucket}` },
                ...(encryption.keyId === undefined ? [] : [throughKey(region, encryption.keyId)]),
            ],
        });
        const policy = new policy_js_1.Policy(this.#name, {
            policyName: physicalName,
            description: `Send recordings of ${this.#cluster.name}`,
            policyDocument: document,
            rotateStrategy: "DeleteOldestNonDefaultVersionWhenLimitExceeded",
            tags,
        }, this.child());
        const granted = { userName: user.name, policyName: policy.policyName, policyType: "Custom" };
        new userPolicyAttachment_js_1.UserPolicyAttachment(this.#name, granted, this.child());
        const key = new accessKey_js_1.AccessKey(this.#name, { userName: user.name }, this.child());
        return {
            bucket,
            // Where OSS speaks S3's protocol to machines of its own region (OSS, "Use AWS SDKs to access OSS"). Its public names
            // take no data of new accounts in the Chinese mainland.
            endpoint: `https://s3.oss-${region}-internal.aliyuncs.com`,
            accessKey: key.id,
            secretKey: pulumi.secret(key.secret),
            permission: "private",
        };
    }
}
exports.Storage = Storage;
/** Private, encrypted, over TLS alone; most stay when the stack goes, and what makes one private stays with it. */
function addPrivateBucket(part, cluster, name, contents) {
    const { bucket, keyId, ofStack = false } = contents;
    const made = new bucket_js_1.Bucket(name, {
        bucket,
        ...(ofStack ? { forceDestroy: true } : {}),
        serverSideEncryptionRule: keyId === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "KMS", kmsMasterKeyId: (0, handles_ts_1.inputOf)(keyId) },
        versioning: { status: "Enabled" },
        lifecycleRules: [leftovers],
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.durable(cluster, ofStack ? {} : { retainOnDelete: true }));
    const kept = part.child({ dependsOn: [made], ...(ofStack ? {} : { retainOnDelete: true }) });
    const closed = new bucketPublicAccessBlock_js_1.BucketPublicAccessBlock(name, { bucket, blockPublicAccess: true }, kept);
    const policy = (0, documents_ts_1.policyDocument)({ Version: "1", Statement: [tlsAlone(bucket)] });
    return {
        bucket: made,
        /** What an object waits for that nothing may see or change. */
        closed: [closed, new bucketPolicy_js_1.BucketPolicy(name, { bucket, policy }, kept)],
    };
}
const leftovers = {
    id: "leftovers",
    prefix: "",
    enabled: true,
    abortMultipartUploads: [{ days: recordings_ts_1.partsDays }],
    noncurrentVersionExpirations: [{ days: recordings_ts_1.overwrittenDays }],
};
const tlsAlone = (bucket) => ({
    Effect: "Deny",
    Principal: ["*"],
    Action: ["oss:*"],
    Resource: [pulumi.interpolate `acs:oss:*:*:${bucket}`, pulumi.interpolate `acs:oss:*:*:${bucket}/*`],
    Condition: { Bool: { "acs:SecureTransport": ["false"] } },
});
/** OSS encrypts with the owner's key in the writer's name (OSS, "Server-side encryption", permissions for SSE-KMS). */
const throughKey = (region, keyId) => ({
    Effect: "Allow",
    Action: ["kms:GenerateDataKey", "kms:Decrypt"],
    Resource: pulumi.interpolate `acs:kms:${region}:*:key/${(0, handles_ts_1.inputOf)(keyId)}`,
});
