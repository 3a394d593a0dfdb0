import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { extraWaits, unexplained } from "../../dev/bench/critical-path.ts";
import { longestPath, type Node } from "../../dev/bench/graph.ts";
import { alternate, ratiosOf, spreadOf } from "../../dev/bench/rounds.ts";
import { cannotRun, exact, isMet, type Row } from "../../dev/bench/row.ts";
import { services, withServices } from "../../dev/bench/service.ts";
import { table, toJson } from "../../dev/bench/table.ts";
import { measured, measuredNode } from "../../dev/bench/usage.ts";
import { spec } from "../../dev/bench.ts";
import { record } from "../../recording/record.ts";
import { readWords } from "../../tools/cli/run.ts";
import { readStack } from "../../tools/stack-file/read.ts";

const row = (ratio: number): Row => ({ name: "ours / theirs", ratio: exact(ratio), aim: 1.5, note: "3 s / 2 s" });

const graph = (nodes: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, Node> =>
  new Map(Object.entries(nodes).map(([name, after]) => [name, { name, type: name, after }]));

describe("The benchmark", () => {
  it("runs all cases in each round, one after the other", async () => {
    const order: string[] = [];
    const run = (name: string) => async () => order.push(name);
    const results = await alternate(2, { ours: run("ours"), theirs: run("theirs") });
    assert.deepEqual(order, ["ours", "theirs", "ours", "theirs"]);
    assert.deepEqual(results.get("theirs"), [2, 4]);
  });

  it("takes the median of the rounds' own ratios", () => {
    assert.deepEqual(ratiosOf([2, 30, 4], [1, 10, 4]), { median: 2, least: 1, most: 3 });
    assert.equal(spreadOf([4, 1, 2, 3]).median, 2.5);
    assert.throws(() => spreadOf([]));
  });

  it("says what was met, what was not, and what could not run", () => {
    const rows = [row(1.5), row(1.6), cannotRun("a boot", 0.5, "it takes root")];
    assert.deepEqual(
      JSON.parse(toJson(rows)).map(({ met }: { met: unknown }) => met),
      [true, false, null],
    );
    assert.equal(isMet(cannotRun("a boot", 0.5, "it takes root")), false);
    const text = table(rows, 5);
    assert.match(text, /\| a boot \| - \| 0\.5 \| not run \| not run: it takes root \|/);
    assert.match(text, /5 rounds; .*Node v\d+.*@pulumi\/pulumi \d/);
  });

  it("refuses a benchmark that there is not, and half a round", async () => {
    await assert.rejects(readWords(spec, ["--only", "nothing"]), /allowed: preview, plan/);
    await assert.rejects(readWords(spec, ["--rounds", "0.5"]), /a whole number from 1/);
    assert.deepEqual((await readWords(spec, ["--json", "--only", "plan"])).given, {
      rounds: 5,
      json: true,
      full: false,
      only: "plan",
    });
  });

  it("measures the process that is asked for, with what its own children do left out", async () => {
    // What this process holds is none of theirs.
    const own = Buffer.alloc(3e8, 1);
    const idle = await measuredNode(["-e", "0", "idle"], "idle", ".");
    const busy = await measuredNode(["-e", "Buffer.alloc(2e8, 1)", "busy"], "busy", ".");
    assert.ok(idle.peakMiB < own.length / 2 ** 20, `${idle.peakMiB} MiB`);
    assert.ok(busy.peakMiB > idle.peakMiB + 150, `${busy.peakMiB} MiB and ${idle.peakMiB} MiB`);
    await assert.rejects(() => measuredNode(["-e", "process.exit(3)", "bad"], "bad", "."), /exited with 3/);
    await assert.rejects(() => measured("nothing", async () => undefined), /0 measured processes/);
  });
});

describe("The critical path", () => {
  const seconds = (type: string): number => ({ slow: 100, late: 60 })[type] ?? 1;

  it("is the longest chain, not the longest list", () => {
    const path = longestPath(graph({ a: [], b: ["a"], c: ["b"], slow: [], end: ["slow", "a"] }), seconds);
    assert.deepEqual(
      path.nodes.map(({ name }) => name),
      ["slow", "end"],
    );
    assert.equal(path.seconds, 101);
  });

  it("refuses a circle and a wait for nothing", () => {
    assert.throws(() => longestPath(graph({ a: ["b"], b: ["a"] }), seconds), /waits for itself/);
    assert.throws(() => longestPath(graph({ a: ["b"] }), seconds), /not in the graph/);
  });

  it("knows a source for each of its times", () => {
    const file = new URL("../../dev/bench/create-times.json", import.meta.url);
    const { types, others } = JSON.parse(readFileSync(file, "utf8"));
    const times: readonly { readonly seconds: unknown; readonly source: string }[] = [others, ...Object.values(types)];
    for (const { seconds: time, source } of times) assert.ok(Number(time) > 0 && source.length > 5, source);
  });

  it("has a reason for each wait that nothing else implies", async () => {
    const clouds = await Promise.all(["aws", "alibaba"].map((stack) => record(readStack(".", stack))));
    assert.deepEqual(
      clouds.flatMap(({ resources }) => unexplained(resources)),
      [],
    );
  });

  it("has no reason left for a wait that there is not", async () => {
    const clouds = await Promise.all(["aws", "alibaba"].map((stack) => record(readStack(".", stack))));
    const pair = (from: string, to: string) => `${from} for ${to}`;
    const extra = clouds.flatMap(({ resources }) => extraWaits(resources));
    const there = new Set(extra.map(({ from, to }) => pair(from.type, to.type)));
    const file = new URL("../../dev/bench/waits.json", import.meta.url);
    const rows: readonly { readonly type: string; readonly for: readonly string[] }[] = JSON.parse(
      readFileSync(file, "utf8"),
    );
    const reasons = rows.flatMap((row) => row.for.map((awaited) => pair(row.type, awaited)));
    assert.deepEqual(
      reasons.filter((reason) => !there.has(reason)),
      [],
    );
  });

  it("lets balancers, the database's machine and media machines not wait for the way out", async () => {
    const { resources } = await record(readStack(".", "aws"));
    const balancers = resources.filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
    assert.equal(balancers.length, 2);
    const machines = resources.filter(({ type }) => /:(Group|Instance)$/.test(type));
    assert.ok(machines.length > 2);
    const waited = extraWaits(resources).filter(({ from }) => balancers.includes(from) || machines.includes(from));
    assert.ok(waited.length > 0);
    assert.ok(waited.every(({ to }) => !/nat|private/.test(to.name)));
  });

  it("goes on until machines serve: one that is made early waits for what it needs, and then for its listeners", () => {
    const group = "aws:autoscaling/group:Group";
    const database = "aws:ec2/instance:Instance";
    const route = "aws:ec2/route:Route";
    const listener = "aws:lb/listener:Listener";
    const node = (type: string, ...after: readonly string[]): Node => ({ name: type, type, after });
    const path = (times: Readonly<Record<string, number>>) => {
      const nodes = { route: node(route), database: node(database), listener: node(listener) };
      const ends = { group: node(group, "database"), policy: node("policy", "group") };
      const graph = withServices(new Map(Object.entries({ ...nodes, ...ends })));
      return longestPath(graph, (type) => times[type] ?? 0);
    };
    const phases = { "machine:boot": 3, "database:install": 6, "node:join": 9, [group]: 4, [database]: 1, policy: 1 };
    // Database 1, boot 3, install 6, join 9, policy 1.
    assert.equal(path(phases).seconds, 20);
    // The database is made at once, and has its way out later.
    assert.equal(path({ ...phases, [route]: 100 }).seconds, 116);
    // The listener is what the group's machines wait for last, and the policy for the group.
    assert.equal(path({ ...phases, [listener]: 50 }).seconds, 51);
    // A machine that boots for long finds its database there.
    assert.equal(path({ ...phases, [group]: 30 }).seconds, 44);
  });

  it("tells why for all that serves later than it is made, and knows the times of what it does", () => {
    const file = new URL("../../dev/bench/create-times.json", import.meta.url);
    const { types } = JSON.parse(readFileSync(file, "utf8"));
    for (const { alone, then, why } of services) {
      assert.ok(why.length > 5);
      for (const phase of [...alone, then]) assert.ok(phase in types, phase);
    }
  });
});
