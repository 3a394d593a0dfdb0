import { targetTracking } from "../../support/service-scaling.ts";
import { assumptions } from "./assumptions.ts";
import { crowds } from "./audience.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";

/** The text below the table: how to read it, and its assumptions. */
export function caption(names: readonly ScenarioName[], count: number): readonly string[] {
  const length = count === 1 ? "one day of 24 hours" : `${count} days of 24 hours`;
  const told = names.map((name) => `- *${scenarios[name].name}*: ${scenarios[name].what}`);
  const { highMinutes, lowMinutes, lowShareOfTarget } = targetTracking;
  const patience = assumptions.patienceSeconds / 60;
  const sourced = [
    "the CPU load that each viewer and publisher causes",
    `AMS rejects clients at ${assumptions.refusalPercent} % CPU`,
    `clients retry for ${patience} minutes (Ant-Media-Server issue 4721)`,
    `target tracking scales out after ${highMinutes} minutes above the target, and scales in after ${lowMinutes} minutes below ${lowShareOfTarget * 100} % of it, the share that EC2 Auto Scaling groups show in their alarms (AWS does not publish it); on Alibaba Cloud, groups that follow the load use this project's step scaling rules, which use the same evaluation periods, scale in below min/(min + 1) of the target (at most 90 % of it), and remove up to half of the machines that the group does not need to meet the target`,
    "a percentage of a group's machines is rounded down on AWS and to the nearest integer on Alibaba Cloud, and adds or removes at least one machine",
    `each stream and each viewer uses ${assumptions.bitrateKbps / 1000} Mbps (recommended for 720p in Ant Media's FAQ), unless \`ams:audience\` sets a different bitrate; each machine has the network bandwidth that [capacity.md](capacity.md) uses for its type`,
  ];
  const columns = [
    "*interrupted*: clients that the cluster disconnected before they would have left. In scenarios with a failure, an upgrade or reclaimed machines, the first number counts the clients interrupted by that event, and the second counts those interrupted by scale-in. Clients reconnect after an interruption and can be interrupted again. Viewers of an interrupted stream are not counted",
    "*moved (gap)*: interrupted streams whose publishers were made to reconnect in the last minute of `drain.maxMinutes`, and the mean time until they published again. These streams count as interrupted, because no test shows that playback resumes",
    `*rejected*: clients that were not admitted within ${patience} minutes. A machine with a saturated network is assumed to reject clients: AMS would admit them, but no client on that machine would receive a complete stream. Edges are also assumed to reject viewers when their shared bandwidth is used up`,
    "*node hours*: include the machines in a warm pool while they boot, but not while they are stopped",
    "*peak total Mbps*: the highest total bandwidth that all edges used at the same time, shown only for an Internet Shared Bandwidth instance",
  ];
  const unsourced = [
    `a new machine responds after ${assumptions.bootSeconds} s, also with the vendor's template, or after ${assumptions.warmBootSeconds} s if it comes from a warm pool`,
    `viewers stay for a median of ${crowds.viewer.medianMinutes} minutes, and publishers stay for a median of ${crowds.publisher.medianMinutes} minutes`,
    "half of the publishers use RTMP",
    "each scale-in by target tracking removes one machine",
    "the load balancers, the database and the network do not fail, even if their zone does",
  ];
  return [
    `Each number is the mean of ${length}, with the same clients for all settings.`,
    ["The columns:", "", ...columns.map((one) => `- ${one}`)].join("\n"),
    ["The scenarios:", "", ...told].join("\n"),
    ["These assumptions have a source:", "", ...sourced.map((one) => `- ${one}`)].join("\n"),
    ["These assumptions have no source:", "", ...unsourced.map((one) => `- ${one}`)].join("\n"),
    "The simulated groups use the same scaling rules as deployed groups (`model/groups/load.ts` and `model/groups/load-steps.ts`). The settings are those in the shipped stack files, with `follow: load`. On Alibaba Cloud, `ams:edge.max` is set to 20, because a machine's public address has bandwidth for only 66 viewers.",
    "The vendor's settings are taken from its CloudFormation template, with this project's machine sizes and with each group in a single zone. No source states what happens to a WebRTC session when the load balancer closes its WebSocket after `ams:balancer.drainSeconds`, so the tables show both cases. Only a test on a real cluster can show which case applies.",
  ];
}

/** For a terminal. */
export const captionLines = (names: readonly ScenarioName[], days: number): readonly string[] =>
  caption(names, days).flatMap((text) => [text, ""]);
