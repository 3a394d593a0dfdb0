"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.lifecycleHooks = exports.metricPeriodSeconds = exports.metricNamespace = exports.metrics = void 0;
exports.dimensionsOf = dimensionsOf;
const media = { machine: "media", scope: "machine" };
const wholeCluster = { machine: "media", scope: "cluster" };
const database = { machine: "database", scope: "machine" };
const proxy = { machine: "proxy", scope: "machine" };
exports.metrics = [
    { name: "MemoryPercent", unit: "Percent", aggregation: "maximum", ...media, why: "AMS refuses clients at 75 %" },
    {
        name: "DatabaseQueryMilliseconds",
        unit: "Milliseconds",
        aggregation: "maximum",
        ...media,
        why: "AMS's own average of its database's answers (dbQueryAveargeTimeMs): slow ones delay every join",
    },
    { name: "Publishers", unit: "Count", aggregation: "sum", ...media, why: "streams that this node takes in" },
    { name: "Viewers", unit: "Count", aggregation: "sum", ...media, why: "whom this node plays streams to" },
    {
        name: "RefusedClients",
        unit: "Count",
        aggregation: "sum",
        ...media,
        why: "AMS's log says that it refused somebody for want of CPU or memory: the group is too small",
    },
    { name: "ClusterMember", unit: "Count", aggregation: "minimum", ...media, why: "0: the node has lost the cluster" },
    {
        name: "SilentMembers",
        unit: "Count",
        aggregation: "sum",
        ...media,
        why: "nodes whose AMS answers while its heartbeats do not reach the cluster's list",
    },
    {
        name: "ApplicationsNotReady",
        unit: "Count",
        aggregation: "maximum",
        ...media,
        why: "applications that do not answer yet: nobody is let in before they all do",
    },
    { name: "Draining", unit: "Count", aggregation: "sum", ...media, why: "nodes that wait for their last clients" },
    { name: "LiveNodes", unit: "Count", aggregation: "minimum", ...wholeCluster, why: "heartbeat within 20 s" },
    { name: "DeadNodes", unit: "Count", aggregation: "maximum", ...wholeCluster, why: "in the list without a heartbeat" },
    {
        name: "OldestHeartbeatSeconds",
        unit: "Seconds",
        aggregation: "maximum",
        ...wholeCluster,
        why: "AMS counts a node dead at 20 s",
    },
    {
        name: "StreamImbalancePercent",
        unit: "Percent",
        aggregation: "maximum",
        ...wholeCluster,
        why: "streams of the node with most over the mean of the nodes that have any, above it: 0 is even",
    },
    {
        name: "DataVolumeUsedPercent",
        unit: "Percent",
        aggregation: "maximum",
        ...database,
        why: "a full volume ends the database, after a minute in which it refuses writes",
    },
    {
        name: "ReplicationLagSeconds",
        unit: "Seconds",
        aggregation: "maximum",
        ...database,
        why: "what the slowest member has not copied yet; a crash of the primary would lose it",
    },
    {
        name: "MembersDown",
        unit: "Count",
        aggregation: "maximum",
        ...database,
        why: "one more than a set of three stands means no primary",
    },
    {
        name: "RefusedConnections",
        unit: "Count",
        aggregation: "sum",
        ...proxy,
        why: "of addresses with more than ams:balancer.connectionsPerSource: an attack, or many clients behind one address",
    },
];
/** CloudWatch's namespace. CloudMonitor's custom metrics have none: there the dimension `Cluster` tells clusters apart. */
const metricNamespace = (cluster) => `AMS/${cluster.name}`;
exports.metricNamespace = metricNamespace;
/** By group for what is a machine's, by cluster for what is the cluster's. */
function dimensionsOf(cluster, metric, publisher) {
    return metric.scope === "cluster" ? { Cluster: cluster.name } : { Cluster: cluster.name, Role: publisher };
}
/** How often the machines publish. */
exports.metricPeriodSeconds = 60;
/** Names of the groups' lifecycle hooks on both clouds: a machine completes them by name. */
exports.lifecycleHooks = { launch: "launch", drain: "drain" };
