import { AccessKey } from "@pulumi/aws/iam/accessKey.js";
import { User } from "@pulumi/aws/iam/user.js";
import { UserPolicy } from "@pulumi/aws/iam/userPolicy.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.ts";
import { namedTags } from "../../model/naming.ts";
import { Part } from "../part.ts";
import { overwrittenDays, partsDays, type RecordingsAddress } from "../recordings.ts";
import { throughKey } from "./permissions.ts";

/** The recordings' bucket: private, encrypted, over TLS alone, and left where it is when the stack goes. */
export class Storage extends Part {
  readonly recordings: RecordingsAddress;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, parent: Part) {
    super("Storage", `${cluster.name}-storage`, parent);
    this.#cluster = cluster;
    const bucket = this.#addBucket();
    this.#close(bucket);
    this.#keep(bucket);
    this.recordings = this.#addSender(bucket);
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-recordings`;
  }

  /** What makes the bucket private stays with it. */
  #kept(): pulumi.CustomResourceOptions {
    return this.child({ retainOnDelete: true });
  }

  #addBucket(): Bucket {
    const tags = namedTags(this.#cluster, this.#name);
    return new Bucket(this.#name, { tags }, this.durable(this.#cluster, { retainOnDelete: true }));
  }

  #close(bucket: Bucket): void {
    new BucketPublicAccessBlock(
      this.#name,
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      this.#kept(),
    );
    const policy = pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsAlone",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    new BucketPolicy(this.#name, { bucket: bucket.bucket, policy }, this.#kept());
  }

  #keep(bucket: Bucket): void {
    const { keyId } = this.#cluster.encryption;
    const encrypted = {
      applyServerSideEncryptionByDefault:
        keyId === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyId },
      // Else each object asks the key's service, for a price.
      ...(keyId === undefined ? {} : { bucketKeyEnabled: true }),
    };
    new BucketServerSideEncryptionConfiguration(
      this.#name,
      { bucket: bucket.bucket, rules: [encrypted] },
      this.#kept(),
    );
    const versioning = new BucketVersioning(
      this.#name,
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      this.#kept(),
    );
    const rule = {
      id: "leftovers",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: partsDays },
      noncurrentVersionExpiration: { noncurrentDays: overwrittenDays },
    };
    new BucketLifecycleConfiguration(
      this.#name,
      { bucket: bucket.bucket, rules: [rule] },
      // Of versions it can only speak where there are any.
      { ...this.#kept(), dependsOn: [versioning] },
    );
  }

  /** A user that can write and neither read nor delete. */
  #addSender(bucket: Bucket): RecordingsAddress {
    const user = new User(this.#name, { tags: namedTags(this.#cluster, this.#name) }, this.child());
    const policy = pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
          Resource: pulumi.interpolate`${bucket.arn}/*`,
        },
        // The parts of an upload are read again when they are put together.
        ...throughKey(this.#cluster, "s3", ["kms:GenerateDataKey", "kms:Decrypt"]),
      ],
    });
    new UserPolicy(this.#name, { user: user.name, policy }, this.child());
    const key = new AccessKey(this.#name, { user: user.name }, this.child());
    return {
      bucket: bucket.bucket,
      accessKey: key.id,
      secretKey: pulumi.secret(key.secret),
      permission: "bucket-owner-full-control",
    };
  }
}
