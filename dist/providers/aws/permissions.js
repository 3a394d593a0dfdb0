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
exports.partition = void 0;
exports.throughKey = throughKey;
exports.permissions = permissions;
const pulumi = __importStar(require("@pulumi/pulumi"));
const cluster_ts_1 = require("../../model/cluster.js");
const metrics_ts_1 = require("../../model/metrics.js");
const naming_ts_1 = require("../../model/naming.js");
const partitions_ts_1 = require("../../model/partitions.js");
const documents_ts_1 = require("../documents.js");
const handles_ts_1 = require("../handles.js");
/** What the ARNs of the cluster's region have for their partition. */
const partition = ({ region }) => (0, partitions_ts_1.partitionOf)(region).id;
exports.partition = partition;
/**
 * Use of the owner's key, if there is one, by way of one service alone. KMS's guide ("kms:ViaService") ends every service's
 * name with amazonaws.com and speaks of no other partition, so the partition's own suffix counts as well.
 */
function throughKey(cluster, service, Action) {
    const { encryption, region } = cluster;
    if (encryption.keyId === undefined)
        return [];
    const suffixes = [...new Set([partitions_ts_1.usualPartition.dnsSuffix, (0, partitions_ts_1.partitionOf)(region).dnsSuffix])];
    const [name = "", ...others] = suffixes.map((suffix) => `${service}.${region}.${suffix}`);
    const via = { StringEquals: { "kms:ViaService": others.length === 0 ? name : [name, ...others] } };
    return [{ Effect: "Allow", Action, Resource: (0, handles_ts_1.inputOf)(encryption.keyId), Condition: via }];
}
/** An instance role's policy: what the machines of its group do, and nothing else. */
function permissions(cluster, role, needs) {
    const Statement = [...everyMachine(cluster, needs), ...ownTasks(cluster, role, needs)];
    return (0, documents_ts_1.policyDocument)({ Version: "2012-10-17", Statement });
}
function ownTasks(cluster, role, needs) {
    switch (role) {
        case "origin":
        case "edge":
            return mediaMachine(cluster, role);
        case "proxy":
            return proxyMachine(cluster, needs);
        case "database":
            return [];
        default:
            return (0, cluster_ts_1.assertNever)(role);
    }
}
function everyMachine(cluster, { secretArn, logGroupArn }) {
    return [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
        ...throughKey(cluster, "secretsmanager", "kms:Decrypt"),
        ownAgent(cluster, logGroupArn),
        {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate `${logGroupArn}:*`,
        },
        {
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": (0, metrics_ts_1.metricNamespace)(cluster) } },
        },
        sessions(cluster),
    ];
}
/** The bucket's name ends with the account's number, as the log's ARN has it. */
function ownAgent(cluster, logGroupArn) {
    const account = pulumi.output(logGroupArn).apply((arn) => arn.split(":")[4] ?? "");
    const bucket = `arn:${(0, exports.partition)(cluster)}:s3:::${(0, naming_ts_1.agentBucket)(cluster)}`;
    return { Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.interpolate `${bucket}-${account}/agent/*` };
}
/**
 * Session Manager in the place of SSH: no open port, no key. These five are what a session needs (Systems Manager's user
 * guide, "Add Session Manager permissions to an existing IAM role"); the managed AmazonSSMManagedInstanceCore would let
 * the machine read every parameter of the account as well. None of them takes a resource, so the region narrows them.
 */
const sessions = ({ region }) => ({
    Effect: "Allow",
    Action: [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ],
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region } },
});
/**
 * A node ends the launch and the drain of its own group's machines, asks which of the two it is in, and says when its
 * AMS is gone. The other group is out of its reach: an edge, which strangers ask, can end no origin.
 */
function mediaMachine(cluster, role) {
    const { name, region } = cluster;
    return [
        {
            Effect: "Allow",
            Action: [
                "autoscaling:CompleteLifecycleAction",
                "autoscaling:RecordLifecycleActionHeartbeat",
                "autoscaling:SetInstanceHealth",
            ],
            // Pulumi ends a group's name with seven characters of its own.
            Resource: `arn:${(0, exports.partition)(cluster)}:autoscaling:${region}:*:autoScalingGroup:*:autoScalingGroupName/${name}-${role}-*`,
            // Another cluster's name may begin as this one's does.
            Condition: { StringEquals: { "autoscaling:ResourceTag/ams-cluster": name } },
        },
        {
            Effect: "Allow",
            // Takes no resource.
            Action: "autoscaling:DescribeAutoScalingInstances",
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
    ];
}
/** A proxy finds the nodes of its cluster, and which of them leave. Neither call takes a resource. */
function proxyMachine(cluster, { certificateArn }) {
    const { region } = cluster;
    return [
        {
            Effect: "Allow",
            Action: ["ec2:DescribeInstances", "autoscaling:DescribeAutoScalingInstances"],
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
        ...(certificateArn === undefined ? [] : mayRenew(cluster, certificateArn)),
    ];
}
/** One of the proxies renews the certificate, the others fetch it. */
const mayRenew = (cluster, certificateArn) => [
    {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
        Resource: certificateArn,
    },
    ...throughKey(cluster, "secretsmanager", "kms:GenerateDataKey"),
];
