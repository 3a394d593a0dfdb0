import type { Cloud, Cluster } from "../../../config/types.ts";
import type { Alarm } from "../../../model/operation/alarm.ts";
import { alarmsOf as modelAlarms } from "../../../model/operation/alarms.ts";
import type { Resource } from "../../../recording/read/plain.ts";
import { alarmsOf } from "../../../recording/read/scaling.ts";

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
  modelAlarms(cluster)
    .filter(({ name }) => !missing[cluster.cloud].includes(name))
    .map(toText);

const nameOf = ({ name }: Resource): string => name.slice(name.indexOf("-alarms-") + "-alarms-".length);

export const readAlarms = (all: readonly Resource[]): readonly ObservedAlarm[] =>
  alarmsOf(all).map(({ on, comparison, threshold, minutes = 0 }) =>
    toText({ name: nameOf(on), comparison, threshold, minutes }),
  );
