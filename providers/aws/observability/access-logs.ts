import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import { cdnRegion } from "../cdn/check-cdn.ts";
import { partition } from "../identity/statements.ts";
import type { Network } from "../network/network.ts";
import { addPrivateBucket } from "../storage/storage.ts";

/** Who called: the balancers' requests, and what the network's rules turned away. */
export class AccessLogs extends ClusterComponent {
  /** Name of the bucket that the balancers write to. */
  readonly bucket: pulumi.Output<string>;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, network: Network, account: pulumi.Output<string>, parent: ClusterComponent) {
    super("Logs", `${cluster.name}-logs`, parent);
    this.#cluster = cluster;
    const { bucket } = cluster.logs;
    this.bucket = bucket === undefined ? this.#addBucket(account) : pulumi.output(inputOf(bucket));
    if (cluster.network.existing === undefined) this.#addFlowLog(network);
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-logs`;
  }

  /** Under the bucket's own key: the application balancer takes no other (its guide, "Enable access logs"). */
  #addBucket(account: pulumi.Output<string>): pulumi.Output<string> {
    const made = addPrivateBucket(this, this.#cluster, this.#name, {
      expireDays: this.#cluster.logs.retentionDays,
      statements: (arn) => this.#mayDeliver(arn, account),
    });
    // A balancer checks that it may write when it is told where.
    return made.policy.bucket;
  }

  /** The two services that write, for this account's resources alone; files begin with AWSLogs and the account's number. */
  #mayDeliver(arn: pulumi.Output<string>, account: pulumi.Output<string>) {
    const files = pulumi.interpolate`${arn}/AWSLogs/${account}/*`;
    const delivery = { Service: "delivery.logs.amazonaws.com" };
    const arnsIn = (region: string) => pulumi.interpolate`arn:${partition(this.#cluster)}:logs:${region}:${account}:*`;
    const own = arnsIn(this.#cluster.region);
    const ours = {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": this.#cluster.cdn === undefined ? own : [own, arnsIn(cdnRegion)] },
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
  #addFlowLog({ vpcId }: Network): void {
    const name = `${this.#name}-flows`;
    new FlowLog(
      name,
      {
        vpcId,
        trafficType: "REJECT",
        logDestinationType: "s3",
        logDestination: pulumi.interpolate`arn:${partition(this.#cluster)}:s3:::${this.bucket}`,
        tags: namedTags(this.#cluster, name),
      },
      this.child(),
    );
  }
}
