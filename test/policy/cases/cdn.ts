import { broken, type Case } from "../broken.ts";

/** CDNs. */
export const cdn: readonly Case[] = [
  ...broken(
    "cdn-speaks-tls",
    "aws",
    [
      "viewers in clear",
      "cloudfront/distribution cdn",
      { "orderedCacheBehaviors[1].viewerProtocolPolicy": "allow-all" },
    ],
    ["an old TLS", "cloudfront/distribution cdn", { "viewerCertificate.minimumProtocolVersion": "TLSv1.1_2016" }],
    [
      "the origin in clear",
      "cloudfront/distribution cdn",
      { "origins[0].customOriginConfig.originProtocolPolicy": "match-viewer" },
    ],
  ),
  ...broken(
    "cdn-speaks-tls",
    "alibaba",
    ["viewers in clear", "cdn/domainConfig cdn-https", { functionName: "http_force" }, "cdn/domainNew cdn"],
    [
      "the origin in clear",
      "cdn/domainConfig cdn-scheme",
      { functionArgs: [{ argName: "scheme_origin", argValue: "follow" }] },
      "cdn/domainNew cdn",
    ],
    ["an old TLS", "cdn/domainConfig cdn-tls", { functionArgs: [] }, "cdn/domainNew cdn"],
  ),
  ...broken("cdn-serves-streams-only", "aws", [
    "all paths",
    "cloudfront/distribution cdn",
    { "defaultCacheBehavior.functionAssociations": undefined },
  ]),
  ...broken("cdn-serves-streams-only", "alibaba", [
    "all paths",
    "cdn/domainConfig cdn-refusal",
    { functionArgs: [{ argName: "enable", argValue: "off" }] },
    "cdn/domainNew cdn",
  ]),
  ...broken("cdn-requests-are-logged", "aws", [
    "a delivery of something else",
    "cloudwatch/logDelivery cdn",
    { deliverySourceName: "another" },
    "cloudfront/distribution cdn",
  ]),
];
