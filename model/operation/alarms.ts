import type { Cluster } from "../../config/types.ts";
import { groupsOf, type Role } from "../cluster.ts";
import { type Alarm, alarm, published } from "./alarm.ts";
import { databaseAlarms } from "./database-alarms.ts";
import { entranceAlarms } from "./entrance-alarms.ts";
import { loadAlarms } from "./load-alarms.ts";
import type { MetricName } from "./metrics.ts";

/** Every alarm of a cluster, by name; the thresholds of CPU, memory and queries are the operations guide's (seed 003). */
export function alarmsOf(cluster: Cluster): readonly Alarm[] {
  const roles = groupsOf(cluster).map(({ role }) => role);
  return [
    ...(cluster.mode === "standalone" ? [] : clusterAlarms(cluster)),
    ...(cluster.applications === undefined ? [] : [applicationsDrift]),
    ...roles.flatMap((role) => groupAlarms(cluster, role)),
    ...entranceAlarms(cluster),
    ...databaseAlarms(cluster),
  ];
}

const minOf = (cluster: Cluster): number => groupsOf(cluster).reduce((sum, { group }) => sum + group.min, 0);

const clusterAlarms = (cluster: Cluster): readonly Alarm[] => [
  alarm("dead-node", published("OldestHeartbeatSeconds", "origin"), {
    comparison: "above",
    threshold: 20,
    minutes: 3,
    silence: "alarm",
    meaning: "A node in the cluster's list has sent no heartbeat for 20 s, or no node reports at all",
    remedy: "Read the node's last log lines to find the cause; the group replaces the machine",
  }),
  alarm("too-few-nodes", published("LiveNodes", "origin"), {
    comparison: "below",
    threshold: minOf(cluster),
    minutes: 10,
    meaning: "The number of live nodes is below the groups' minimum",
    remedy: "Check the groups' activities for problems with quotas, licences or images",
  }),
  alarm("unbalanced", published("StreamImbalancePercent", "origin"), {
    comparison: "above",
    threshold: 100,
    minutes: 30,
    meaning: "One node has more than twice the mean number of streams",
    remedy: "Wait for streams to end, or drain that node",
  }),
];

/** In the mode `report` it lasts until the panel and the file agree. */
const applicationsDrift = alarm("applications-drift", published("ApplicationsDrift", "origin"), {
  comparison: "above",
  threshold: 0,
  minutes: 5,
  meaning: "An application differs from ams:applications, and the machines have not restored it",
  remedy:
    "Read step=applications in the log: it names the settings that differ. Then correct the file or the application",
});

/** Of a group in which any machine counts. */
const anyIn = (
  role: Role,
  name: string,
  metric: MetricName,
  row: Pick<Alarm, "minutes" | "meaning" | "remedy">,
): Alarm => alarm(`${name}-${role}`, published(metric, role), { comparison: "above", threshold: 0, ...row });

/** Nothing ends a silent node's streams, so that a person has to know of it. */
const silent = (role: Role): Alarm =>
  anyIn(role, "silent", "SilentMembers", {
    minutes: 2,
    meaning: `The heartbeats of a node in the ${role} group do not reach the cluster's list, although its AMS responds`,
    remedy: "Read step=watch in the log. The node keeps its streams, so restart its AMS only once it has no clients",
  });

const notReady = (role: Role): Alarm =>
  anyIn(role, "not-ready", "ApplicationsNotReady", {
    minutes: 10,
    meaning: `An application on a machine in the ${role} group does not start, so the machine accepts no clients`,
    remedy: "Read step=ready in the log, which names the application and the reason",
  });

/** Each machine reads it, as each may be the one that restores applications next. */
const unread = (role: Role): Alarm =>
  anyIn(role, "applications-unread", "ApplicationsUnread", {
    minutes: 10,
    meaning: `A machine in the ${role} group cannot read the ams:applications document, and continues to use the last one`,
    remedy: "Read step=document in the log, which contains the reason",
  });

const groupAlarms = (cluster: Cluster, role: Role): readonly Alarm[] => [
  ...(cluster.mode === "standalone" ? [] : [silent(role)]),
  notReady(role),
  ...(cluster.applications === undefined ? [] : [unread(role)]),
  alarm(
    `cpu-${role}`,
    { kind: "group-cpu", role },
    {
      comparison: "above",
      threshold: 80,
      minutes: 5,
      meaning: `The ${role} group's CPU is above 80 %; AMS rejects clients at 75 %`,
      remedy:
        cluster.mode === "standalone"
          ? `Choose a larger ams:${role}.machine`
          : `Raise ams:${role}.max, or choose a larger ams:${role}.machine`,
    },
  ),
  ...loadAlarms(cluster, role),
  alarm(`memory-${role}`, published("MemoryPercent", role), {
    comparison: "above",
    threshold: 85,
    minutes: 5,
    meaning: `A machine in the ${role} group uses more than 85 % of its memory; AMS rejects clients at 75 %`,
    remedy: `Choose a larger ams:${role}.machine`,
  }),
  alarm(`database-slow-${role}`, published("DatabaseQueryMilliseconds", role), {
    comparison: "above",
    threshold: 100,
    minutes: 5,
    meaning: `Database queries from the ${role} group take more than 100 ms`,
    remedy: "Find the slow queries, or choose a larger ams:database.machine",
  }),
  anyIn(role, "refusing", "RefusedClients", {
    minutes: 1,
    meaning: `AMS rejected clients in the ${role} group because of high CPU or memory usage`,
    remedy:
      cluster.mode === "standalone"
        ? `Choose a larger ams:${role}.machine`
        : `Raise ams:${role}.min, or add a period to ams:${role}.schedule`,
  }),
];
