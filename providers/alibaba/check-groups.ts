import { absent, type Fault, show } from "../../config/fault.ts";
import { removePath, setPath, shortenPath } from "../../config/remedy/command.ts";
import type { Cluster, NodeGroup } from "../../config/types.ts";
import { groupsOf, type Role } from "../../model/cluster.ts";
import { isEvent, spanOf, weeklyOf } from "../../model/groups/minimum.ts";
import { elasticityOf } from "../../model/groups/node-group.ts";
import { offsetsOf } from "../../model/groups/schedule.ts";
import { type Allowed, unsupported } from "../contract.ts";
import type { Settings } from "./schema.ts";

const refuse = (path: string, got: unknown, allowed: Allowed, fix: string): Fault =>
  unsupported(path, got, "alibaba", allowed, fix);

/** What the groups' fields ask for that this cloud can't do, or not in this form. */
export function checkGroups(cluster: Cluster): readonly Fault[] {
  return [
    ...groupsOf(cluster).flatMap(({ role, group }) => [
      ...checkWarm(cluster, role),
      ...checkZones(role, group),
      ...checkEvents(role, group),
      ...checkPredictive(role, group),
    ]),
    ...checkDrain(cluster),
    ...checkWebhooks(cluster),
  ];
}

function checkWarm(cluster: Cluster, role: Role): readonly Fault[] {
  const { warmMachines } = elasticityOf(cluster, role);
  const path = `ams:${role}.warmMachines`;
  return warmMachines === 0
    ? []
    : [refuse(path, warmMachines, ["0", "the program creates warm pools only on AWS"], setPath(path, 0))];
}

/** Its scheduled tasks know UTC alone, in which an event's moment has but one reading. */
const checkZones = (role: Role, { schedule }: NodeGroup): readonly Fault[] =>
  schedule.flatMap((period, index) => {
    const { timeZone } = period;
    if (isEvent(period) || offsetsOf(timeZone).length === 1) return [];
    const path = `ams:${role}.schedule[${index}].timeZone`;
    const allowed = ["a time zone without daylight saving time", "scheduled tasks support only UTC"] as const;
    return [refuse(path, timeZone, allowed, setPath(path, "UTC"))];
  });

/** A task begins at most 90 days after it was made (CreateScheduledTask, LaunchTime). */
const mostDaysAhead = 90;

const checkEvents = (role: Role, { schedule }: NodeGroup): readonly Fault[] =>
  schedule.flatMap((period, index) => {
    const last = Date.now() + mostDaysAhead * 86_400_000;
    if (!isEvent(period) || spanOf(period, 0).end <= last) return [];
    const path = `ams:${role}.schedule[${index}]`;
    const allowed = [
      `an event that ends before ${new Date(last).toISOString().slice(0, 10)}`,
      `a scheduled task must begin within ${mostDaysAhead} days of its creation. Add the event later`,
    ] as const;
    return [refuse(`${path}.date`, period.date, allowed, removePath(path))];
  });

/**
 * A predictive rule takes CPU and traffic within the network alone (CreateScalingRule, MetricName). Its tasks and those of
 * periods both set the group's minimum, and the last one counts.
 */
function checkPredictive(role: Role, { predictive, follow, schedule }: NodeGroup): readonly Fault[] {
  const path = `ams:${role}.predictive`;
  if (predictive !== "off" && follow === "load") {
    const allowed = [
      `off if ams:${role}.follow is load`,
      "predictive scaling rules do not support custom metrics, so they cannot forecast the load",
    ] as const;
    return [refuse(path, predictive, allowed, setPath(path, "off"))];
  }
  if (predictive !== "scale" || schedule.length === 0) return [];
  const allowed = [
    `off or forecast if ams:${role}.schedule is set`,
    "prediction tasks set the group's minimum every hour, which would override the periods",
  ] as const;
  return [refuse(path, predictive, allowed, setPath(path, "forecast"))];
}

/** A machine waits for six hours at most (RecordLifecycleActionHeartbeat). */
const mostDrainMinutes = 360;

function checkDrain({ drain: { maxMinutes } }: Cluster): readonly Fault[] {
  const path = "ams:drain.maxMinutes";
  const allowed = `at most ${mostDrainMinutes}`;
  return maxMinutes <= mostDrainMinutes ? [] : [refuse(path, maxMinutes, allowed, setPath(path, mostDrainMinutes))];
}

/** A rule of CloudMonitor calls one address. */
function checkWebhooks({ alarms: { webhooks } }: Cluster): readonly Fault[] {
  if (webhooks.length <= 1) return [];
  const fix = shortenPath("ams:alarms.webhooks", webhooks.length, 1);
  return [
    refuse(
      "ams:alarms.webhooks",
      webhooks,
      [
        "one webhook",
        "a CloudMonitor alarm rule can call only one URL. For more receivers, use a relay that forwards the alarms",
      ],
      fix,
    ),
  ];
}

/** A task may be repeated for a year at most (CreateScheduledTask). */
const mostDays = 365;

const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/** A first day, and a last one half a year later. */
const datesFrom = (start: number) => ({
  from: new Date(start).toISOString().slice(0, 10),
  until: new Date(start + 180 * 86_400_000).toISOString().slice(0, 10),
});

/** Periods need the days from which and until which they are repeated. */
export function checkSchedule({ schedule }: Settings, cluster: Cluster): readonly Fault[] {
  const periods = groupsOf(cluster).reduce((sum, { group }) => sum + weeklyOf(group.schedule).length, 0);
  const path = "ams:alibaba.schedule";
  if (schedule === undefined && periods > 0) {
    const allowed = "from and until: the first and last day on which the groups' periods repeat, at most a year apart";
    return [{ path, got: absent, allowed, fix: setPath(path, datesFrom(Date.now())) }];
  }
  if (schedule === undefined) return [];
  const days = dayOf(schedule.until) - dayOf(schedule.from);
  if (days > 0 && days <= mostDays) return [];
  const allowed = `a last day that is 1 to ${mostDays} days after the first day`;
  const { until } = datesFrom(Date.parse(schedule.from));
  return [{ path: `${path}.until`, got: show(schedule.until), allowed, fix: setPath(`${path}.until`, until) }];
}

/**
 * ESS refreshes only groups that fill one zone after the other (StartInstanceRefresh: "Priority Policy"). Without it a new
 * template comes with new machines, and old ones leave first (docs/operations.md).
 */
export function checkUpgrade({ zonePolicy, upgrade }: Settings, cluster: Cluster): readonly Fault[] {
  const path = "ams:alibaba.zonePolicy";
  const allowed = "priority, because ams:alibaba.upgrade is instance-refresh, and ESS cannot refresh balanced groups";
  const fix = setPath(path, "priority");
  const spread =
    upgrade === "manual" || zonePolicy === "priority" ? [] : [{ path, got: show(zonePolicy), allowed, fix }];
  const groups = groupsOf(cluster).flatMap(({ role, group }) => [
    ...(upgrade === "manual" ? checkInService(role, group) : []),
    ...(zonePolicy === "priority" ? checkMix(cluster, role) : []),
  ]);
  return [...spread, ...groups];
}

function checkInService(role: Role, { minInServicePercent }: NodeGroup): readonly Fault[] {
  if (minInServicePercent === 100) return [];
  const path = `ams:${role}.minInServicePercent`;
  const allowed = ["100 if ams:alibaba.upgrade is manual", "new machines must start before old ones stop"] as const;
  return [refuse(path, minInServicePercent, allowed, setPath(path, 100))];
}

/** Spot machines and several sizes are the custom combination's (COMPOSABLE), which is a zone policy of its own. */
function checkMix(cluster: Cluster, role: Role): readonly Fault[] {
  const { spotPercent, moreMachines } = elasticityOf(cluster, role);
  const why = "if ams:alibaba.zonePolicy is priority";
  const [spot, more] = [`ams:${role}.spotPercent`, `ams:${role}.moreMachines`];
  return [
    ...(spotPercent === 0 ? [] : [refuse(spot, spotPercent, `0 ${why}`, setPath(spot, 0))]),
    ...(moreMachines.length === 0 ? [] : [refuse(more, moreMachines, `an empty list ${why}`, removePath(more))]),
  ];
}
