import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { metrics } from "../../model/metrics.ts";
import type { Cloud } from "./cloud.ts";
import { hurry, put, tells, until } from "./rig.ts";
import { closeAll, isMember, type Node, node, type Site, site } from "./site.ts";

interface Point {
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

/** The newest points by name, as the cloud has got them. */
function watch(cloud: Cloud): Map<string, Point> {
  const points = new Map<string, Point>();
  const take = (found: readonly (readonly [string, Point])[]) => {
    for (const [name, point] of found) points.set(name, point);
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

const facts = {
  metrics: {
    namespace: "AMS/ams-test",
    periodSeconds: 0.3,
    units: Object.fromEntries(metrics.map(({ name, unit }) => [name, unit])),
    dimensions: { machine: { Cluster: "ams-test", Role: "origin" }, cluster: { Cluster: "ams-test" } },
    ofCluster: metrics.filter(({ scope }) => scope === "cluster").map(({ name }) => name),
  },
  originMin: 2,
};

function furnish(one: Node, streams: number): void {
  hurry(one.root, facts);
  put(`${one.root}/proc/meminfo`, "MemTotal:       8000000 kB\nMemFree: 100 kB\nMemAvailable:   2000000 kB\n");
  put(`${one.ams}/log/ant-media-server.log`, "Not enough resource. Before the agent's time.\n");
  put(
    `${one.ams}/clients.json`,
    JSON.stringify({ localLiveStreams: streams, localWebRTCViewers: 4, localHLSViewers: 3 }),
  );
}

async function member(at: Site, address: string, streams = 0): Promise<Node> {
  const one = await node(at, address);
  furnish(one, streams);
  const service = one.start();
  await until("a member", isMember(one), service.log);
  return one;
}

for (const kind of ["aws", "aliyun"] as const) {
  describe(`a media machine's metrics, on ${kind}`, () => {
    afterEach(closeAll);

    it("are all that the model names, with its units and dimensions", async () => {
      const at = await site(kind);
      await at.databaseUp();
      const points = watch(at.cloud);
      const one = await member(at, "10.0.0.11", 6);
      const other = await member(at, "10.0.0.12", 2);
      const agent = one.agent("metrics", other);
      const media = metrics.filter(({ machine }) => machine === "media");
      await until("every metric", () => media.every(({ name }) => points.has(name)), agent.log);
      assert.deepEqual([...points.keys()].sort(), media.map(({ name }) => name).sort());
      for (const { name, unit, scope } of media) {
        const point = points.get(name);
        if (kind === "aws") assert.equal(point?.unit, unit, name);
        assert.deepEqual(point?.dimensions, facts.metrics.dimensions[scope], name);
      }
      const value = (name: string) => points.get(name)?.value;
      assert.deepEqual(
        ["MemoryPercent", "Publishers", "Viewers", "ClusterMember", "Draining", "LiveNodes", "DeadNodes"].map(value),
        [75, 6, 7, 1, 0, 2, 0],
      );
      assert.equal(value("DatabaseQueryMilliseconds"), 3);
      assert.ok((value("OldestHeartbeatSeconds") ?? 99) < 1);

      // Refused clients are those of the time since the last look.
      assert.equal(value("RefusedClients"), 0);
      const line =
        "2026-11-21 ERROR i.a.s.StatsCollector - Not enough resource. Due to high cpu load: 80 cpu limit: 75\n";
      appendFileSync(`${one.ams}/log/ant-media-server.log`, line.repeat(3));
      await until("refused clients", () => value("RefusedClients") === 3, agent.log);
      await until("their end", () => value("RefusedClients") === 0, agent.log);
      // AMS's errors are in the log group, those of the time before are not.
      const told = () => at.cloud.logs.get("/ams/ams-test i-0123") ?? [];
      if (kind === "aws") await until("its errors", () => told().filter((each) => each === line.trim()).length === 3);
      assert.ok(!told().some((each) => each.includes("Before the agent")));
    });

    it("of the cluster come from its first live node alone, which takes the long dead off the list", async () => {
      const at = await site(kind);
      await at.databaseUp();
      const points = watch(at.cloud);
      const first = await member(at, "10.0.0.11");
      const second = await member(at, "10.0.0.12");
      const late = second.agent("metrics", first);
      await until("the second's figures", () => points.has("Viewers"), late.log);
      await until("the second's view of the list", () => points.has("DatabaseQueryMilliseconds"), late.log);
      assert.ok(!points.has("LiveNodes") && !points.has("StreamImbalancePercent"));

      await first.powerOff();
      await until("the second as the first", () => points.get("LiveNodes")?.value === 1, late.log);
      assert.equal(points.get("DeadNodes")?.value, 1);
      assert.ok("10.0.0.11" in at.data().nodes, "a dead node is on the list for its ten minutes");

      await late.stop();
      hurry(second.root, { forgetSeconds: 1 });
      const again = second.agent("metrics", first);
      await until("a clean list", () => !("10.0.0.11" in at.data().nodes), again.log);
      await tells(again, /step=cluster state=forgot node=10\.0\.0\.11/);
      await until("no dead node", () => points.get("DeadNodes")?.value === 0, again.log);
    });

    it("go on when the cloud refuses them, and say so once", async () => {
      const at = await site(kind);
      await at.databaseUp();
      const points = watch(at.cloud);
      const one = await member(at, "10.0.0.11");
      const agent = one.agent("metrics", one);
      await until("figures", () => points.has("Viewers"), agent.log);
      at.cloud.outages = 3;
      await until("a refusal", () => /step=publish state=failed reason=.*HTTP 503/.test(agent.log()), agent.log);
      await until("the end of the outage", () => at.cloud.outages === 0, agent.log);
      points.clear();
      await until("figures again", () => points.has("Viewers"), agent.log);
      assert.equal(agent.log().match(/step=publish state=failed/g)?.length, 1);
      assert.equal(agent.starts(), 1);
    });
  });
}

describe("a media machine's metrics", () => {
  afterEach(closeAll);

  it("call a node without the cluster no member, and what nobody counted nothing", async () => {
    const at = await site();
    await at.databaseUp();
    const points = watch(at.cloud);
    const one = await member(at, "10.0.0.11");
    put(`${one.ams}/faults/no-count`, "");
    put(`${one.ams}/faults/standalone`, "");
    const agent = one.agent("metrics", one);
    await until("no member", () => points.get("ClusterMember")?.value === 0, agent.log);
    assert.ok(!points.has("Viewers") && !points.has("Publishers"));
  });
});
