import type { Cloud, Cluster } from "../../../config/types.ts";
import { type Alarm, alarmsOf } from "../../../model/operation/alarms.ts";
import type { RecordedResource } from "../../../recording/record.ts";
import { lastOf, numberAt, type Recorded, textAt } from "./recorded.ts";

/** An alarm, said without a cloud's words: `cpu-edge above 80 for 5`. */
export type ObservedAlarm = string;

/** What a cloud has no metric for. */
const missing: Readonly<Record<Cloud, readonly string[]>> = { aws: [], alibaba: ["certificate"] };

const toText = ({
  name,
  comparison,
  threshold,
  minutes,
}: Pick<Alarm, "name" | "comparison" | "threshold" | "minutes">) => `${name} ${comparison} ${threshold} for ${minutes}`;

export const observeAlarms = (cluster: Cluster): readonly ObservedAlarm[] =>
  alarmsOf(cluster)
    .filter(({ name }) => !missing[cluster.cloud].includes(name))
    .map(toText);

const nameOf = ({ name }: RecordedResource): string => name.slice(name.indexOf("-alarms-") + "-alarms-".length);

const ofAlarms = ({ name }: RecordedResource): boolean => name.includes("-alarms-");

export const readAwsAlarms = (recorded: Recorded): readonly ObservedAlarm[] =>
  recorded
    .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(ofAlarms)
    .map((alarm) =>
      toText({
        name: nameOf(alarm),
        comparison: textAt(alarm, "comparisonOperator") === "GreaterThanThreshold" ? "above" : "below",
        threshold: numberAt(alarm, "threshold"),
        minutes: numberAt(alarm, "evaluationPeriods"),
      }),
    );

/** CloudMonitor has errors for each second. */
const minutesOwn = (alarm: RecordedResource): number =>
  textAt(alarm, "metric").startsWith("LoadBalancerHTTP") ? 60 : 1;

export const readAlibabaAlarms = (recorded: Recorded): readonly ObservedAlarm[] =>
  recorded.ofType("alicloud:cms/alarm:Alarm").map((alarm) =>
    toText({
      name: nameOf(alarm),
      comparison: textAt(alarm, "escalationsCritical.comparisonOperator") === ">" ? "above" : "below",
      threshold: Number(textAt(alarm, "escalationsCritical.threshold")) * minutesOwn(alarm),
      minutes: numberAt(alarm, "escalationsCritical.times"),
    }),
  );

/** Kept logs, in days. */
export const readRetention = (recorded: Recorded): number => {
  const [aws] = recorded.ofType("aws:cloudwatch/logGroup:LogGroup");
  const [alibaba] = recorded.ofType("alicloud:log/store:Store");
  if (aws !== undefined) return numberAt(aws, "retentionInDays");
  if (alibaba !== undefined) return numberAt(alibaba, "retentionPeriod");
  throw new Error("no log");
};

/** Where recordings go, with what protects them there. */
export function readRecordings(recorded: Recorded): "none" | "bucket" {
  const all = [...recorded.ofType("aws:s3/bucket:Bucket"), ...recorded.ofType("alicloud:oss/bucket:Bucket")];
  const buckets = all.filter(({ name }) => !["logs", "agent"].includes(lastOf(name)));
  if (buckets.length > 1 || buckets.some(({ name }) => lastOf(name) !== "recordings")) throw new Error("odd buckets");
  return buckets.length === 0 ? "none" : "bucket";
}
