import { Document } from "yaml";
import type { Cluster } from "../../config/types.ts";
import { exporterPath, exporterPort } from "../../model/operation/exporter.ts";

/** How Prometheus finds and asks the machines. */

export const jobName = ({ name }: Pick<Cluster, "name">): string => `ams-exporter-${name}`;

const job = (cluster: Cluster) => ({
  job_name: jobName(cluster),
  metrics_path: exporterPath,
  scrape_interval: "30s",
  scrape_timeout: "5s",
});

/** Prometheus asks EC2 itself; instances are called by their id, as in the logs. */
const ec2 = ({ name, region }: Cluster) => ({
  ec2_sd_configs: [
    {
      region,
      port: exporterPort,
      filters: [
        { name: "tag:ams-cluster", values: [name] },
        { name: "instance-state-name", values: ["running"] },
      ],
    },
  ],
  relabel_configs: [
    { source_labels: ["__meta_ec2_instance_id"], target_label: "instance" },
    { source_labels: ["__meta_ec2_availability_zone"], target_label: "zone" },
  ],
});

const targetsFile = ({ name }: Cluster): string => `/etc/prometheus/${name}-targets.json`;

/** Prometheus has no service discovery for ECS (prometheus/prometheus issue 11931): a script writes the targets. */
const file = (cluster: Cluster) => ({ file_sd_configs: [{ files: [targetsFile(cluster)], refresh_interval: "30s" }] });

export function scrapeFile(cluster: Cluster): string {
  const scrape = { ...job(cluster), ...(cluster.cloud === "aws" ? ec2(cluster) : file(cluster)) };
  return new Document({ scrape_configs: [scrape] }).toString({ lineWidth: 0 });
}

/** The script for Alibaba Cloud, for cron or a systemd timer on the Prometheus server. */
export const targetsScript = (cluster: Cluster): string => `#!/bin/sh
# Writes a list of the running machines of the cluster ${cluster.name} for Prometheus. Run this script every minute. It requires jq, and the
# Alibaba Cloud CLI with a RAM user or role that is allowed to call ecs:DescribeInstances. If the call fails, the previous targets are kept.
set -eu
file=\${1:-${targetsFile(cluster)}}
new=$(mktemp "$file.XXXXXX")
trap 'rm -f "$new"' EXIT
found=$(aliyun ecs DescribeInstances --pager path='Instances.Instance[]' --MaxResults 100 --RegionId ${cluster.region} \\
    --Status Running --Tag.1.Key ams-cluster --Tag.1.Value ${cluster.name})
printf '%s' "$found" | jq '[.Instances.Instance // [] | .[] | {
    targets: [.VpcAttributes.PrivateIpAddress.IpAddress[0] + ":${exporterPort}"],
    labels: {instance: .InstanceId, zone: .ZoneId}
}]' >"$new"
chmod 0644 "$new"
mv "$new" "$file"
`;
