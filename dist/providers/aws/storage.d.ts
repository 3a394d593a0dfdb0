import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import { type RecordingsAddress } from "../recordings.js";
import type { Handle } from "../../model/handle.js";
/** The recordings' bucket: private, encrypted, over TLS alone, and left where it is when the stack goes. */
export declare class Storage extends Part {
    #private;
    readonly recordings: RecordingsAddress;
    constructor(cluster: Cluster, parent: Part);
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
export declare function addPrivateBucket(part: Part, cluster: Cluster, name: string, contents: Contents): {
    bucket: Bucket;
    policy: BucketPolicy;
    /** What an object waits for that nothing may see or change. */
    closed: (BucketPublicAccessBlock | BucketServerSideEncryptionConfiguration | BucketVersioning)[];
};
