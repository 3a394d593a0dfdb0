import { Bucket } from "@pulumi/alicloud/oss/bucket.js";
import { BucketPolicy } from "@pulumi/alicloud/oss/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/alicloud/oss/bucketPublicAccessBlock.js";
import { AccessKey } from "@pulumi/alicloud/ram/accessKey.js";
import { Policy } from "@pulumi/alicloud/ram/policy.js";
import { User } from "@pulumi/alicloud/ram/user.js";
import { UserPolicyAttachment } from "@pulumi/alicloud/ram/userPolicyAttachment.js";
import * as pulumi from "@pulumi/pulumi";
import type { Handle } from "../../../config/handle.ts";
import type { Cluster } from "../../../config/types.ts";
import { namedTags, recordingsBucket } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { policyDocument } from "../../shared/documents.ts";
import { inputOf } from "../../shared/handles.ts";
import { overwrittenDays, partsDays, type RecordingsAddress } from "../../shared/recordings.ts";

/** The recordings' bucket: private, encrypted, over TLS alone, and left where it is when the stack goes. */
export class Storage extends ClusterComponent {
  readonly recordings: RecordingsAddress;
  readonly #cluster: Cluster;

  /** `arn` has the account's number in it: all accounts share the names of buckets. */
  constructor(cluster: Cluster, arn: pulumi.Output<string>, parent: ClusterComponent) {
    super("Storage", `${cluster.name}-storage`, parent);
    this.#cluster = cluster;
    const name = arn.apply((text) => `${recordingsBucket(cluster)}-${text.split(":")[3] ?? ""}`);
    addPrivateBucket(this, cluster, this.#name, { bucket: name, ...cluster.encryption });
    this.recordings = this.#addSender(name);
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-recordings`;
  }

  /** A user that may list, read and write here, and delete nothing. */
  #addSender(bucket: pulumi.Output<string>): RecordingsAddress {
    const { region, encryption } = this.#cluster;
    const tags = namedTags(this.#cluster, this.#name);
    // RAM has no regions.
    const physicalName = `${this.#name}-${region}`;
    const user = new User(this.#name, { name: physicalName, tags }, this.child());
    const document = policyDocument({
      Version: "1",
      Statement: [
        {
          Effect: "Allow",
          Action: ["oss:GetObject", "oss:PutObject", "oss:PutObjectAcl", "oss:AbortMultipartUpload", "oss:ListParts"],
          Resource: pulumi.interpolate`acs:oss:*:*:${bucket}/*`,
        },
        { Effect: "Allow", Action: ["oss:ListObjects"], Resource: pulumi.interpolate`acs:oss:*:*:${bucket}` },
        ...(encryption.keyId === undefined ? [] : [throughKey(region, encryption.keyId)]),
      ],
    });
    const policy = new Policy(
      this.#name,
      {
        policyName: physicalName,
        description: `Allows AMS in ${this.#cluster.name} to upload recordings`,
        policyDocument: document,
        rotateStrategy: "DeleteOldestNonDefaultVersionWhenLimitExceeded",
        tags,
      },
      this.child(),
    );
    const granted = { userName: user.name, policyName: policy.policyName, policyType: "Custom" };
    new UserPolicyAttachment(this.#name, granted, this.child());
    const key = new AccessKey(this.#name, { userName: user.name }, this.child());
    return {
      bucket,
      // Where OSS speaks S3's protocol to machines of its own region (OSS, "Use AWS SDKs to access OSS"). Its public names
      // take no data of new accounts in the Chinese mainland.
      endpoint: `https://s3.oss-${region}-internal.aliyuncs.com`,
      accessKey: key.id,
      secretKey: pulumi.secret(key.secret),
      permission: "private",
    };
  }
}

export interface Contents {
  /** All accounts share the names of buckets. */
  readonly bucket: pulumi.Output<string>;
  /** Key of the owner's. */
  readonly keyId?: Handle;
  /** Whether the stack makes all that is in it, and takes it along when it goes. */
  readonly ofStack?: boolean;
}

/** Private, encrypted, over TLS alone; most stay when the stack goes, and what makes one private stays with it. */
export function addPrivateBucket(component: ClusterComponent, cluster: Cluster, name: string, contents: Contents) {
  const { bucket, keyId, ofStack = false } = contents;
  const made = new Bucket(
    name,
    {
      bucket,
      ...(ofStack ? { forceDestroy: true } : {}),
      serverSideEncryptionRule:
        keyId === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "KMS", kmsMasterKeyId: inputOf(keyId) },
      versioning: { status: "Enabled" },
      lifecycleRules: [leftovers],
      tags: namedTags(cluster, name),
    },
    component.durable(cluster, ofStack ? {} : { retainOnDelete: true }),
  );
  const kept = component.child({ dependsOn: [made], ...(ofStack ? {} : { retainOnDelete: true }) });
  const closed = new BucketPublicAccessBlock(name, { bucket, blockPublicAccess: true }, kept);
  const policy = policyDocument({ Version: "1", Statement: [tlsAlone(bucket)] });
  return {
    bucket: made,
    /** What an object waits for that nothing may see or change. */
    closed: [closed, new BucketPolicy(name, { bucket, policy }, kept)],
  };
}

const leftovers = {
  id: "leftovers",
  prefix: "",
  enabled: true,
  abortMultipartUploads: [{ days: partsDays }],
  noncurrentVersionExpirations: [{ days: overwrittenDays }],
};

const tlsAlone = (bucket: pulumi.Output<string>) => ({
  Effect: "Deny",
  Principal: ["*"],
  Action: ["oss:*"],
  Resource: [pulumi.interpolate`acs:oss:*:*:${bucket}`, pulumi.interpolate`acs:oss:*:*:${bucket}/*`],
  Condition: { Bool: { "acs:SecureTransport": ["false"] } },
});

/** OSS encrypts with the owner's key in the writer's name (OSS, "Server-side encryption", permissions for SSE-KMS). */
const throughKey = (region: string, keyId: Handle) => ({
  Effect: "Allow",
  Action: ["kms:GenerateDataKey", "kms:Decrypt"],
  Resource: pulumi.interpolate`acs:kms:${region}:*:key/${inputOf(keyId)}`,
});
