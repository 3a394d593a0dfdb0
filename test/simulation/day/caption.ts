import { wrap } from "../../../tools/plan/style.ts";
import { assumptions } from "./assumptions.ts";
import { crowds } from "./audience.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";

/** What stands below the table: how to read it, and what it takes for true. */
export function caption(names: readonly ScenarioName[], days: number): readonly string[] {
  const told = names.map((name) => `*${scenarios[name].name}*: ${scenarios[name].what}`).join("; ");
  return [
    `Each number is the mean of ${days === 1 ? "one day" : `${days} days`} of 24 hours, with the same people for all settings. ${told}. Streams and viewers cut: ended by us before they wanted to go; after a mishap "by it + at scale-in". Who was cut comes back and may be cut again. Refused: not let in for ${assumptions.patienceSeconds / 60} minutes. Viewers of a stream that was cut are not counted.`,
    `Assumed, the same for all settings. From sources: CPU for each viewer and publisher, AMS's refusal at ${assumptions.refusalPercent} %, patience of ${assumptions.patienceSeconds / 60} minutes (Ant-Media-Server issue 4721), target tracking out after ${assumptions.highMinutes} minutes above and in after ${assumptions.lowMinutes} below ${assumptions.lowShareOfTarget * 100} % of the target, as EC2 Auto Scaling does it, taken for Alibaba Cloud too. Guesses: a machine answers ${assumptions.bootSeconds} s after its order (${assumptions.warmBootSeconds} s from a warm pool), for the vendor's too; stays with a median of ${crowds.viewer.medianMinutes} minutes for viewers and ${crowds.publisher.medianMinutes} for publishers, half of these by RTMP; one machine less at a scale-in; the balancer's nodes, the database and the network are always well, so a single database in a lost zone is not in it.`,
    "The vendor's settings are its CloudFormation template's, with our machine sizes and each group in its one zone. No source states what happens to a WebRTC session when the load balancer closes its WebSocket at `ams:balancer.drainSeconds`. Both cases are shown, and only a test on a real cluster can decide.",
  ];
}

/** For a terminal. */
export const captionLines = (names: readonly ScenarioName[], days: number): readonly string[] =>
  caption(names, days).flatMap((text) => [
    ...wrap(text.split(" "), "", 118).map((line) => line.replaceAll("  ", " ")),
    "",
  ]);
