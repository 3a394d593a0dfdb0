import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2.js";
import type { Output, Resource } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { archiveKey, archives } from "../../../machine/index.ts";
import { agentBucket, namedTags } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
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

/** The bucket that the machines fetch their agent from, and an object for each agent of this release. */
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
    this.ready = [...archives(cluster)].map(
      ([kind, archive]) =>
        new BucketObjectv2(
          `${name}-${kind}`,
          {
            bucket: bucket.id,
            key: archiveKey(archive),
            content: archive.text,
            contentType: "application/json",
            // An object has ten tags at most, and a provider's default ones would count.
            overrideProvider: { defaultTags: { tags: {} } },
          },
          // Another agent is another object: machines, warm machines, templates' versions and refreshes name the last one.
          this.child({ retainOnDelete: true, dependsOn: [policy, ...closed] }),
        ),
    );
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
