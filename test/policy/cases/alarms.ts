import { broken, type Case } from "../broken.ts";

/** Alarms, their topic and its key, and how long the balancers' logs stay. */
export const alarms: readonly Case[] = [
  ...broken(
    "alarms-tell-somebody",
    "aws",
    ["off", "cloudwatch/metricAlarm alarms-dead-node", { actionsEnabled: false }],
    ["nobody", "cloudwatch/metricAlarm alarms-dead-node", { alarmActions: [] }],
  ),
  ...broken(
    "alarms-tell-somebody",
    "alibaba",
    ["off", "cms/alarm alarms-dead-node", { enabled: false }],
    ["nobody", "cms/alarm alarms-dead-node", { contactGroups: undefined }],
    ["a group that doesn't grow", "ess/alarm origin-load-surge", { alarmActions: [] }],
  ),
  ...broken(
    "alarms-go-encrypted",
    "aws",
    ["no key", "sns/topic alarms", { kmsMasterKeyId: undefined }],
    ["a key that CloudWatch can't use", "sns/topic alarms", { kmsMasterKeyId: "alias/aws/sns" }],
    ["a receiver in clear", "sns/topicSubscription alarms-08168cd8", { protocol: "http" }],
  ),
  ...broken(
    "keys-rotate",
    "aws",
    ["never", "kms/key alarms", { enableKeyRotation: undefined }],
    ["off", "kms/key alarms", { isEnabled: false }],
  ),
  ...broken("logs-are-kept", "aws", [
    "the balancers' for a month",
    "s3/bucketLifecycleConfiguration logs",
    { "rules[0].expiration.days": 30 },
  ]),
  ...broken("no-wildcard-grants", "aws", [
    "a user who may do all in S3",
    "iam/userPolicy recordings",
    { policy: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}]}' },
  ]),
  ...broken("no-broad-managed-policies", "alibaba", [
    "a user with the cloud's own policy",
    "ram/userPolicyAttachment recordings",
    { policyName: "AliyunOSSFullAccess", policyType: "System" },
  ]),
];
