import { type Fault, show } from "../../../config/fault.ts";
import { isKnown } from "../../../config/handle.ts";
import { removePath, setPath } from "../../../config/remedy/command.ts";
import { examples } from "../../../config/remedy/examples.ts";
import type { Cluster } from "../../../config/types.ts";
import { partitionOf, usualPartition } from "../../../model/network/partitions.ts";
import { unsupported } from "../../contract.ts";

/** Where CloudFront's certificates and log deliveries are, whatever the region of the stack (its developer guide). */
export const cdnRegion = "us-east-1";

/** CloudFront in China is a service of its own, with other certificates; other partitions have none. */
export function checkCdn(cluster: Cluster): readonly Fault[] {
  const { cdn, region } = cluster;
  if (cdn === undefined) return [];
  if (partitionOf(region) !== usualPartition) {
    const allowed = [
      "not set",
      `CloudFront is unavailable in ${region} or requires different certificates there`,
    ] as const;
    return [unsupported("ams:cdn", "a CDN", "aws", allowed, removePath("ams:cdn"))];
  }
  const { certificateId: id } = cdn;
  if (id === undefined || !isKnown(id)) return [];
  if (new RegExp(`^arn:aws:acm:${cdnRegion}:\\d{12}:certificate/[0-9a-f-]{36}$`).test(id)) return [];
  return [
    {
      path: "ams:cdn.certificateId",
      got: show(id),
      allowed: `the ARN of an ACM certificate in ${cdnRegion}, or not set, so that ACM issues a certificate`,
      fix: setPath("ams:cdn.certificateId", examples.cdnCertificateId(cluster)),
    },
  ];
}
