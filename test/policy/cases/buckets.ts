import { broken, type Case } from "../broken.ts";

/** Buckets, and what resources say themselves about who may use them. */

const everybody = (action: string, resource: string, principal: unknown = "*"): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: principal, Action: action, Resource: resource }] });

const refusal = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

/** A refusal of what comes in clear, but for one thing. */
const almost = (change: object): string => JSON.stringify({ Statement: [{ ...refusal, ...change }] });

const exposure: readonly Case[] = [
  ...broken(
    "buckets-are-private",
    "aws",
    ["policies let in", "s3/bucketPublicAccessBlock recordings", { blockPublicPolicy: false }],
    ["lists let in", "s3/bucketPublicAccessBlock logs", { ignorePublicAcls: undefined }],
    ["another bucket's block", "s3/bucketPublicAccessBlock logs", { bucket: "another" }, "s3/bucket logs"],
    ["a public list", "s3/bucket recordings", { acl: "public-read" }],
  ),
  ...broken(
    "buckets-are-private",
    "alibaba",
    ["off", "oss/bucketPublicAccessBlock recordings", { blockPublicAccess: false }],
    [
      "another bucket's block",
      "oss/bucketPublicAccessBlock recordings",
      { bucket: "another" },
      "oss/bucket recordings",
    ],
    ["a public list", "oss/bucket recordings", { acl: "public-read-write" }],
  ),
  ...broken(
    "resource-policies-name-who",
    "aws",
    ["a topic", "sns/topic alarms", { policy: everybody("sns:Publish", "*") }],
    ["any account's key", "kms/key alarms", { policy: everybody("kms:*", "*", { AWS: ["*"] }) }],
    [
      "all but one",
      "secretsmanager/secret secrets-media",
      {
        policy: JSON.stringify({
          Statement: [{ Effect: "Allow", NotPrincipal: { AWS: "1" }, Action: "secretsmanager:*", Resource: "*" }],
        }),
      },
    ],
  ),
  ...broken("resource-policies-name-who", "alibaba", [
    "a log project",
    "log/project secrets-log",
    { policy: everybody("log:GetLogStoreLogs", "*", ["*"]) },
  ]),
];

const encryption: readonly Case[] = [
  ...broken(
    "buckets-take-tls-alone",
    "aws",
    ["no statement", "s3/bucketPolicy logs", { policy: '{"Statement":[]}' }, "s3/bucket logs"],
    [
      "the bucket and not its files",
      "s3/bucketPolicy recordings",
      { policy: almost({ Resource: "arn:aws:s3:::b" }) },
      "s3/bucket recordings",
    ],
    [
      "reading alone",
      "s3/bucketPolicy recordings",
      { policy: almost({ Action: "s3:GetObject" }) },
      "s3/bucket recordings",
    ],
    [
      "one account alone",
      "s3/bucketPolicy recordings",
      { policy: almost({ Principal: { AWS: "arn:aws:iam::1:root" } }) },
      "s3/bucket recordings",
    ],
    [
      "only from some place",
      "s3/bucketPolicy recordings",
      { policy: almost({ Condition: { ...refusal.Condition, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }) },
      "s3/bucket recordings",
    ],
    [
      "what comes encrypted",
      "s3/bucketPolicy recordings",
      { policy: almost({ Condition: { Bool: { "aws:SecureTransport": "true" } } }) },
      "s3/bucket recordings",
    ],
    ["another bucket's policy", "s3/bucketPolicy recordings", { bucket: "another" }, "s3/bucket recordings"],
  ),
  ...broken("buckets-take-tls-alone", "alibaba", [
    "no statement",
    "oss/bucketPolicy recordings",
    { policy: '{"Statement":[]}' },
    "oss/bucket recordings",
  ]),
  ...broken("files-are-encrypted", "aws", [
    "the logs under a key that the balancer can't use",
    "s3/bucketServerSideEncryptionConfiguration logs",
    { "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms" },
  ]),
  ...broken("files-are-encrypted", "alibaba", [
    "none",
    "oss/bucket recordings",
    { serverSideEncryptionRule: undefined },
  ]),
];

const durability: readonly Case[] = [
  ...broken(
    "buckets-keep-what-they-have",
    "aws",
    ["at rest", "s3/bucketVersioning recordings", { "versioningConfiguration.status": "Suspended" }],
    ["another bucket's", "s3/bucketVersioning recordings", { bucket: "another" }, "s3/bucket recordings"],
    ["emptied by a destroy", "s3/bucket recordings", { forceDestroy: true }],
  ),
  ...broken(
    "buckets-keep-what-they-have",
    "alibaba",
    ["none", "oss/bucket recordings", { versioning: undefined }],
    ["emptied by a destroy", "oss/bucket recordings", { forceDestroy: true }],
  ),
  ...broken(
    "bucket-leftovers-go",
    "aws",
    ["parts", "s3/bucketLifecycleConfiguration recordings", { "rules[0].abortIncompleteMultipartUpload": undefined }],
    ["a rule that is off", "s3/bucketLifecycleConfiguration recordings", { "rules[0].status": "Disabled" }],
    ["another bucket's", "s3/bucketLifecycleConfiguration recordings", { bucket: "another" }, "s3/bucket recordings"],
  ),
  ...broken(
    "bucket-leftovers-go",
    "alibaba",
    ["versions", "oss/bucket recordings", { "lifecycleRules[0].noncurrentVersionExpirations": undefined }],
    ["a rule that is off", "oss/bucket recordings", { "lifecycleRules[0].enabled": false }],
  ),
];

export const buckets: readonly Case[] = [...exposure, ...encryption, ...durability];
