import { BucketObject } from "@pulumi/alicloud/oss/bucketObject.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { archiveKey, archives } from "../../../machine/index.ts";
import { agentBucket } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { addPrivateBucket } from "./storage.ts";

/** The bucket that the machines fetch their agent from, and an object for each agent of this release. */
export class AgentBucket extends ClusterComponent {
  /** What a template waits for, so that none names an agent that is not there. */
  readonly ready: readonly Resource[];

  /** `arn` has the account's number in it: all accounts share the names of buckets. */
  constructor(cluster: Cluster, arn: Output<string>, parent: ClusterComponent) {
    super("Agent", `${cluster.name}-agent`, parent);
    const name = `${cluster.name}-agent`;
    const physicalName = arn.apply((text) => `${agentBucket(cluster)}-${text.split(":")[3] ?? ""}`);
    const { bucket, closed } = addPrivateBucket(this, cluster, name, { bucket: physicalName, ofStack: true });
    this.ready = [...archives(cluster)].map(
      ([kind, archive]) =>
        new BucketObject(
          `${name}-${kind}`,
          { bucket: bucket.id, key: archiveKey(archive), content: archive.text, contentType: "application/json" },
          // Another agent is another object: machines, warm machines, templates' versions and refreshes name the last one.
          this.child({ retainOnDelete: true, dependsOn: [...closed] }),
        ),
    );
    this.registerOutputs();
  }
}
