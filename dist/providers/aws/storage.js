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
const accessKey_js_1 = require("@pulumi/aws/iam/accessKey.js");
const user_js_1 = require("@pulumi/aws/iam/user.js");
const userPolicy_js_1 = require("@pulumi/aws/iam/userPolicy.js");
const bucket_js_1 = require("@pulumi/aws/s3/bucket.js");
const bucketLifecycleConfiguration_js_1 = require("@pulumi/aws/s3/bucketLifecycleConfiguration.js");
const bucketPolicy_js_1 = require("@pulumi/aws/s3/bucketPolicy.js");
const bucketPublicAccessBlock_js_1 = require("@pulumi/aws/s3/bucketPublicAccessBlock.js");
const bucketServerSideEncryptionConfiguration_js_1 = require("@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js");
const bucketVersioning_js_1 = require("@pulumi/aws/s3/bucketVersioning.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const recordings_ts_1 = require("../recordings.js");
const permissions_ts_1 = require("./permissions.js");
const documents_ts_1 = require("../documents.js");
const handles_ts_1 = require("../handles.js");
/** The recordings' bucket: private, encrypted, over TLS alone, and left where it is when the stack goes. */
class Storage extends part_ts_1.Part {
    recordings;
    #cluster;
    constructor(cluster, parent) {
        super("Storage", `${cluster.name}-storage`, parent);
        this.#cluster = cluster;
        const { bucket } = addPrivateBucket(this, cluster, this.#name, cluster.encryption);
        this.recordings = this.#addSender(bucket);
        this.registerOutputs();
    }
    get #name() {
        return `${this.#cluster.name}-recordings`;
    }
    /** A user that may list, read and write here, and delete nothing. */
    #addSender(bucket) {
        const user = new user_js_1.User(this.#name, { tags: (0, naming_ts_1.namedTags)(this.#cluster, this.#name) }, this.child());
        const policy = (0, documents_ts_1.policyDocument)({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: [
                        "s3:GetObject",
                        "s3:PutObject",
                        "s3:PutObjectAcl",
                        "s3:AbortMultipartUpload",
                        "s3:ListMultipartUploadParts",
                    ],
                    Resource: pulumi.interpolate `${bucket.arn}/*`,
                },
                { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket.arn },
                // The parts of an upload are read again when they are put together.
                ...(0, permissions_ts_1.throughKey)(this.#cluster, "s3", ["kms:GenerateDataKey", "kms:Decrypt"]),
            ],
        });
        new userPolicy_js_1.UserPolicy(this.#name, { user: user.name, policy }, this.child());
        const key = new accessKey_js_1.AccessKey(this.#name, { user: user.name }, this.child());
        return {
            bucket: bucket.bucket,
            accessKey: key.id,
            secretKey: pulumi.secret(key.secret),
            permission: "bucket-owner-full-control",
        };
    }
}
exports.Storage = Storage;
/** Private, encrypted, over TLS alone; most stay when the stack goes, and what makes one private stays with it. */
function addPrivateBucket(part, cluster, name, contents) {
    const { ofStack = false } = contents;
    const kept = part.child(ofStack ? {} : { retainOnDelete: true });
    const bucket = new bucket_js_1.Bucket(name, {
        ...(contents.bucket === undefined ? {} : { bucket: contents.bucket }),
        ...(ofStack ? { forceDestroy: true } : {}),
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.durable(cluster, ofStack ? {} : { retainOnDelete: true }));
    const closed = new bucketPublicAccessBlock_js_1.BucketPublicAccessBlock(name, {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    }, kept);
    const statements = [tlsAlone(bucket), ...(contents.statements?.(bucket.arn) ?? [])];
    const policy = (0, documents_ts_1.policyDocument)({ Version: "2012-10-17", Statement: statements });
    const encrypted = encrypt(bucket, name, contents.keyId, kept);
    const versioning = keep(bucket, name, contents.expireDays, kept);
    // S3 takes one change of a bucket's access at a time.
    return {
        bucket,
        policy: new bucketPolicy_js_1.BucketPolicy(name, { bucket: bucket.bucket, policy }, { ...kept, dependsOn: [closed] }),
        /** What an object waits for that nothing may see or change. */
        closed: [closed, encrypted, versioning],
    };
}
const tlsAlone = ({ arn }) => ({
    Sid: "TlsAlone",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, pulumi.interpolate `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
});
function encrypt({ bucket }, name, keyId, kept) {
    const encrypted = {
        applyServerSideEncryptionByDefault: keyId === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: (0, handles_ts_1.inputOf)(keyId) },
        // Else each object asks the key's service, for a price.
        bucketKeyEnabled: keyId !== undefined,
    };
    return new bucketServerSideEncryptionConfiguration_js_1.BucketServerSideEncryptionConfiguration(name, { bucket, rules: [encrypted] }, kept);
}
function keep({ bucket }, name, expireDays, kept) {
    const versioning = new bucketVersioning_js_1.BucketVersioning(name, { bucket, versioningConfiguration: { status: "Enabled" } }, kept);
    const rule = {
        id: "leftovers",
        status: "Enabled",
        filter: { prefix: "" },
        ...(expireDays === undefined ? {} : { expiration: { days: expireDays } }),
        abortIncompleteMultipartUpload: { daysAfterInitiation: recordings_ts_1.partsDays },
        noncurrentVersionExpiration: { noncurrentDays: recordings_ts_1.overwrittenDays },
    };
    // Of versions it can only speak where there are any.
    new bucketLifecycleConfiguration_js_1.BucketLifecycleConfiguration(name, { bucket, rules: [rule] }, { ...kept, dependsOn: [versioning] });
    return versioning;
}
