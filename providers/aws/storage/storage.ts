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
import type { Handle } from "../../../config/handle.ts";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { policyDocument } from "../../shared/documents.ts";
import { inputOf } from "../../shared/handles.ts";
import { overwrittenDays, partsDays, type RecordingsAddress } from "../../shared/recordings.ts";
import { identityOf } from "../identity/permissions.ts";
import { throughKey } from "../identity/statements.ts";
import type { Settings } from "../schema.ts";

/** The recordings' bucket: private, encrypted, over TLS alone, and left where it is when the stack goes. */
export class Storage extends ClusterComponent {
  readonly recordings: RecordingsAddress;
  readonly bucket: Bucket;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, settings: Settings, account: pulumi.Output<string>, parent: ClusterComponent) {
    super("Storage", `${cluster.name}-storage`, parent);
    this.#cluster = cluster;
    const { bucket } = addPrivateBucket(this, cluster, this.#name, {
      ...cluster.encryption,
      ...(cluster.cdn?.recordings === true ? { statements: (arn) => [cdnMayRead(arn, account)] } : {}),
    });
    this.bucket = bucket;
    this.recordings = this.#addSender(bucket, settings);
    this.registerOutputs();
  }

  get #name(): string {
    return `${this.#cluster.name}-recordings`;
  }

  /** A user that may list, read and write here, and delete nothing. */
  #addSender(bucket: Bucket, settings: Settings): RecordingsAddress {
    const tags = namedTags(this.#cluster, this.#name);
    const user = new User(this.#name, { ...identityOf(settings), tags }, this.child());
    const policy = policyDocument({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: [
            "s3:GetObject",
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:AbortMultipartUpload",
            "s3:ListMultipartUploadParts",
          ],
          Resource: pulumi.interpolate`${bucket.arn}/*`,
        },
        { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket.arn },
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

export interface Contents {
  /** Fixed where machines know it before anything tells them. */
  readonly bucket?: pulumi.Output<string>;
  /** Whether the stack makes all that is in it, and takes it along when it goes. */
  readonly ofStack?: boolean;
  /** Key of the owner's. */
  readonly keyId?: Handle;
  /** Days after which a file goes; without them it stays. */
  readonly expireDays?: number;
  /** What others may do. */
  readonly statements?: (arn: pulumi.Output<string>) => readonly object[];
}

/** Private, encrypted, over TLS alone; most stay when the stack goes, and what makes one private stays with it. */
export function addPrivateBucket(component: ClusterComponent, cluster: Cluster, name: string, contents: Contents) {
  const { ofStack = false } = contents;
  const kept = component.child(ofStack ? {} : { retainOnDelete: true });
  const bucket = new Bucket(
    name,
    {
      ...(contents.bucket === undefined ? {} : { bucket: contents.bucket }),
      ...(ofStack ? { forceDestroy: true } : {}),
      tags: namedTags(cluster, name),
    },
    component.durable(cluster, ofStack ? {} : { retainOnDelete: true }),
  );
  const closed = new BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    kept,
  );
  const statements = [tlsAlone(bucket), ...(contents.statements?.(bucket.arn) ?? [])];
  const policy = policyDocument({ Version: "2012-10-17", Statement: statements });
  const encrypted = encrypt(bucket, name, contents.keyId, kept);
  const versioning = keep(bucket, name, contents.expireDays, kept);
  // S3 takes one change of a bucket's access at a time.
  return {
    bucket,
    policy: new BucketPolicy(name, { bucket: bucket.bucket, policy }, { ...kept, dependsOn: [closed] }),
    /** What an object waits for that nothing may see or change. */
    closed: [closed, encrypted, versioning],
  };
}

/** Distributions of this account (CloudFront, "Restrict access to an Amazon S3 origin"). */
const cdnMayRead = (arn: pulumi.Output<string>, account: pulumi.Output<string>) => ({
  Sid: "CdnMayRead",
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: pulumi.interpolate`${arn}/*`,
  Condition: {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:cloudfront::${account}:distribution/*` },
  },
});

const tlsAlone = ({ arn }: Bucket) => ({
  Sid: "TlsAlone",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, pulumi.interpolate`${arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

function encrypt({ bucket }: Bucket, name: string, keyId: Handle | undefined, kept: pulumi.CustomResourceOptions) {
  const encrypted = {
    applyServerSideEncryptionByDefault:
      keyId === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: inputOf(keyId) },
    // Else each object asks the key's service, for a price.
    bucketKeyEnabled: keyId !== undefined,
  };
  return new BucketServerSideEncryptionConfiguration(name, { bucket, rules: [encrypted] }, kept);
}

function keep(
  { bucket }: Bucket,
  name: string,
  expireDays: number | undefined,
  kept: pulumi.CustomResourceOptions,
): BucketVersioning {
  const versioning = new BucketVersioning(name, { bucket, versioningConfiguration: { status: "Enabled" } }, kept);
  const rule = {
    id: "leftovers",
    status: "Enabled",
    filter: { prefix: "" },
    ...(expireDays === undefined ? {} : { expiration: { days: expireDays } }),
    abortIncompleteMultipartUpload: { daysAfterInitiation: partsDays },
    noncurrentVersionExpiration: { noncurrentDays: overwrittenDays },
  };
  // Of versions it can only speak where there are any.
  new BucketLifecycleConfiguration(name, { bucket, rules: [rule] }, { ...kept, dependsOn: [versioning] });
  return versioning;
}
