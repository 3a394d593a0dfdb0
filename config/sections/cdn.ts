import { flag, handle, hostName, whole } from "../parts.ts";
import { examples } from "../remedy/examples.ts";
import * as z from "../zod.ts";

export const cdn = z
  .strictObject({
    domain: hostName.optional().meta({
      description: "Host name of the CDN, e.g. cdn.example.com. Alibaba Cloud CDN requires one.",
      source: "none: CloudFront's own name",
    }),
    certificateId: handle(/./, "the certificate's id").optional().meta({
      example: examples.cdnCertificateId,
      description:
        "Certificate of `domain`: ARN in ACM in us-east-1 (AWS), or number and site of the certificate (Alibaba Cloud).",
      source: "none: ACM issues one (AWS)",
    }),
    segmentSeconds: whole(10, 86_400).default(60).meta({
      description: "Seconds for which the CDN keeps a segment.",
      source: "twice AMS's default live window of 15 segments of 2 s",
    }),
    exclusive: flag
      .default(false)
      .describe(
        "The load balancer returns playlists and segments to the CDN only, which sends a secret header. Players that use the cluster's own name receive 403.",
      ),
    recordings: flag
      .default(false)
      .describe("All clients can download recordings from the bucket through the CDN. AWS only."),
  })
  .optional()
  .meta({
    description: "CDN in front of the live HLS and DASH of the edges: CloudFront or Alibaba Cloud CDN.",
    source: "none",
  });
