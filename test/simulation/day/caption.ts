import { targetTracking } from "../../support/service-scaling.ts";
import { assumptions } from "./assumptions.ts";
import { crowds } from "./audience.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";

/** The text below the table: how to read it, and its assumptions. */
export function caption(names: readonly ScenarioName[], count: number): readonly string[] {
  const length = count === 1 ? "one simulated day" : `${count} simulated days`;
  const told = names.map((name) => `- *${scenarios[name].name}*: ${scenarios[name].what}`);
  const { highMinutes, lowMinutes, lowShareOfTarget } = targetTracking;
  const patience = assumptions.patienceSeconds / 60;
  const sourced = [
    "the CPU load that each viewer and publisher causes",
    `AMS rejects clients when CPU usage reaches ${assumptions.refusalPercent} %`,
    `clients retry for ${patience} minutes (Ant-Media-Server issue 4721)`,
    `target tracking scales out after ${highMinutes} minutes above the target, and scales in after ${lowMinutes} minutes below ${lowShareOfTarget * 100} % of it. The alarms of EC2 Auto Scaling groups show this percentage, which AWS does not document. On Alibaba Cloud, groups that follow the load use this project's step scaling rules. These rules use the same evaluation periods, scale in below min/(min + 1) of the target (at most 90 % of it), and remove up to half of the machines that the group does not need to meet the target`,
    "if a rule adds or removes a percentage of a group's machines, the number of machines is rounded down on AWS and to the nearest integer on Alibaba Cloud, but is at least one",
    `each stream and each viewer uses ${assumptions.bitrateKbps / 1000} Mbps (recommended for 720p in Ant Media's FAQ), unless \`ams:audience\` sets a different bitrate. For each machine, the simulation uses the same network bandwidth as [capacity.md](capacity.md)`,
  ];
  const columns = [
    "*interrupted*: clients that the cluster disconnected before they would have left on their own. In scenarios with a failure, an upgrade or reclaimed machines, the first number counts the clients interrupted by that event, and the second counts those interrupted by scale-in. Clients reconnect after an interruption, and can be interrupted again. If a stream is interrupted, its viewers are not counted",
    "*moved (gap)*: streams that were interrupted because the machine made their publishers reconnect in the last minute of `drain.maxMinutes`, and the mean time until these publishers published again. These streams count as interrupted, because no test shows that playback resumes",
    `*rejected*: clients that were not admitted within ${patience} minutes. The simulation assumes that a machine with a saturated network rejects clients. AMS would admit these clients, but no client on that machine would receive a complete stream. The simulation also assumes that edges reject viewers when the shared bandwidth is exhausted`,
    "*node hours*: the total running time of all machines. Machines in a warm pool count while they boot, but not while they are stopped",
    "*peak total Mbps*: the highest bandwidth that all edges together used at any time, shown only if they share an Internet Shared Bandwidth instance",
  ];
  const unsourced = [
    `a new machine responds ${assumptions.bootSeconds} s after its launch, also with the vendor's template; a machine from a warm pool responds after ${assumptions.warmBootSeconds} s`,
    `the median session lasts ${crowds.viewer.medianMinutes} minutes for viewers and ${crowds.publisher.medianMinutes} minutes for publishers`,
    "half of the publishers use RTMP",
    "each scale-in by target tracking removes one machine",
    "the load balancers, the database and the network do not fail, even if their zone does",
  ];
  return [
    `Each number is the mean over ${length}. The clients are the same for all settings.`,
    ["The columns:", "", ...columns.map((one) => `- ${one}`)].join("\n"),
    ["The scenarios:", "", ...told].join("\n"),
    [
      "The following assumptions are based on published sources or measurements:",
      "",
      ...sourced.map((one) => `- ${one}`),
    ].join("\n"),
    ["The following assumptions have no source:", "", ...unsourced.map((one) => `- ${one}`)].join("\n"),
    "The simulated groups use the same scaling rules as deployed groups (`model/groups/load.ts` and `model/groups/load-steps.ts`). The settings are those in the shipped stack files, with `follow: load`. On Alibaba Cloud, `ams:edge.max` is set to 20, because the bandwidth of a machine's public address is sufficient for only 66 viewers.",
    "The vendor's settings are taken from its CloudFormation template, with this project's machine sizes and with each group in a single zone. No source states what happens to a WebRTC session when the load balancer closes its WebSocket after `ams:balancer.drainSeconds`, so the tables show both cases. Only a test on a real cluster can show which case applies.",
  ];
}

/** For a terminal. */
export const captionLines = (names: readonly ScenarioName[], days: number): readonly string[] =>
  caption(names, days).flatMap((text) => [text, ""]);
