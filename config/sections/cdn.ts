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
        "Certificate for `domain`: ACM certificate ARN in us-east-1 (AWS), or certificate number and site (Alibaba Cloud).",
      source: "none: ACM issues a certificate (AWS)",
    }),
    segmentSeconds: whole(10, 86_400).default(60).meta({
      description: "Time in seconds that the CDN caches a segment.",
      source: "twice AMS's default live window, which is 15 segments of 2 s",
    }),
    exclusive: flag
      .default(false)
      .describe(
        "The load balancer returns playlists and segments only to the CDN, which identifies itself with a secret header. Players that use the cluster's own host name receive HTTP 403.",
      ),
    recordings: flag
      .default(false)
      .describe("The CDN also serves the recordings in the bucket, without access control. AWS only."),
  })
  .optional()
  .meta({
    description: "CDN for live HLS and DASH from the edges: CloudFront or Alibaba Cloud CDN.",
    source: "none",
  });
