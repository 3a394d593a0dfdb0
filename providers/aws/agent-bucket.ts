import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2.js";
import type { Output, Resource } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { archiveKey, archives } from "../../machine/index.ts";
import type { Cluster } from "../../model/cluster.ts";
import { agentBucket } from "../../model/naming.ts";
import { Part } from "../part.ts";
import { addPrivateBucket } from "./storage.ts";

/** The bucket that the machines fetch their agent from, and an object for each agent of this release. */
export class AgentBucket extends Part {
  /** What a template waits for, so that none names an agent that is not there. */
  readonly ready: readonly Resource[];

  constructor(cluster: Cluster, account: Output<string>, parent: Part) {
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
    this.registerOutputs();
  }
}
