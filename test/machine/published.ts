import assert from "node:assert/strict";
import { applicationGroups, metrics } from "../../model/operation/metrics.ts";
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
    // Auto Scaling's tasks follow a metric of an application group alone.
    const group = of("MetricName") === "LoadPercent" ? "1" : "0";
    assert.deepEqual([of("GroupId"), of("Type"), of("Time").length], [group, "0", 13]);
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
    groups: applicationGroups,
    ofCluster: metrics.filter(({ scope }) => scope === "cluster").map(({ name }) => name),
  },
  carries: { cpu: 75, memory: 75 },
  originMin: 2,
};

/** The default route's interface, as the kernel has it. */
export function network(root: string, { received, sent }: { readonly received: number; readonly sent: number }): void {
  const head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";
  const routes = [
    "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF",
    "ens5\t00000000\t0100000A\t0003\t0\t0\t100\t00000000",
  ];
  put(`${root}/proc/net/route`, head + routes.map((route) => `${route}\t0\t0\t0\n`).join(""));
  const counts = (bytes: number, out: number) => `${bytes} 9 0 0 0 0 0 0 ${out} 9 0 0 0 0 0 0\n`;
  const rows = `    lo: ${counts(7, 7)}  ens5: ${counts(received, sent)}docker0: ${counts(5, 5)}`;
  put(`${root}/proc/net/dev`, `Inter-|   Receive  |  Transmit\n face |bytes |bytes\n${rows}`);
}

export function furnish(one: Node, streams: number): void {
  hurry(one.root, facts);
  put(`${one.root}/proc/meminfo`, "MemTotal:       8000000 kB\nMemFree: 100 kB\nMemAvailable:   2000000 kB\n");
  put(`${one.ams}/log/ant-media-server.log`, "Not enough resource. Before the agent's time.\n");
  network(one.root, { received: 0, sent: 0 });
  put(`${one.root}/proc/stat`, "cpu  100 0 0 900 0 0 0 0 0 0\n");
  put(
    `${one.ams}/clients.json`,
    JSON.stringify({ localLiveStreams: streams, localWebRTCViewers: 4, localHLSViewers: 3 }),
  );
}
