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
exports.AccessLogs = void 0;
const flowLog_js_1 = require("@pulumi/aws/ec2/flowLog.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const permissions_ts_1 = require("./permissions.js");
const storage_ts_1 = require("./storage.js");
const handles_ts_1 = require("../handles.js");
/** Who called: the balancers' requests, and what the network's rules turned away. */
class AccessLogs extends part_ts_1.Part {
    /** Name of the bucket that the balancers write to. */
    bucket;
    #cluster;
    constructor(cluster, network, account, parent) {
        super("Logs", `${cluster.name}-logs`, parent);
        this.#cluster = cluster;
        const { bucket } = cluster.logs;
        this.bucket = bucket === undefined ? this.#addBucket(account) : pulumi.output((0, handles_ts_1.inputOf)(bucket));
        if (cluster.network.existing === undefined)
            this.#addFlowLog(network);
        this.registerOutputs();
    }
    get #name() {
        return `${this.#cluster.name}-logs`;
    }
    /** Under the bucket's own key: the application balancer takes no other (its guide, "Enable access logs"). */
    #addBucket(account) {
        const made = (0, storage_ts_1.addPrivateBucket)(this, this.#cluster, this.#name, {
            expireDays: this.#cluster.logs.retentionDays,
            statements: (arn) => this.#mayDeliver(arn, account),
        });
        // A balancer checks that it may write when it is told where.
        return made.policy.bucket;
    }
    /** The two services that write, for this account's resources alone; files begin with AWSLogs and the account's number. */
    #mayDeliver(arn, account) {
        const files = pulumi.interpolate `${arn}/AWSLogs/${account}/*`;
        const delivery = { Service: "delivery.logs.amazonaws.com" };
        const ours = {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: {
                "aws:SourceArn": pulumi.interpolate `arn:${(0, permissions_ts_1.partition)(this.#cluster)}:logs:${this.#cluster.region}:${account}:*`,
            },
        };
        return [
            {
                Sid: "ApplicationBalancer",
                Effect: "Allow",
                Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: files,
            },
            {
                Sid: "NetworkBalancerAndFlows",
                Effect: "Allow",
                Principal: delivery,
                Action: "s3:PutObject",
                Resource: files,
                Condition: {
                    ...ours,
                    StringEquals: { ...ours.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
                },
            },
            {
                Sid: "MayAskWhoseBucket",
                Effect: "Allow",
                Principal: delivery,
                Action: "s3:GetBucketAcl",
                Resource: arn,
                Condition: ours,
            },
        ];
    }
    /** What was refused: what was let in is as much as the audience, and stands in the balancers' and nodes' own logs. */
    #addFlowLog({ vpcId }) {
        const name = `${this.#name}-flows`;
        new flowLog_js_1.FlowLog(name, {
            vpcId,
            trafficType: "REJECT",
            logDestinationType: "s3",
            logDestination: pulumi.interpolate `arn:${(0, permissions_ts_1.partition)(this.#cluster)}:s3:::${this.bucket}`,
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, this.child());
    }
}
exports.AccessLogs = AccessLogs;
