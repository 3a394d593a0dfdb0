import type { Input } from "@pulumi/pulumi";

/**
 * What AMS needs to send recordings. It has no way to use a machine's role: an empty key is taken for a key
 * (AmazonS3StorageClient; Ant-Media-Server issue 6737), so a user of its own has one. AMS lists the bucket when its client
 * starts (since 2.13.2), asks whether the name is taken before it finishes a recording (a missing object answers 404 only to
 * a user who may list), and sends it in parts, which it lists and drops. It deletes nothing here.
 */
export interface RecordingsAddress {
  readonly bucket: Input<string>;
  /** Absent where AMS finds it by the region. */
  readonly endpoint?: string;
  readonly accessKey: Input<string>;
  readonly secretKey: Input<string>;
  /** Who owns what is sent, as the bucket wants it said: AMS's own default is to make it public. */
  readonly permission: "private" | "bucket-owner-full-control";
}

/** Parts of a recording whose sender is gone are dropped after this, and what was overwritten is. */
export const partsDays = 7;
export const overwrittenDays = 30;
