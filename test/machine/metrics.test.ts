import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { metrics } from "../../model/operation/metrics.ts";
import { documentOf, plain, publish } from "./documents.ts";
import { facts, furnish, watch } from "./published.ts";
import { hurry, put, tells, until } from "./rig.ts";
import { closeAll, type Node, node, type Site, site } from "./site.ts";
import { isMember, listed } from "./states.ts";

async function member(at: Site, address: string, streams = 0): Promise<Node> {
  const one = await node(at, address);
  furnish(one, streams);
  const service = one.start();
  await until("a member", isMember(one), service.log);
  return one;
}

/** What the agent leaves for other programs on the machine. */
const figuresOf = ({ root }: Node): { readonly time: number; readonly values: Readonly<Record<string, number>> } =>
  JSON.parse(readFileSync(`${root}/run/ams-cluster/figures`, "utf8"));

for (const kind of ["aws", "alibaba"] as const) {
  describe(`a media machine's metrics, on ${kind}`, () => {
    afterEach(closeAll);

    it("match the model's metrics, units and dimensions", async () => {
      const at = await site(kind);
      await at.databaseUp();
      const points = watch(at.cloud);
      const one = await member(at, "10.0.0.11", 6);
      const other = await member(at, "10.0.0.12", 2);
      publish(at, 1, documentOf("report", { live: plain, second: plain }));
      one.agent("applications", other);
      const agent = one.agent("metrics", other);
      // No drills are asked for here: test/machine/figures.test.ts has their figure.
      const media = metrics.filter((metric) => metric.machine === "media" && !("ofAlarm" in metric));
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
      // A key, and an application that is missing.
      assert.equal(value("ApplicationsDrift"), 2);
      assert.ok((value("OldestHeartbeatSeconds") ?? 99) < 2);
      // Kept after they are published.
      const names = () => Object.keys(figuresOf(one).values).sort().join();
      await until(
        "all of them kept",
        () =>
          names() ===
          media
            .map(({ name }) => name)
            .sort()
            .join(),
        agent.log,
      );
      const kept = figuresOf(one);
      assert.deepEqual([kept.values["MemoryPercent"], kept.values["Viewers"]], [75, 7]);
      assert.ok(Math.abs(kept.time - Date.now() / 1000) < 10);

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
      // For status: what the machine is and how it stands, with its own figures and none of the cluster's.
      const text = () =>
        [...at.cloud.logs.values()]
          .flat()
          .join("\n")
          .match(/step=node state=reports [^\n]*/g)
          ?.at(-1) ?? "";
      await until("a document", () => text().includes("document="), agent.log);
      const zone = kind === "aws" ? "ap-south-1a" : "ap-south-1-a";
      const version = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}";
      assert.match(
        text(),
        new RegExp(
          `^step=node state=reports node=10.0.0.11 role=origin zone=${zone} seconds=\\d+ agent=[0-9a-f]{12} decides=memory ` +
            `ams=3.0.3 gate=open document=${version} member=member MemoryPercent=75.0 `,
        ),
      );
      assert.match(text(), / Publishers=6 Viewers=7 .*DatabaseQueryMilliseconds=3/);
      assert.doesNotMatch(text(), /LiveNodes|OldestHeartbeat| why=| drain=/);
    });

    it("that apply to the whole cluster come only from the first live node, which also removes dead nodes from the list", async () => {
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
      assert.ok(listed(at).includes("10.0.0.11"), "a dead node is on the list for its ten minutes");

      await late.stop();
      hurry(second.root, { forgetSeconds: 1 });
      const again = second.agent("metrics", first);
      await until("a clean list", () => !listed(at).includes("10.0.0.11"), again.log);
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
      at.cloud.outages = 1000;
      await until("a refusal", () => /step=publish state=failed reason=.*HTTP 503/.test(agent.log()), agent.log);
      const refused = figuresOf(one).time;
      await until("figures for the machine's other programs", () => figuresOf(one).time > refused, agent.log);
      at.cloud.outages = 3;
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
