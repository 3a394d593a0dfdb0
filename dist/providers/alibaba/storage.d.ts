import { Bucket } from "@pulumi/alicloud/oss/bucket.js";
import { BucketPolicy } from "@pulumi/alicloud/oss/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/alicloud/oss/bucketPublicAccessBlock.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../model/cluster.js";
import { Part } from "../part.js";
import { type RecordingsAddress } from "../recordings.js";
import type { Handle } from "../../model/handle.js";
/** The recordings' bucket: private, encrypted, over TLS alone, and left where it is when the stack goes. */
export declare class Storage extends Part {
    #private;
    readonly recordings: RecordingsAddress;
    /** `arn` has the account's number in it: all accounts share the names of buckets. */
    constructor(cluster: Cluster, arn: pulumi.Output<string>, parent: Part);
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
export declare function addPrivateBucket(part: Part, cluster: Cluster, name: string, contents: Contents): {
    bucket: Bucket;
    /** What an object waits for that nothing may see or change. */
    closed: (BucketPublicAccessBlock | BucketPolicy)[];
};
