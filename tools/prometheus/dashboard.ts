import type { Cluster } from "../../config/types.ts";
import { databaseMembers } from "../../model/groups/database.ts";
import { alarmsOf } from "../../model/operation/alarms.ts";
import { ageMetric, decidesMetric, exportedName, exportedPer } from "../../model/operation/exporter.ts";
import { type Metric, type MetricName, type MetricUnit, metrics } from "../../model/operation/metrics.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";

/** A Grafana dashboard out of the model's tables of metrics and alarms. */

interface Panel {
  readonly title: string;
  readonly height: number;
  readonly width: number;
  readonly fields: object;
}

/** The one that its reader chooses above the graphs. */
const datasource = { type: "prometheus", uid: "$datasource" } as const;

/** Grafana's names of units. */
const units: Readonly<Record<MetricUnit, string>> = {
  Percent: "percent",
  Milliseconds: "s",
  Seconds: "s",
  Count: "short",
};

const words = (name: string): string => name.replace(/(?!^)([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

/** The alarm's threshold as a line; a sum's belongs to the group, and is on no machine's graph. */
function thresholds(cluster: Cluster, { name, aggregation }: Metric): object {
  const alarm = alarmsOf(cluster).find(({ source }) => source.kind === "metric" && source.metric === name);
  if (alarm === undefined || aggregation === "sum") return {};
  const [below, above] = alarm.comparison === "above" ? ["green", "red"] : ["red", "green"];
  const value = alarm.threshold / exportedPer(name as MetricName);
  return {
    thresholds: {
      mode: "absolute",
      steps: [
        { color: below, value: null },
        { color: above, value },
      ],
    },
    custom: { thresholdsStyle: { mode: "dashed" } },
  };
}

function metricPanel(cluster: Cluster, metric: Metric): Panel {
  const { name, unit, aggregation, scope, why } = metric;
  const selector = `${exportedName(name as MetricName)}{cluster="${cluster.name}"}`;
  const expr = scope === "cluster" ? `max by (cluster) (${selector})` : selector;
  const legendFormat = scope === "cluster" ? "{{cluster}}" : "{{role}} {{instance}}";
  const limits: { custom?: object } = thresholds(cluster, metric);
  const stacked = aggregation === "sum" ? { stacking: { mode: "normal", group: "A" }, fillOpacity: 20 } : {};
  return {
    title: words(name),
    height: 7,
    width: 12,
    fields: {
      type: "timeseries",
      description: why,
      datasource,
      targets: [{ refId: "A", datasource, expr, legendFormat }],
      fieldConfig: {
        defaults: { unit: units[unit], min: 0, ...limits, custom: { ...limits.custom, ...stacked } },
        overrides: [],
      },
      options: { legend: { displayMode: "table", placement: "right", calcs: ["lastNotNull", "max"] } },
    },
  };
}

const table = (title: string, expr: string, description: string): Panel => ({
  title,
  height: 7,
  width: 12,
  fields: {
    type: "table",
    description,
    datasource,
    targets: [{ refId: "A", datasource, expr, format: "table", instant: true }],
    fieldConfig: { defaults: {}, overrides: [] },
    options: { showHeader: true },
  },
});

const row = (title: string): Panel => ({
  title,
  height: 1,
  width: 24,
  fields: { type: "row", collapsed: false, panels: [] },
});

function groupsOf(cluster: Cluster): readonly (readonly [title: string, list: readonly Metric[]])[] {
  const alarms = new Set(alarmsOf(cluster).map(({ name }) => name));
  const measured = (metrics as readonly Metric[]).filter(({ ofAlarm }) => ofAlarm === undefined || alarms.has(ofAlarm));
  const of = (machine: Metric["machine"], scope: Metric["scope"]): readonly Metric[] =>
    measured.filter((metric) => metric.machine === machine && metric.scope === scope);
  return [
    ["Cluster", cluster.mode === "standalone" ? [] : of("media", "cluster")],
    ["Media machines", of("media", "machine")],
    ["Database machines", databaseMembers(cluster) === 0 ? [] : of("database", "machine")],
    ["Proxies", proxyOf(cluster) === undefined ? [] : of("proxy", "machine")],
    ["TURN servers", cluster.turn === undefined ? [] : of("turn", "machine")],
  ];
}

/** Left to right, and on to the next line. */
function placed(panels: readonly Panel[]): readonly object[] {
  let [x, y, line] = [0, 0, 0];
  return panels.map(({ title, height, width, fields }, index) => {
    if (x + width > 24) [x, y, line] = [0, y + line, 0];
    const gridPos = { x, y, w: width, h: height };
    [x, line] = [x + width, Math.max(line, height)];
    return { id: index + 1, title, gridPos, ...fields };
  });
}

/** The JSON that Grafana imports. */
export function dashboardFile(cluster: Cluster): string {
  const { name } = cluster;
  const panels = [
    table("Alerts", `ALERTS{cluster="${name}",alertstate="firing"}`, "Firing alerts, with the group of each machine"),
    table(
      "Age of metrics",
      `max by (role, instance) (${ageMetric}{cluster="${name}"})`,
      "Seconds since each machine's last measurement; metrics older than three minutes are not shown",
    ),
    table(
      "Most heavily used resource",
      `${decidesMetric}{cluster="${name}"} == 1`,
      "The resource that determines each machine's load",
    ),
    ...groupsOf(cluster).flatMap(([title, list]) =>
      list.length === 0 ? [] : [row(title), ...list.map((metric) => metricPanel(cluster, metric))],
    ),
  ];
  const dashboard = {
    uid: `ams-${name}`,
    title: `Ant Media Server: ${name}`,
    tags: ["ant-media-server"],
    schemaVersion: 39,
    editable: true,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    templating: { list: [{ name: "datasource", label: "Data source", type: "datasource", query: "prometheus" }] },
    panels: placed(panels),
  };
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}
