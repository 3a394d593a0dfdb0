import { assumptions } from "./assumptions.ts";
import { crowds } from "./audience.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";

/** The text below the table: how to read it, and its assumptions. */
export function caption(names: readonly ScenarioName[], days: number): readonly string[] {
  const told = names.map((name) => `*${scenarios[name].name}*: ${scenarios[name].what}`).join("; ");
  return [
    `Each number is the mean of ${days === 1 ? "one day" : `${days} days`} of 24 hours, with the same clients for all settings. ${told}. "Cut" counts the streams and viewers that the cluster disconnected before they would have left. After an event, the number is written as "by the event + at scale-in". A client that was cut reconnects and can be cut again. "Refused" counts the clients that were not admitted within ${assumptions.patienceSeconds / 60} minutes. Viewers of a stream that was cut are not counted.`,
    `The assumptions are the same for all settings. With a source: the CPU load of each viewer and publisher, AMS's rejection of clients at ${assumptions.refusalPercent} % CPU, a patience of ${assumptions.patienceSeconds / 60} minutes (Ant-Media-Server issue 4721), and target tracking that scales out after ${assumptions.highMinutes} minutes above the target and scales in after ${assumptions.lowMinutes} minutes below ${assumptions.lowShareOfTarget * 100} % of it, as in EC2 Auto Scaling, applied to Alibaba Cloud too. Without a source: a machine responds ${assumptions.bootSeconds} s after it is ordered (${assumptions.warmBootSeconds} s from a warm pool), also with the vendor's template; viewers stay for a median of ${crowds.viewer.medianMinutes} minutes and publishers for ${crowds.publisher.medianMinutes}, and half of the publishers use RTMP; a scale-in removes one machine. The load balancer's nodes, the database and the network do not fail, so that the loss of a zone with a single database is not included.`,
    "The vendor's settings are those of its CloudFormation template, with the machine sizes of this project and each group in its one zone. No source states what happens to a WebRTC session when the load balancer closes its WebSocket at `ams:balancer.drainSeconds`. The table shows both cases. Only a test on a real cluster can decide.",
  ];
}

/** For a terminal. */
export const captionLines = (names: readonly ScenarioName[], days: number): readonly string[] =>
  caption(names, days).flatMap((text) => [text, ""]);
