import type { IncomingMessage } from "node:http";
import type { Cloud as Kind } from "../../config/types.ts";
import { header, objectFault } from "./signatures.ts";

/** What a cloud keeps in its buckets. */
export interface Objects {
  /** By host and path, such as `live-agent-eu-west-1-123456789012.s3.eu-west-1.amazonaws.com/a`. */
  readonly objects: Map<string, string>;
  /** A bucket that is away refuses as one does that is not made yet. */
  bucketsAway: boolean;
  readonly calls: string[];
}

/** Whose machines these are. */
export const awsAccount = "123456789012";
export const alibabaAccount = "1234567890123456";

/** Where a cloud keeps an object of a bucket whose name ends with the account's number. */
export const objectHost = (kind: Kind, bucket: string, region: string, suffix = "amazonaws.com"): string =>
  kind === "aws"
    ? `${bucket}-${awsAccount}.s3.${region}.${suffix}`
    : `${bucket}-${alibabaAccount}.oss-${region}-internal.aliyuncs.com`;

/** S3 and OSS give an object to whoever signs, and S3 only from the owner whom the client expects. */
export function object(kind: Kind, request: IncomingMessage, region: string, cloud: Objects) {
  const refused = (status: number, text: string) => ({ status, text });
  if (cloud.bucketsAway) return refused(404, "NoSuchBucket");
  const fault = objectFault(kind, request, region);
  if (fault !== undefined) return refused(403, fault);
  if (kind === "aws" && header(request, "x-amz-expected-bucket-owner") !== awsAccount)
    return refused(403, "AccessDenied");
  cloud.calls.push(`GET ${request.url}`);
  const text = cloud.objects.get(`${header(request, "host")}${request.url}`);
  return text === undefined ? refused(404, "NoSuchKey") : { status: 200, text };
}
