import assert from "node:assert/strict";
import { metrics } from "../../model/operation/metrics.ts";
import type { Cloud } from "./cloud.ts";
import { hurry, put } from "./rig.ts";
import type { Node } from "./site.ts";

export interface Point {
  readonly value: number;
  readonly unit?: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

const numbered = (form: URLSearchParams, pattern: RegExp): readonly string[] => [
  ...new Set([...form.keys()].flatMap((key) => pattern.exec(key)?.[1] ?? [])),
];

function awsPoints(form: URLSearchParams): readonly (readonly [string, Point])[] {
  assert.equal(form.get("Namespace"), "AMS/ams-test");
  return numbered(form, /^MetricData\.member\.(\d+)\./).map((number) => {
    const row = `MetricData.member.${number}`;
    const places = numbered(form, new RegExp(`^MetricData\\.member\\.${number}\\.Dimensions\\.member\\.(\\d+)\\.`));
    const dimensions = places.map((place) => {
      const of = `${row}.Dimensions.member.${place}`;
      return [form.get(`${of}.Name`) ?? "", form.get(`${of}.Value`) ?? ""] as const;
    });
    const value = Number(form.get(`${row}.Value`));
    const point = { value, unit: form.get(`${row}.Unit`), dimensions: Object.fromEntries(dimensions) };
    return [form.get(`${row}.MetricName`) ?? "", point] as const;
  });
}

function alibabaPoints(form: URLSearchParams): readonly (readonly [string, Point])[] {
  const rows = numbered(form, /^MetricList\.(\d+)\./);
  assert.ok(rows.length <= 21, "a call takes 21 at most");
  return rows.map((number) => {
    const of = (key: string) => form.get(`MetricList.${number}.${key}`) ?? "";
    assert.deepEqual([of("GroupId"), of("Type"), of("Time").length], ["0", "0", 13]);
    return [
      of("MetricName"),
      { value: JSON.parse(of("Values")).value, dimensions: JSON.parse(of("Dimensions")) },
    ] as const;
  });
}

/** The newest points by name, as the cloud has got them; `each` sees all of them. */
export function watch(cloud: Cloud, each: (name: string, point: Point) => void = () => undefined): Map<string, Point> {
  const points = new Map<string, Point>();
  const take = (found: readonly (readonly [string, Point])[]) => {
    for (const [name, point] of found) {
      points.set(name, point);
      each(name, point);
    }
  };
  cloud.actions.set("PutMetricData", (form) => {
    take(awsPoints(form));
    return "<R/>";
  });
  cloud.actions.set("PutCustomMetric", (form) => {
    take(alibabaPoints(form));
    return JSON.stringify({ Code: "200" });
  });
  return points;
}

export const facts = {
  metrics: {
    source: "figures",
    namespace: "AMS/ams-test",
    periodSeconds: 0.3,
    units: Object.fromEntries(metrics.map(({ name, unit }) => [name, unit])),
    dimensions: { machine: { Cluster: "ams-test", Role: "origin" }, cluster: { Cluster: "ams-test" } },
    ofCluster: metrics.filter(({ scope }) => scope === "cluster").map(({ name }) => name),
  },
  originMin: 2,
};

export function furnish(one: Node, streams: number): void {
  hurry(one.root, facts);
  put(`${one.root}/proc/meminfo`, "MemTotal:       8000000 kB\nMemFree: 100 kB\nMemAvailable:   2000000 kB\n");
  put(`${one.ams}/log/ant-media-server.log`, "Not enough resource. Before the agent's time.\n");
  put(
    `${one.ams}/clients.json`,
    JSON.stringify({ localLiveStreams: streams, localWebRTCViewers: 4, localHLSViewers: 3 }),
  );
}
