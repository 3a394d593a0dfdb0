import { flag, handle, hostName, whole } from "../parts.ts";
import { examples } from "../remedy/examples.ts";
import * as z from "../zod.ts";

export const cdn = z
  .strictObject({
    domain: hostName.optional().meta({
      description: "CDN host name, e.g. cdn.example.com. Required on Alibaba Cloud.",
      source: "none: CloudFront assigns a host name",
    }),
    certificateId: handle(/./, "a certificate id").optional().meta({
      example: examples.cdnCertificateId,
      description:
        "Certificate for `domain`: the ARN of an ACM certificate in us-east-1 (AWS), or a certificate number and site such as 12345678-ap-southeast-1 (Alibaba Cloud).",
      source: "none: ACM issues a certificate (AWS)",
    }),
    segmentSeconds: whole(10, 86_400).default(60).meta({
      description: "Number of seconds for which the CDN caches a segment.",
      source: "twice the length of AMS's default live playlist, which has 15 segments of 2 s",
    }),
    exclusive: flag
      .default(false)
      .describe(
        "Makes the load balancer return playlists and segments only to the CDN, which identifies itself with a secret header. Players that use the cluster's own host name receive HTTP 403.",
      ),
    recordings: flag
      .default(false)
      .describe("Makes the CDN also serve the recordings in the bucket, without access control. AWS only."),
  })
  .optional()
  .meta({
    description: "CDN that delivers live HLS and DASH streams from the edges: CloudFront (AWS) or Alibaba Cloud CDN.",
    source: "none",
  });
