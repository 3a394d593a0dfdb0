import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../config/types.ts";
import { unpackUserData } from "../../machine/index.ts";
import { clouds, render, stackFiles } from "../support/contract.ts";
import { groupCpu, published, wanted } from "../support/scaling-evaluator.ts";
import { facts, furnish, network, type Point, watch } from "./published.ts";
import { decoded, hurry, library, put, remove, run, tells, unpack, until } from "./rig.ts";
import { closeAll, node, site } from "./site.ts";
import { isMember } from "./states.ts";

/** The shipped stack with a size for its edges, whose group follows what is said. */
function stackOf(cloud: Cloud, follow: "cpu" | "load"): RawConfig {
  const { values, ...raw } = stackFiles[cloud];
  const edge = { ...(values["edge"] as object), follow };
  return { ...raw, stack: "test", values: { ...values, edge } };
}

/** What a machine of the recorded group is told. */
async function recordedFacts(cloud: Cloud) {
  const { recording } = await render(cloud, stackOf(cloud, "load"));
  const template = recording.resources.find(
    ({ name, type }) => name === "ams-test-edge" && /LaunchTemplate$/.test(type),
  );
  const text = unpackUserData(String(template?.inputs["userData"]));
  const file = decoded(text).write_files.find(({ path }) => path === "/etc/ams-cluster/facts.json");
  return JSON.parse(file?.content ?? "");
}

/** Replaces the kernel's counters whole, as they stand `seconds` after the start of a machine that is so busy. */
function count(root: string, seconds: number, { cpu, mbps }: { readonly cpu: number; readonly mbps: number }): void {
  mkdirSync(`${root}/proc/net`, { recursive: true });
  network(`${root}/next`, { received: 1e6, sent: Math.round((seconds * mbps * 1e6) / 8) });
  const ticks = Math.round(seconds * 40_000);
  const busy = Math.round((ticks * cpu) / 100);
  put(`${root}/next/proc/stat`, `cpu  ${busy} 0 0 ${ticks - busy} 0 0 0 0 0 0\n`);
  for (const name of ["net/route", "net/dev", "stat"]) renameSync(`${root}/next/proc/${name}`, `${root}/proc/${name}`);
}

describe("A machine whose network is full while its CPU is at 20 %", () => {
  afterEach(closeAll);

  for (const cloud of clouds) {
    it(`grows its group by the recorded rules of ${cloud}, which a machine that follows its CPU does not`, async () => {
      const { carries, metrics } = await recordedFacts(cloud);
      assert.equal(carries.egress, cloud === "aws" ? 1250 : 100);
      const at = await site(cloud);
      await at.databaseUp();
      const seen: Point[] = [];
      watch(at.cloud, (name, point) => {
        if (name === "LoadPercent") seen.push(point);
      });
      const one = await node(at, "10.0.0.11");
      furnish(one, 3);
      hurry(one.root, { carries, metrics: { ...facts.metrics, dimensions: metrics.dimensions } });
      put(`${one.root}/proc/meminfo`, "MemTotal:       8000000 kB\nMemFree: 100 kB\nMemAvailable:   5000000 kB\n");
      const service = one.start();
      await until("a member", isMember(one), service.log);
      const begin = performance.now();
      const tick = () => count(one.root, (performance.now() - begin) / 1000, { cpu: 20, mbps: carries.egress });
      tick();
      const timer = setInterval(tick, 20);
      try {
        const agent = one.agent("metrics", one);
        await until("some figures", () => seen.length > 4, agent.log);
        await tells(agent, /step=load state=decided part=egress percent=/);
      } finally {
        clearInterval(timer);
      }
      const minutes = seen.slice(-3).map(({ value }) => value);
      // The machine looks at counters that go on in steps of 20 ms.
      for (const value of minutes) assert.ok(value > 85 && value < 130, `${value}`);
      const [place, dimensions] = [cloud === "aws" ? "AMS/ams-test" : "1", seen.at(-1)?.dimensions ?? {}];
      const figures = { [published(place, "LoadPercent", dimensions)]: minutes, [groupCpu]: Array(20).fill(20) };
      const sizeOf = async (follow: "cpu" | "load", of: typeof figures) =>
        wanted((await render(cloud, stackOf(cloud, follow))).recording.resources, "ams-test-edge", 4, of);
      assert.ok((await sizeOf("load", figures)) > 4, `${minutes}`);
      assert.ok((await sizeOf("cpu", figures)) <= 4);
      // Machines that send nothing are not idle.
      assert.equal(await sizeOf("load", { [groupCpu]: Array(20).fill(20) }), 4);
    });
  }
});

describe("the load of a machine", () => {
  const root = unpack("edge");
  after(() => remove(root));

  /** Of AMS. */
  const answer = { Publishers: 0, Viewers: 0 };

  /** What two looks a minute apart find. */
  function look(changes: object, { admitted = true, drains = false, gate = "open", limits = {} } = {}): unknown {
    const known = { MemoryPercent: 30, ...answer };
    const { measured, ...given } = { cpu: 20, mbps: 10, measured: known, ...changes };
    const shared = { carries: { cpu: 75, memory: 75, egress: 100, ingress: 1000, ...limits }, measured };
    const program = `
import gate, json, load
load.exists = lambda name: name == "admitted" and ${admitted ? "True" : "False"}
gate.form = lambda: ${JSON.stringify(gate)}
load.draining = lambda: ${drains ? '{"machine": "i-1"}' : "None"}
shared = ${JSON.stringify(shared)}
now = 100
load.time.monotonic = lambda: now
load.load(shared)
now = 160
load.ROOT += "/later"
print(json.dumps([load.load(shared), shared.get("decides")]))`;
    count(root, 0, given);
    count(`${root}/later`, 60, given);
    const done = run("python3", ["-W", "error", "-c", program], { AMS_CLUSTER_ROOT: root, PYTHONPATH: library(root) });
    assert.equal(done.status, 0, done.all);
    return JSON.parse(done.out.trim().split("\n").at(-1) ?? "");
  }

  it("is that of its fullest part", () => {
    assert.deepEqual(look({}), [{ LoadPercent: 40 }, "memory"]);
    assert.deepEqual(look({ cpu: 60 }), [{ LoadPercent: 80 }, "cpu"]);
    assert.deepEqual(look({ mbps: 140 }), [{ LoadPercent: 140 }, "egress"]);
    const measured = { MemoryPercent: 30, Publishers: 0, Viewers: 45 };
    assert.deepEqual(look({ measured }, { limits: { viewers: 50 } }), [{ LoadPercent: 90 }, "viewers"]);
  });

  it("is published only while the machine accepts clients", () => {
    assert.deepEqual(look({ mbps: 140 }, { admitted: false }), [{}, null]);
    assert.deepEqual(look({ mbps: 140 }, { drains: true }), [{}, null]);
    for (const gate of ["sealed", "close", "drain"]) assert.deepEqual(look({ mbps: 140 }, { gate }), [{}, null], gate);
  });

  it("is nothing while a part is unknown that may be the fullest, and enough to grow once it is full without it", () => {
    assert.deepEqual(look({ measured: answer }), [{}, null]);
    assert.deepEqual(look({ cpu: 74, measured: answer }), [{}, null]);
    assert.deepEqual(look({ cpu: 76, measured: answer }), [{ LoadPercent: 101.3 }, "cpu"]);
  });

  it("is nothing while AMS gives no answer, which a machine is not idle for, unless a part is full", () => {
    const measured = { MemoryPercent: 30 };
    assert.deepEqual(look({ measured }), [{}, null]);
    assert.deepEqual(look({ measured, mbps: 140 }), [{ LoadPercent: 140 }, "egress"]);
  });
});
