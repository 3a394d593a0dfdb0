import { BucketObject } from "@pulumi/alicloud/oss/bucketObject.js";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { agentBucket } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { applicationFiles, archiveFiles, type BucketFile } from "../../shared/agent-files.ts";
import { addPrivateBucket } from "./storage.ts";

/** The bucket that the machines fetch their agent from, an object for each agent of this release, and what AMS's applications are brought to. */
export class AgentBucket extends ClusterComponent {
  /** What a template waits for, so that none names an agent that is not there. */
  readonly ready: readonly Resource[];

  /** `arn` has the account's number in it: all accounts share the names of buckets. */
  constructor(cluster: Cluster, arn: Output<string>, parent: ClusterComponent) {
    super("Agent", `${cluster.name}-agent`, parent);
    const name = `${cluster.name}-agent`;
    const physicalName = arn.apply((text) => `${agentBucket(cluster)}-${text.split(":")[3] ?? ""}`);
    const { bucket, closed } = addPrivateBucket(this, cluster, name, { bucket: physicalName, ofStack: true });
    const add = (file: BucketFile, options: CustomResourceOptions): BucketObject =>
      new BucketObject(
        `${name}-${file.name}`,
        { bucket: bucket.id, key: file.key, content: file.content, contentType: "application/json" },
        this.child(options),
      );
    // Another agent is another object: machines, warm machines, templates' versions and refreshes name the last one.
    const kept = { retainOnDelete: true, dependsOn: [...closed] };
    this.ready = archiveFiles(cluster).map((file) => add(file, kept));
    const { document, pointer } = applicationFiles(this, cluster);
    add(pointer, { dependsOn: [add(document, kept)] });
    this.registerOutputs();
  }
}
