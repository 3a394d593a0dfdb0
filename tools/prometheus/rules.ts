import { Document } from "yaml";
import type { Cluster } from "../../config/types.ts";
import type { Alarm, AlarmSource } from "../../model/operation/alarm.ts";
import { alarmsOf } from "../../model/operation/alarms.ts";
import { ageMetric, exportedName, exportedPer, staleAfterPeriods } from "../../model/operation/exporter.ts";
import { metricPeriodSeconds, metrics } from "../../model/operation/metrics.ts";
import { jobName } from "./scrape.ts";

/** Alert rules for Prometheus out of the model's alarm table. */

type Published = Extract<AlarmSource, { readonly kind: "metric" }>;

const aggregations = { average: "avg", maximum: "max", minimum: "min", sum: "sum" } as const;

const comparisons = { above: ">", below: "<" } as const;

function metricOf({ metric: name }: Published) {
  const found = metrics.find((metric) => metric.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

/** Whichever live node reports what is the cluster's, so that its role is not the alarm's. */
function selectorOf(cluster: Cluster, source: Published): string {
  const role = metricOf(source).scope === "cluster" ? "" : `,role="${source.publisher}"`;
  return `${exportedName(source.metric)}{cluster="${cluster.name}"${role}}`;
}

function expression(cluster: Cluster, source: Published, { comparison, threshold, silence }: Alarm): string {
  const { aggregation, scope } = metricOf(source);
  const by = scope === "cluster" ? "cluster" : "cluster, role";
  const selector = selectorOf(cluster, source);
  const limit = threshold / exportedPer(source.metric);
  const condition = `${aggregations[aggregation]} by (${by}) (${selector}) ${comparisons[comparison]} ${limit}`;
  return silence === "alarm" ? `${condition} or absent(${selector})` : condition;
}

/** The machine with the worst value, by a query of the annotation's own: the alert is the group's. */
function machineOf(cluster: Cluster, source: Published, { comparison }: Alarm): Readonly<Record<string, string>> {
  if (metricOf(source).scope === "cluster") return {};
  const worst = `${comparison === "above" ? "topk" : "bottomk"}(1, ${selectorOf(cluster, source)})`;
  return { machine: `{{ with query ${JSON.stringify(worst)} }}{{ . | first | label "instance" }}{{ end }}` };
}

const pascal = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Of values of a minute each: the first and the last of three lie two minutes apart. */
const duration = (minutes: number): object => (minutes > 1 ? { for: `${minutes - 1}m` } : {});

const ruleOf = (cluster: Cluster, source: Published, alarm: Alarm): object => ({
  alert: `Ams${pascal(alarm.name)}`,
  expr: expression(cluster, source, alarm),
  ...duration(alarm.minutes),
  labels: { cluster: cluster.name, alarm: alarm.name },
  annotations: { summary: alarm.meaning, description: alarm.remedy, ...machineOf(cluster, source, alarm) },
});

/** What a scrape alone can tell. */
const ownRules = (cluster: Cluster): readonly object[] => [
  {
    alert: "AmsMachineDown",
    expr: `up{job="${jobName(cluster)}"} == 0`,
    for: "3m",
    labels: { cluster: cluster.name, alarm: "machine-down" },
    annotations: {
      summary: "A machine does not respond to Prometheus",
      description: "Check the machine and ams:monitoring.scrapeCidrs",
      machine: "{{ $labels.instance }}",
    },
  },
  {
    alert: "AmsNoFigures",
    expr: `${ageMetric}{cluster="${cluster.name}"} > ${staleAfterPeriods * metricPeriodSeconds}`,
    labels: { cluster: cluster.name, alarm: "no-figures" },
    annotations: {
      summary: "A machine has not updated its metrics for three minutes",
      description: "Read journalctl -u ams-agent@metrics on the machine",
      machine: "{{ $labels.instance }}",
    },
  },
];

const isPublished = (source: AlarmSource): source is Published => source.kind === "metric";

/** Names of the alarms whose values the machines don't have. */
export const cloudAlarms = (cluster: Cluster): readonly string[] =>
  alarmsOf(cluster).flatMap(({ name, source }) => (isPublished(source) ? [] : [name]));

/** The file of rules that Prometheus loads. */
export function rulesFile(cluster: Cluster): string {
  const rules = alarmsOf(cluster).flatMap((alarm) =>
    isPublished(alarm.source) ? [ruleOf(cluster, alarm.source, alarm)] : [],
  );
  const document = new Document({ groups: [{ name: jobName(cluster), rules: [...rules, ...ownRules(cluster)] }] });
  document.commentBefore = ` Alerts for the cluster ${cluster.name}. These alarms exist only in the cloud, because only the cloud provides their metrics:\n ${cloudAlarms(cluster).join(", ")}.`;
  return document.toString({ lineWidth: 0 });
}
