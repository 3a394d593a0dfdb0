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
exports.addTopic = addTopic;
const key_js_1 = require("@pulumi/aws/kms/key.js");
const topic_js_1 = require("@pulumi/aws/sns/topic.js");
const topicSubscription_js_1 = require("@pulumi/aws/sns/topicSubscription.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const naming_ts_1 = require("../../model/naming.js");
const print_ts_1 = require("../print.js");
const permissions_ts_1 = require("./permissions.js");
const documents_ts_1 = require("../documents.js");
const handles_ts_1 = require("../handles.js");
/**
 * An SNS topic with the stack's receivers; none without any. CloudWatch can't publish to a topic under AWS's own key
 * (CloudWatch's user guide, "Notifying users on alarm changes"), so the topic has a key of its own that lets it, or the
 * owner's, which has to.
 */
function addTopic(part, cluster, arnOfAccount) {
    const { emails, webhooks } = cluster.alarms;
    if (emails.length + webhooks.length === 0)
        return undefined;
    const name = `${cluster.name}-alarms`;
    const { keyId } = cluster.encryption;
    const kmsMasterKeyId = keyId === undefined ? addKey(part, cluster, name, arnOfAccount).arn : (0, handles_ts_1.inputOf)(keyId);
    const topic = new topic_js_1.Topic(name, { kmsMasterKeyId, tags: (0, naming_ts_1.namedTags)(cluster, name) }, part.child());
    // Each has to confirm its subscription, a webhook by calling the address that its first message names.
    const subscribe = (protocol, endpoint) => new topicSubscription_js_1.TopicSubscription(`${name}-${(0, print_ts_1.print)(endpoint)}`, { topic: topic.arn, protocol, endpoint }, part.child());
    for (const email of emails)
        subscribe("email", email);
    for (const webhook of webhooks)
        subscribe("https", webhook);
    return topic.arn;
}
function addKey(part, cluster, name, arnOfAccount) {
    const account = arnOfAccount.apply((arn) => arn.split(":")[4] ?? "");
    return new key_js_1.Key(name, {
        description: `Alarms of ${cluster.name}`,
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        policy: keyPolicy(cluster, account),
        tags: (0, naming_ts_1.namedTags)(cluster, name),
    }, part.child());
}
function keyPolicy(cluster, account) {
    return (0, documents_ts_1.policyDocument)({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "Account",
                Effect: "Allow",
                Principal: { AWS: pulumi.interpolate `arn:${(0, permissions_ts_1.partition)(cluster)}:iam::${account}:root` },
                Action: "kms:*",
                Resource: "*",
            },
            {
                Sid: "Alarms",
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
                Resource: "*",
                Condition: { StringEquals: { "aws:SourceAccount": account } },
            },
        ],
    });
}
