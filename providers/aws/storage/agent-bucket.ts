import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2.js";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { agentBucket, namedTags } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { applicationFiles, archiveFiles, type BucketFile } from "../../shared/agent-files.ts";
import type { Network } from "../network/network.ts";
import { addPrivateBucket } from "./storage.ts";

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

/** The bucket that the machines fetch their agent from, an object for each agent of this release, and what AMS's applications are brought to. */
export class AgentBucket extends ClusterComponent {
  /** What a template waits for, so that none names an agent that is not there. */
  readonly ready: readonly Resource[];

  constructor(cluster: Cluster, network: Network, account: Output<string>, parent: ClusterComponent) {
    super("Agent", `${cluster.name}-agent`, parent);
    const name = `${cluster.name}-agent`;
    const { bucket, policy, closed } = addPrivateBucket(this, cluster, name, {
      bucket: pulumi.interpolate`${agentBucket(cluster)}-${account}`,
      ofStack: true,
    });
    const add = (file: BucketFile, options: CustomResourceOptions): BucketObjectv2 =>
      new BucketObjectv2(
        `${name}-${file.name}`,
        {
          bucket: bucket.id,
          key: file.key,
          content: file.content,
          contentType: "application/json",
          // An object has ten tags at most, and a provider's default ones would count.
          overrideProvider: { defaultTags: { tags: {} } },
        },
        this.child(options),
      );
    // Another agent is another object: machines, warm machines, templates' versions and refreshes name the last one.
    const kept = { retainOnDelete: true, dependsOn: [policy, ...closed] };
    this.ready = archiveFiles(cluster).map((file) => add(file, kept));
    const { document, pointer } = applicationFiles(this, cluster);
    add(pointer, { dependsOn: [add(document, kept)] });
    if (cluster.network.existing === undefined) this.#addEndpoint(cluster, network);
    this.registerOutputs();
  }

  /** S3 without the internet, at no charge; an existing network's endpoints are its owner's. */
  #addEndpoint(cluster: Cluster, { vpcId, tableIds }: Network): void {
    const name = `${cluster.name}-agent-s3`;
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: objectActions, Resource: "*" }],
    });
    new VpcEndpoint(
      name,
      {
        vpcId,
        serviceName: `com.amazonaws.${cluster.region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: [...tableIds],
        policy,
        tags: namedTags(cluster, name),
      },
      this.child(),
    );
  }
}
