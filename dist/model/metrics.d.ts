import type { Cluster } from "./cluster.js";
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
    readonly machine: "media" | "database" | "proxy";
    readonly scope: "machine" | "cluster";
    readonly why: string;
}
export declare const metrics: readonly [{
    readonly why: "AMS refuses clients at 75 %";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "MemoryPercent";
    readonly unit: "Percent";
    readonly aggregation: "maximum";
}, {
    readonly why: "AMS's own average of its database's answers (dbQueryAveargeTimeMs): slow ones delay every join";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "DatabaseQueryMilliseconds";
    readonly unit: "Milliseconds";
    readonly aggregation: "maximum";
}, {
    readonly why: "streams that this node takes in";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "Publishers";
    readonly unit: "Count";
    readonly aggregation: "sum";
}, {
    readonly why: "whom this node plays streams to";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "Viewers";
    readonly unit: "Count";
    readonly aggregation: "sum";
}, {
    readonly why: "AMS's log says that it refused somebody for want of CPU or memory: the group is too small";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "RefusedClients";
    readonly unit: "Count";
    readonly aggregation: "sum";
}, {
    readonly why: "0: the node has lost the cluster";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "ClusterMember";
    readonly unit: "Count";
    readonly aggregation: "minimum";
}, {
    readonly why: "nodes whose AMS answers while its heartbeats do not reach the cluster's list";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "SilentMembers";
    readonly unit: "Count";
    readonly aggregation: "sum";
}, {
    readonly why: "applications that do not answer yet: nobody is let in before they all do";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "ApplicationsNotReady";
    readonly unit: "Count";
    readonly aggregation: "maximum";
}, {
    readonly why: "nodes that wait for their last clients";
    readonly machine: "media";
    readonly scope: "machine";
    readonly name: "Draining";
    readonly unit: "Count";
    readonly aggregation: "sum";
}, {
    readonly why: "heartbeat within 20 s";
    readonly machine: "media";
    readonly scope: "cluster";
    readonly name: "LiveNodes";
    readonly unit: "Count";
    readonly aggregation: "minimum";
}, {
    readonly why: "in the list without a heartbeat";
    readonly machine: "media";
    readonly scope: "cluster";
    readonly name: "DeadNodes";
    readonly unit: "Count";
    readonly aggregation: "maximum";
}, {
    readonly why: "AMS counts a node dead at 20 s";
    readonly machine: "media";
    readonly scope: "cluster";
    readonly name: "OldestHeartbeatSeconds";
    readonly unit: "Seconds";
    readonly aggregation: "maximum";
}, {
    readonly why: "streams of the node with most over the mean of the nodes that have any, above it: 0 is even";
    readonly machine: "media";
    readonly scope: "cluster";
    readonly name: "StreamImbalancePercent";
    readonly unit: "Percent";
    readonly aggregation: "maximum";
}, {
    readonly why: "a full volume ends the database, after a minute in which it refuses writes";
    readonly machine: "database";
    readonly scope: "machine";
    readonly name: "DataVolumeUsedPercent";
    readonly unit: "Percent";
    readonly aggregation: "maximum";
}, {
    readonly why: "what the slowest member has not copied yet; a crash of the primary would lose it";
    readonly machine: "database";
    readonly scope: "machine";
    readonly name: "ReplicationLagSeconds";
    readonly unit: "Seconds";
    readonly aggregation: "maximum";
}, {
    readonly why: "one more than a set of three stands means no primary";
    readonly machine: "database";
    readonly scope: "machine";
    readonly name: "MembersDown";
    readonly unit: "Count";
    readonly aggregation: "maximum";
}, {
    readonly why: "of addresses with more than ams:balancer.connectionsPerSource: an attack, or many clients behind one address";
    readonly machine: "proxy";
    readonly scope: "machine";
    readonly name: "RefusedConnections";
    readonly unit: "Count";
    readonly aggregation: "sum";
}];
export type MetricName = (typeof metrics)[number]["name"];
/** CloudWatch's namespace. CloudMonitor's custom metrics have none: there the dimension `Cluster` tells clusters apart. */
export declare const metricNamespace: (cluster: Cluster) => string;
/** The groups that publish. */
export type Publisher = "origin" | "edge" | "database" | "proxy";
/** By group for what is a machine's, by cluster for what is the cluster's. */
export declare function dimensionsOf(cluster: Cluster, metric: Metric, publisher: Publisher): Readonly<Record<string, string>>;
/** How often the machines publish. */
export declare const metricPeriodSeconds = 60;
/** Names of the groups' lifecycle hooks on both clouds: a machine completes them by name. */
export declare const lifecycleHooks: {
    readonly launch: "launch";
    readonly drain: "drain";
};
