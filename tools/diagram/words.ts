import type { Cloud } from "../../config/types.ts";

/** What each cloud calls its parts. */
export interface Words {
  readonly cloud: string;
  readonly web: string;
  readonly stream: string;
  readonly dns: string;
  readonly issuer: string;
  /** The service that runs a managed database. */
  readonly database: string;
  readonly bucket: string;
  readonly cdn: string;
}

export const words: Readonly<Record<Cloud, Words>> = {
  aws: {
    cloud: "AWS",
    web: "Application Load Balancer",
    stream: "Network Load Balancer",
    dns: "Route 53",
    issuer: "ACM",
    database: "Amazon DocumentDB",
    bucket: "Amazon S3 bucket",
    cdn: "CloudFront",
  },
  alibaba: {
    cloud: "Alibaba Cloud",
    web: "Application Load Balancer",
    stream: "Network Load Balancer",
    dns: "Alibaba Cloud DNS",
    issuer: "Certificate Management Service",
    database: "ApsaraDB for MongoDB",
    bucket: "OSS bucket",
    cdn: "Alibaba Cloud CDN",
  },
};
