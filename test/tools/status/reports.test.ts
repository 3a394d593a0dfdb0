import assert from "node:assert/strict";
import { alarmsOf } from "../../../model/operation/alarms.ts";
import { type Terminal, terminalFor } from "../../../tools/cli/terminal.ts";
import { type Ams, login } from "../../../tools/live/ams.ts";
import { awayBecause } from "../../../tools/status/away.ts";
import { linesOf, wordsOf } from "../../../tools/status/lines.ts";
import { statusPage } from "../../../tools/status/page.ts";
import { readStatus, statusOfLines } from "../../../tools/status/read.ts";
import { reports } from "../../../tools/status/reports.ts";
import type { Status } from "../../../tools/status/status.ts";
import { Thresholds } from "../../../tools/status/thresholds.ts";
import { remembered, type Trend } from "../../../tools/status/trend.ts";
import { admin, nodes, type Site, startSite } from "../../live/site.ts";
import { cluster } from "../../support/cluster.ts";

const [origin, other] = nodes.origin;
const [edge] = nodes.edge;
const now = Date.parse("2026-11-30T14:00:00Z");

/** As machine/agent/core/record.py writes it. */
const line = (machine: string, text: string, secondsAgo = 0) => ({
  ...{ logStreamName: machine, timestamp: now - secondsAgo * 1000 },
  message: `step=node state=reports ${text}`,
});
const well = `agent=0123456789ab ams=3.0.3 gate=open member=member`;
const printed = JSON.stringify({
  events: [
    line("i-0a", `node=${origin} role=origin zone=eu-west-1a seconds=200000 ${well} MemoryPercent=91.2 Publishers=3`),
    line("i-0a", `node=${origin} role=origin zone=eu-west-1a seconds=199940 ${well} MemoryPercent=12.0`, 60),
    line(
      "i-0b",
      `node=${other} role=origin zone=eu-west-1b seconds=50 agent=0123456789ab ams=3.0.2 gate=drain member=member ` +
        `drain="the group is removing this machine" until=${now / 1000 + 600} MemoryPercent=80`,
    ),
    line(
      "i-0c",
      `node=${edge} role=edge zone=eu-west-1a seconds=7300 decides=egress ${well} LoadPercent=63.4 Viewers=420`,
    ),
    line("i-0d", `node=10.0.0.99 role=database zone=eu-west-1a seconds=90 agent=ba9876543210 DataVolumeUsedPercent=81`),
    line("i-gone", `node=10.9.9.9 role=edge zone=eu-west-1a seconds=90 ${well}`, 600),
  ],
});

const plain: Terminal = { paint: (_: string, text: string) => text, width: Number.POSITIVE_INFINITY };
const coloured = terminalFor(process.stdout, { FORCE_COLOR: "1", COLUMNS: "500" });

describe("status with what the machines report", () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  const open = (): Promise<Ams> => {
    const { panelUrl, panelUser } = site.deployment.outputs;
    return login(site.wire(admin), panelUrl, panelUser, { kind: "password", password: site.state.password });
  };
  const asked = (lines = linesOf(printed)) => ({ deployment: site.deployment, stack: "aws", app: "live", lines });
  const page = (status: Status, terminal = plain, trend: Trend = new Map()): string =>
    statusPage(status, { thresholds: new Thresholds(site.cluster), trend }, terminal);
  const rowOf = (text: string, ip: string): string =>
    text.split("\n").find((row) => row.trim().startsWith(`${ip} `)) ?? "";

  it("shows role, zone, machine, age, gate, load, clients and versions of each node that reports", async () => {
    const status = await readStatus(asked(), open);
    const text = page(status);
    assert.match(text, /^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}stack aws {2}cluster ams-test {2}AWS ap-south-1\n/);
    const cells = (ip: string) => rowOf(text, ip).trim().split(/ {2,}/);
    assert.deepEqual(cells("node"), [
      ...["node", "state", "heartbeat", "role", "zone", "machine", "up", "gate", "load %", "CPU %", "memory %"],
      ...["database ms", "streams", "publishers", "viewers", "AMS", "agent"],
    ]);
    const known = (ip: string) => cells(ip).filter((_, column) => column !== 2 && column !== 11);
    const mine = ["origin", "eu-west-1a", "i-0a", "2 d", "open", "-", "12", "91"];
    assert.deepEqual(known(origin), [origin, "alive", ...mine, "0", "3", "-", "3.0.3", "0123456789ab"]);
    const edges = ["edge", "eu-west-1a", "i-0c", "2 h", "open", "63 egress", "12", "31"];
    assert.deepEqual(known(edge), [edge, "alive", ...edges, "0", "-", "420", "3.0.3", "0123456789ab"]);
    assert.match(rowOf(text, nodes.edge[1]), / alive .* - +- +- /);
    assert.match(text, /i-0d +90 s +ba9876543210 +81\n/);
    assert.doesNotMatch(text, /10\.9\.9\.9/);
  });

  it("colours a figure by the threshold of its alarm, and says in words which alarm that is", async () => {
    const status = await readStatus(asked(), open);
    const text = page(status, coloured);
    const of = (ip: string) => rowOf(text, ip);
    const paint = (style: "red" | "yellow" | "green", value: string) => coloured.paint(style, value);
    assert.ok(of(origin).includes(paint("red", "91")), of(origin));
    assert.ok(of(other).includes(paint("yellow", "80")), of(other));
    assert.ok(of("10.0.0.99").includes(paint("red", "81")));
    const said = page(status);
    assert.match(
      said,
      /~ 127\.\d+\.2\.1: MemoryPercent is 91\.2; alarm memory-origin is raised after 5 min above 85\. Choose a larger ams:origin\.machine/,
    );
    assert.match(
      said,
      /~ 10\.0\.0\.99: DataVolumeUsedPercent is 81; alarm database-volume is raised after 5 min above 80/,
    );
    assert.deepEqual(status.problems, [], "an alarm begins after its minutes, and not with one figure");
  });

  it("colours the load by what its group and the machine take", () => {
    const load = (percent: number) => new Thresholds(site.cluster).load("edge", percent);
    assert.deepEqual([60, 93, 100, 130].map(load), ["green", "yellow", "red", "red"]);
    assert.deepEqual(
      [new Thresholds(undefined).load("edge", 130), new Thresholds(site.cluster).load("turn", 130)],
      [undefined, undefined],
    );
  });

  it("compares no machine with a threshold that is of its group's average", () => {
    const of = cluster({ edge: { follow: "load" } });
    const alarms = alarmsOf(of).map(({ name }) => name);
    assert.ok(["load-edge", "cpu-edge"].every((name) => alarms.includes(name)));
    const figures = { LoadPercent: 120, CPU: 99, MemoryPercent: 90 };
    const found = new Thresholds(of).beyond("edge", figures).map(({ alarm }) => alarm);
    assert.deepEqual(found, ["memory-edge"]);
  });

  it("says which nodes leave, and by when", async () => {
    const text = page({ ...(await readStatus(asked(), open)), time: new Date(now).toISOString() });
    assert.match(text, / {2}draining {2}127\.\d+\.2\.2: the group is removing this machine; at most 10 min left\n/);
  });

  it("says that the database is away, and shows what the machines report without it", async () => {
    const away = linesOf(
      JSON.stringify({
        events: [origin, other].map((ip) =>
          line("i-1", `node=${ip} role=origin seconds=9 gate=open member=unknown why="HTTP 500: no server" Viewers=7`),
        ),
      }),
    );
    await site.databaseDown();
    try {
      const error = await readStatus(asked(away), open).catch((reason: unknown) => reason);
      const why = await awayBecause(site.wire(admin), site.deployment.outputs.panelUrl, error);
      assert.match(why, /^The database is unavailable: AMS responds, but its database does not \(/);
      const status = statusOfLines(asked(away), why, now);
      const text = page(status);
      assert.match(text, /^2026-11-30 14:00:00 UTC {2}stack aws/);
      assert.match(rowOf(text, origin), /2\.1 +unknown +origin +i-1 +9 s +open +7/);
      assert.deepEqual(status.problems, [why, `${origin}, ${other}: membership unknown: HTTP 500: no server`]);
      assert.doesNotMatch(text, /dead|alive/);
    } finally {
      await site.databaseUp();
    }
  });

  it("calls nothing the database's that is AMS's own silence", async () => {
    const unreachable = await awayBecause(
      site.wire("127.0.0.1"),
      "https://nobody.invalid:4444/",
      new Error("ENOTFOUND"),
    );
    assert.equal(unreachable, "https://nobody.invalid:4444/ cannot be queried: ENOTFOUND");
  });

  it("draws how a node's load, or else its CPU, has changed while somebody watched", async () => {
    const status = await readStatus(asked(), open);
    const [rises] = status.nodes.filter(({ ip }) => ip === edge);
    assert.ok(rises?.report !== undefined);
    const at = (load: number) => [
      { ...rises, report: { ...rises.report, figures: { LoadPercent: load } } } as typeof rises,
    ];
    const trend = [0, 30, 63, 130].reduce<Trend>((before, load) => remembered(before, at(load)), new Map());
    assert.match(rowOf(page(status, plain, trend), edge), / 63 egress +▁▃▆█ +12 /);
    assert.deepEqual([...remembered(new Map(), status.nodes).values()].flat(), [12, 12, 63.4, 12]);
  });
});

describe("the machines' reports", () => {
  it("are the same from both clouds, whose times have other units", () => {
    const text = `step=node state=reports node=10.0.0.1 role=edge seconds=5 Viewers=3`;
    const aws = linesOf(JSON.stringify({ events: [{ logStreamName: "i", timestamp: now, message: text }] }));
    const data = [{ __source__: "i", __time__: String(now / 1000), line: text }];
    assert.deepEqual(linesOf(JSON.stringify({ meta: { progress: "Complete" }, data })), aws);
    assert.deepEqual(
      [...reports(aws).values()].map(({ figures, time }) => [figures, time]),
      [[{ Viewers: 3 }, now]],
    );
  });

  it("that are torn or of another kind are none", () => {
    const events = [
      "step=node state=reports node=10.0.0.1",
      "step=watch state=member node=10.0.0.1 role=edge seconds=5",
      "2026-11-30 ERROR i.a.Panel - stream step=node state=reports node=10.0.0.1 role=edge seconds=5",
      '2026-11-30 ERROR i.a.Panel - no stream name="\\x"',
    ];
    const lines = events.map((message) => ({ logStreamName: "i", timestamp: now, message }));
    assert.equal(reports(linesOf(JSON.stringify({ events: lines }))).size, 0);
  });

  it("are read with quotes that are not JSON's, and with the prefix of a console", () => {
    const words = { step: "node", state: "reports", why: "no \\x here" };
    assert.deepEqual(wordsOf('ams-cluster: step=node state=reports why="no \\x here"'), words);
  });
});
