import type { Cluster } from "../../config/types.ts";

/** Units by CloudWatch's names; Alibaba's CloudMonitor keeps none, and its alarms get them in the text. */
export type MetricUnit = "Percent" | "Milliseconds" | "Seconds" | "Count";

/** How values of a minute become one: what an alarm or a chart asks for. Sums hold for one value a minute and machine. */
export type Aggregation = "average" | "maximum" | "minimum" | "sum";

/**
 * What the machines measure, because neither cloud can see it from outside. Every machine publishes once a minute, with the
 * dimensions that `dimensionsOf` gives and none of the machine: which machine it was stands in its log, and a metric for
 * each machine that ever lived would be paid for. `cluster` figures come from one node only, the first by address among the
 * live ones.
 */
export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly aggregation: Aggregation;
  readonly machine: "media" | "database" | "proxy" | "turn";
  readonly scope: "machine" | "cluster";
  readonly why: string;
  /** The alarm that it is measured for; without that alarm there is no such metric. */
  readonly ofAlarm?: string;
}

const media = { machine: "media", scope: "machine" } as const;
const wholeCluster = { machine: "media", scope: "cluster" } as const;
const database = { machine: "database", scope: "machine" } as const;
const proxy = { machine: "proxy", scope: "machine" } as const;
const turn = { machine: "turn", scope: "machine" } as const;

/** What a group of media machines may follow instead of its CPU. */
export const loadMetric = {
  name: "LoadPercent",
  unit: "Percent",
  aggregation: "average",
  ...media,
  why: "highest of the CPU, memory, network and session usage, where 100 means that the machine is full. Only machines that accept clients report this metric",
} as const satisfies Metric;

export const metrics = [
  {
    name: "MemoryPercent",
    unit: "Percent",
    aggregation: "maximum",
    ...media,
    why: "AMS rejects clients when memory usage reaches 75 %",
  },
  {
    name: "DatabaseQueryMilliseconds",
    unit: "Milliseconds",
    aggregation: "maximum",
    ...media,
    why: "AMS's average database query time (dbQueryAveargeTimeMs): slow queries delay every node that joins",
  },
  loadMetric,
  { name: "Publishers", unit: "Count", aggregation: "sum", ...media, why: "streams published to this node" },
  { name: "Viewers", unit: "Count", aggregation: "sum", ...media, why: "clients that play streams from this node" },
  {
    name: "RefusedClients",
    unit: "Count",
    aggregation: "sum",
    ...media,
    why: "clients that AMS rejected because of CPU or memory usage, according to its log; rejections mean that the group is too small",
  },
  {
    name: "ClusterMember",
    unit: "Count",
    aggregation: "minimum",
    ...media,
    why: "0 if the node is no longer in the cluster",
  },
  {
    name: "SilentMembers",
    unit: "Count",
    aggregation: "sum",
    ...media,
    why: "nodes whose AMS responds, but whose heartbeats do not reach the cluster's node list",
  },
  {
    name: "ApplicationsNotReady",
    unit: "Count",
    aggregation: "maximum",
    ...media,
    why: "applications that do not respond yet; the node accepts no clients until all applications respond",
  },
  {
    name: "ApplicationsUnread",
    unit: "Count",
    aggregation: "sum",
    ...media,
    why: "machines that cannot read the ams:applications document and continue to use the last version that they read",
  },
  {
    name: "Draining",
    unit: "Count",
    aggregation: "sum",
    ...media,
    why: "nodes that are waiting for their last clients to leave",
  },
  {
    name: "LiveNodes",
    unit: "Count",
    aggregation: "minimum",
    ...wholeCluster,
    why: "nodes with a heartbeat in the last 20 s",
  },
  {
    name: "DeadNodes",
    unit: "Count",
    aggregation: "maximum",
    ...wholeCluster,
    why: "nodes in the cluster's list without a heartbeat in the last 20 s",
  },
  {
    name: "OldestHeartbeatSeconds",
    unit: "Seconds",
    aggregation: "maximum",
    ...wholeCluster,
    why: "AMS marks a node as dead after 20 s",
  },
  {
    name: "StreamImbalancePercent",
    unit: "Percent",
    aggregation: "maximum",
    ...wholeCluster,
    why: "percentage by which the highest stream count of any node exceeds the mean of all nodes that have streams; 0 if evenly distributed",
  },
  {
    name: "ApplicationsDrift",
    unit: "Count",
    aggregation: "maximum",
    ...wholeCluster,
    why: "settings and applications that differ from the ams:applications document. In enforce mode, only those that the machines could not restore are counted",
  },
  {
    name: "DataVolumeUsedPercent",
    unit: "Percent",
    aggregation: "maximum",
    ...database,
    why: "if the volume is full, the database rejects writes for one minute and then stops",
  },
  {
    name: "ReplicationLagSeconds",
    unit: "Seconds",
    aggregation: "maximum",
    ...database,
    why: "replication lag of the slowest member; if the primary failed now, the writes of this period would be lost",
  },
  {
    name: "MembersDown",
    unit: "Count",
    aggregation: "maximum",
    ...database,
    why: "if more than one of three members is down, there is no primary",
  },
  {
    name: "RestoreDrillOverdue",
    unit: "Count",
    aggregation: "maximum",
    ...media,
    ofAlarm: "restore-drill",
    why: "1 if no restore drill has succeeded within ams:database.restoreDrill.maxAgeDays, or if no drill is recorded",
  },
  {
    name: "RefusedConnections",
    unit: "Count",
    aggregation: "sum",
    ...proxy,
    why: "connections rejected because their address exceeds ams:balancer.connectionsPerSource; the cause is an attack or many clients behind one address",
  },
  {
    name: "CertificateExpirySeconds",
    unit: "Seconds",
    aggregation: "minimum",
    ...proxy,
    ofAlarm: "certificate-proxy",
    why: "time until the proxies' certificate expires; 0 until Let's Encrypt has issued the first certificate",
  },
  { name: "Allocations", unit: "Count", aggregation: "sum", ...turn, why: "clients that use this TURN server" },
  {
    name: "AllocationsPercent",
    unit: "Percent",
    aggregation: "maximum",
    ...turn,
    why: "share of ams:turn.allocations in use; at 100, the server rejects new clients",
  },
  {
    name: "RefusedAllocations",
    unit: "Count",
    aggregation: "sum",
    ...turn,
    why: "requests rejected because their address exceeds ams:turn.allocationsPerSource, including retries",
  },
] as const satisfies readonly Metric[];

export type MetricName = (typeof metrics)[number]["name"];

/** CloudWatch's namespace. CloudMonitor's custom metrics have none: there the dimension `Cluster` tells clusters apart. */
export const metricNamespace = (cluster: Cluster): string => `AMS/${cluster.name}`;

/** The groups that publish. */
export type Publisher = "origin" | "edge" | "database" | "proxy" | "turn";

/** By group for what is a machine's, by cluster for what is the cluster's. */
export function dimensionsOf(cluster: Cluster, metric: Metric, publisher: Publisher): Readonly<Record<string, string>> {
  return metric.scope === "cluster" ? { Cluster: cluster.name } : { Cluster: cluster.name, Role: publisher };
}

/**
 * CloudMonitor's application group of metrics that groups of machines follow. Auto Scaling's tasks on metrics of one's own name
 * a group, which need not exist (Alibaba Cloud, Custom monitoring event-triggered tasks), and their provider sends no 0, which
 * stands for none (buildAlicloudEssAlarmArgs in resource_alicloud_ess_alarm.go).
 */
export const applicationGroups: Readonly<Partial<Record<MetricName, number>>> = { [loadMetric.name]: 1 };

/** How often the machines publish. */
export const metricPeriodSeconds = 60;
