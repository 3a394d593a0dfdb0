import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { databaseMembers } from "../../../model/groups/database.ts";
import {
  dimensionsOf,
  type MetricName,
  metricNamespace,
  metrics,
  type Publisher,
} from "../../../model/operation/metrics.ts";

/** What the charts of the clouds' own metrics need to know. */
export interface Charted {
  readonly groups: readonly (readonly [Role, pulumi.Output<string>])[];
  readonly balancer: pulumi.Output<string>;
}

type Line = readonly pulumi.Input<string | Readonly<Record<string, string>>>[];

interface Chart {
  readonly title: string;
  readonly stat: string;
  readonly lines: readonly Line[];
}

const custom = (cluster: Cluster, name: MetricName, publisher: Publisher): Line => {
  const metric = metrics.find((one) => one.name === name);
  if (metric === undefined) throw new Error(`no metric ${name}`);
  const dimensions = Object.entries(dimensionsOf(cluster, metric, publisher)).flat();
  return [metricNamespace(cluster), name, ...dimensions, { label: publisher }];
};

/** CloudWatch's text of a dashboard: two charts a row. */
export function dashboard(cluster: Cluster, charted: Charted): pulumi.Output<string> {
  const charts = chartsOf(cluster, charted);
  const widgets = charts.map(({ title, stat, lines }, index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, stat, metrics: lines, region: cluster.region, period: 60, view: "timeSeries" },
  }));
  return pulumi.jsonStringify({ widgets });
}

function chartsOf(cluster: Cluster, { groups, balancer }: Charted): readonly Chart[] {
  const each = (name: MetricName): readonly Line[] => groups.map(([role]) => custom(cluster, name, role));
  const group = (namespace: string, name: string): readonly Line[] =>
    groups.map(([role, groupName]) => [namespace, name, "AutoScalingGroupName", groupName, { label: role }]);
  const web = (name: string): Line => ["AWS/ApplicationELB", name, "LoadBalancer", balancer];
  return [
    { title: "Viewers", stat: "Sum", lines: each("Viewers") },
    { title: "Publishers", stat: "Sum", lines: each("Publishers") },
    { title: "CPU, %", stat: "Average", lines: group("AWS/EC2", "CPUUtilization") },
    { title: "Memory, %", stat: "Maximum", lines: each("MemoryPercent") },
    { title: "Machines in service", stat: "Average", lines: group("AWS/AutoScaling", "GroupInServiceInstances") },
    { title: "Draining machines", stat: "Sum", lines: each("Draining") },
    { title: "Rejected clients", stat: "Sum", lines: each("RefusedClients") },
    { title: "Database query time, ms", stat: "Maximum", lines: each("DatabaseQueryMilliseconds") },
    ...(cluster.balancer.kind === "managed"
      ? [
          { title: "Requests", stat: "Sum", lines: [web("RequestCount")] },
          { title: "Load balancer errors (5xx)", stat: "Sum", lines: [web("HTTPCode_ELB_5XX_Count")] },
        ]
      : []),
    ...(databaseMembers(cluster) > 0
      ? [{ title: "Data volume, %", stat: "Maximum", lines: [custom(cluster, "DataVolumeUsedPercent", "database")] }]
      : []),
  ];
}
