import type { Per } from "../price-book.ts";

/** Where an item stands in AWS's price list files: the rows that have all of these fields. */
export interface Query {
  readonly service: string;
  /** The usage type without the region's prefix, such as `APS3-`. */
  readonly usage: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly unit: RegExp;
  readonly per: Per;
  /** How many of the row's units the item is. @default 1 */
  readonly times?: number;
}

const hours = { unit: /^(Hrs|hours?|LCU-Hrs)$/i, per: "hour" } as const;
const stored = { unit: /^GB-Mo(nth)?$/i, per: "GiB-month" } as const;
const bytes = { unit: /^GB$/i, per: "GB" } as const;

const balancer = (kind: "Application" | "Network", usage: string): Query => ({
  ...{ service: "AWSELB", usage, ...hours },
  fields: { operation: `LoadBalancing:${kind}` },
});

const fixed: Readonly<Record<string, Query>> = {
  snapshot: {
    service: "AmazonEC2",
    usage: "EBS:SnapshotUsage",
    fields: { "Product Family": "Storage Snapshot" },
    ...stored,
  },
  "nat-gateway": { service: "AmazonEC2", usage: "NatGateway-Hours", fields: { operation: "NatGateway" }, ...hours },
  "nat-data": { service: "AmazonEC2", usage: "NatGateway-Bytes", fields: { operation: "NatGateway" }, ...bytes },
  "public-address": { service: "AmazonVPC", usage: "PublicIPv4:InUseAddress", fields: {}, ...hours },
  "application-balancer": balancer("Application", "LoadBalancerUsage"),
  "application-balancer-unit": balancer("Application", "LCUUsage"),
  "network-balancer": balancer("Network", "LoadBalancerUsage"),
  "network-balancer-unit": balancer("Network", "LCUUsage"),
  traffic: {
    ...{ service: "AWSDataTransfer", usage: "DataTransfer-Out-Bytes", ...bytes },
    fields: { "Transfer Type": "AWS Outbound" },
  },
  "object-storage": {
    ...{ service: "AmazonS3", usage: "TimedStorage-ByteHrs", ...stored },
    fields: { "Storage Class": "General Purpose", "Volume Type": "Standard" },
  },
  "log-data": {
    service: "AmazonCloudWatch",
    usage: "DataProcessing-Bytes",
    fields: { operation: "PutLogEvents" },
    ...bytes,
  },
  "flow-log-data": { service: "AmazonCloudWatch", usage: "S3-Egress-Bytes", fields: {}, ...bytes },
  alarm: { service: "AmazonCloudWatch", usage: "CW:AlarmMonitorUsage", fields: {}, unit: /^Alarms$/, per: "month" },
  "detailed-monitoring": {
    ...{ service: "AmazonCloudWatch", usage: "CW:MetricMonitorUsage", fields: {}, unit: /^Metrics$/, per: "month" },
    // An instance has seven metrics (CloudWatch pricing, example of detailed monitoring).
    times: 7,
  },
  secret: {
    service: "AWSSecretsManager",
    usage: "AWSSecretsManager-Secrets",
    fields: {},
    unit: /^Secrets?$/i,
    per: "month",
  },
  "managed-database-storage": { service: "AmazonDocDB", usage: "StorageUsage", fields: {}, ...stored },
};

/** The query of an item; undefined for what the files don't have by region. */
export function queryOf(item: string): Query | undefined {
  const [kind = "", of = ""] = item.split("/");
  if (kind === "machine") {
    const fields = {
      "Operating System": "Linux",
      Tenancy: "Shared",
      "Pre Installed S/W": "NA",
      CapacityStatus: "Used",
    };
    return { service: "AmazonEC2", usage: `BoxUsage:${of}`, fields: { ...fields, "Instance Type": of }, ...hours };
  }
  if (kind === "disk") {
    const fields = { "Product Family": "Storage", "Volume API Name": of };
    return { service: "AmazonEC2", usage: `EBS:VolumeUsage.${of}`, fields, ...stored };
  }
  if (kind === "managed-database")
    return { service: "AmazonDocDB", usage: `InstanceUsage:${of}`, fields: {}, ...hours };
  return fixed[item];
}

/** `APS3-BoxUsage:c5.large` and us-east-1's `BoxUsage:c5.large` alike. */
export const withoutPrefix = (usage: string): string => usage.replace(/^[A-Z]{2,4}\d?-/, "");
