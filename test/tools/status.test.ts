import assert from "node:assert/strict";
import { type Ams, login, RefusedError } from "../../tools/live/ams.ts";
import { documentProblems, shown, timeOf } from "../../tools/status/documents.ts";
import { linesOf } from "../../tools/status/lines.ts";
import { statusPage } from "../../tools/status/page.ts";
import { readStatus } from "../../tools/status/read.ts";
import { Thresholds } from "../../tools/status/thresholds.ts";
import { admin, nodes, type Site, startSite, stranger } from "../live/site.ts";

const plain = { paint: (_: string, text: string) => text, width: Number.POSITIVE_INFINITY };

describe("status of a small cluster on loopback", () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  const open =
    (from = admin, password = site.state.password) =>
    (): Promise<Ams> => {
      const { panelUrl, panelUser } = site.deployment.outputs;
      return login(site.wire(from), panelUrl, panelUser, { kind: "password", password });
    };

  const look = (lines?: string, by = open()) =>
    readStatus(
      {
        deployment: site.deployment,
        stack: "aws",
        app: "live",
        lines: lines === undefined ? undefined : linesOf(lines),
      },
      by,
    );
  const around = () => ({ thresholds: new Thresholds(site.cluster), trend: new Map() });

  it("shows each node with its streams, and how they are spread", async () => {
    const [first, second] = nodes.origin;
    await site.store.begin(first, "a", "b", "c");
    await site.store.begin(second, "d");
    const status = await look();
    assert.deepEqual(
      status.nodes.map(({ ip, alive, streams }) => [ip, alive, streams]),
      [...nodes.origin, ...nodes.edge].map((ip) => [ip, true, ip === first ? 3 : ip === second ? 1 : 0]),
    );
    assert.deepEqual(
      status.nodes.map(({ cpuPercent, memoryPercent }) => [cpuPercent, memoryPercent]),
      status.nodes.map(() => ["12", "31"]),
    );
    assert.deepEqual(status.fullest, { node: first, share: 0.75, nodes: 2 });
    assert.deepEqual(status.viewers, { webRtc: 0, hls: 4, rtmp: 0 });
    assert.deepEqual(status.versions, ["3.0.3 Enterprise Edition"]);
    assert.deepEqual(status.problems, []);
    await site.store.end("a", "b", "c", "d");
  });

  it("names a node without a heartbeat, and too few nodes", async () => {
    await site.heart(nodes.edge[0]).fail(140);
    const status = await look();
    await site.heart(nodes.edge[0]).start();
    const [dead, few] = status.problems;
    assert.match(dead ?? "", /127\.\d+\.3\.1: no heartbeat for 1\d\d s/);
    assert.equal(few, "3 nodes are alive, but the groups require at least 4");
    assert.match(statusPage(status, around(), plain), /127\.\d+\.3\.1 +dead/);
  });

  it("tells a live node with a slow clock, and dead twins, from dead nodes", async () => {
    const [slow, twice] = nodes.edge;
    await site.heart(slow).slow(700);
    const remove = await site.heart(twice).twin();
    const status = await look();
    await site.heart(slow).start();
    await remove();
    assert.equal(status.alive, 4);
    assert.equal(status.problems.length, 1);
    assert.match(status.problems[0] ?? "", /127\.\d+\.3\.1: alive, but its clock is (69|70)\d s behind/);
    assert.match(statusPage(status, around(), plain), /127\.\d+\.3\.2 +alive \(1 dead duplicate\)/);
  });

  it("says which command asks the cloud for alarms and for the groups' own counts", async () => {
    const { elsewhere } = await look();
    assert.match(elsewhere[0]?.command ?? "", /^aws cloudwatch describe-alarms .*--alarm-name-prefix ams-test-/);
    assert.match(elsewhere[1]?.command ?? "", /ams-test-origin ams-test-edge/);
    assert.match(
      elsewhere[2]?.command ?? "",
      /^aws logs filter-log-events .*--log-group-name \/ams\/ams-test .*> lines\.json$/,
    );
  });

  const late = {
    waiting: 'step=ready state=waiting app=live seconds=2 reason="HTTP 403 from 127.0.0.1:5080: not yet"',
    late: 'step=ready state=late seconds=181 reason="live: HTTP 403 from 127.0.0.1:5080: not yet"',
    failed: 'step=start state=failed starts=1 reason="no response in 901 s: live: HTTP 403"',
    member: 'step=watch state=member reason="one of 4"',
    setup: 'step=setup state=failed attempt=3 retrySeconds=7.1 reason="operator-setup ended with 7: no key"',
  } as const;
  const saved = {
    aws: (lines: readonly (readonly [string, string])[]) =>
      JSON.stringify({
        events: lines.map(([machine, message], index) => ({ logStreamName: machine, timestamp: index, message })),
      }),
    alibaba: (lines: readonly (readonly [string, string])[]) =>
      JSON.stringify({
        data: lines.map(([machine, line], index) => ({ __source__: machine, __time__: `${index}`, line })).reverse(),
      }),
  } as const;
  for (const cloud of ["aws", "alibaba"] as const) {
    it(`shows applications that start, are late or have failed, with the reason, out of the lines of ${cloud}`, async () => {
      const lines = saved[cloud]([
        ["i-late", late.waiting],
        ["i-late", late.late],
        ["i-failed", late.late],
        ["i-failed", late.failed],
        ["i-failed", late.waiting],
        ["i-starts", late.waiting],
        ["i-well", late.late],
        ["i-well", late.member],
        ["i-again", late.member],
        ["i-again", late.waiting],
        ["i-setup", late.setup],
      ]);
      const status = await look(lines);
      assert.deepEqual(status.problems, [
        "i-late: applications are late to start: 181 s: live: HTTP 403 from 127.0.0.1:5080: not yet",
        "i-failed: applications failed to start: start 1: no response in 901 s: live: HTTP 403",
        "i-setup: applications failed to start: setup script, attempt 3: operator-setup ended with 7: no key",
      ]);
      const page = statusPage(status, around(), plain);
      assert.match(page, /^ {2}starting {2}i-starts: live: HTTP 403/m);
      assert.match(page, /^ {2}starting {2}i-again: /m);
      assert.doesNotMatch(page, /i-well/);
    });
  }

  for (const cloud of ["aws", "alibaba"] as const) {
    it(`shows which document of ams:applications each node has, and who cannot read one, out of the lines of ${cloud}`, async () => {
      const [old, fresh] = ["019ad000-0000-7000-8000-000000000001", "019ad100-0000-7000-8000-000000000002"];
      const word = (state: string, node: string, version: string, more = ""): readonly [string, string] => [
        "i-0",
        `step=applications state=${state} node=${node} version=${version} mode=enforce${more}`,
      ];
      const [first, second] = nodes.origin;
      const [third, fourth] = nodes.edge;
      const lines = saved[cloud]([
        word("unread", first, old, ' reason="RuntimeError: HTTP 404"'),
        word("holds", first, fresh),
        word("holds", second, old),
        word("holds", third, fresh),
        word("unread", third, fresh, ' reason="RuntimeError: HTTP 404 from the bucket"'),
        word("holds", "10.9.9.9", old),
        ["i-0", "step=applications state=restores app=live keys=hlsTime"],
      ]);
      const status = await look(lines);
      assert.deepEqual(
        status.nodes.map(({ ip, document }) => [ip, document?.version]),
        [
          [first, fresh],
          [second, old],
          [third, fresh],
          [fourth, undefined],
        ],
      );
      assert.deepEqual(status.problems, [
        `${second}: has the ams:applications document from 2025-11-29 14:24:12, but the newest document is from 2025-11-29 19:03:49`,
        `${third}: cannot read the ams:applications document: RuntimeError: HTTP 404 from the bucket`,
      ]);
      const page = statusPage(status, around(), plain);
      assert.match(page, new RegExp(`${third} .* 2025-11-29 19:03:49 UTC; cannot read the newer document$`, "m"));
      assert.match(page, new RegExp(`${fourth} .* -$`, "m"));
    });
  }

  it("does not mind a version that the others take within two minutes", () => {
    const [old, fresh] = ["019ad000-0000-7000-8000-000000000001", "019ad100-0000-7000-8000-000000000002"];
    const held = new Map([old, fresh].map((version, index) => [`10.0.0.${index}`, { version, unread: undefined }]));
    const problemsAfter = (seconds: number) => documentProblems(held, [...held.keys()], timeOf(fresh) + seconds * 1000);
    assert.deepEqual([problemsAfter(119).length, problemsAfter(121).length], [0, 1]);
  });

  it("names a machine that has no document while others have one", () => {
    const fresh = "019ad100-0000-7000-8000-000000000002";
    const held = new Map(
      [undefined, fresh].map((version, index) => [`10.0.0.${index}`, { version, unread: undefined }]),
    );
    assert.deepEqual(documentProblems(held, [...held.keys()], timeOf(fresh) + 121_000), [
      `10.0.0.0: has no ams:applications document, but the newest document is from ${shown(fresh)}`,
    ]);
  });

  it("refuses lines that are none", () => {
    for (const lines of ["step=ready state=late", '{"events": [{}]}'])
      assert.throws(() => linesOf(lines), /--lines: not the output of the log command/);
  });

  it("takes the token of the cluster's key as well as the password", async () => {
    const { panelUrl, panelUser } = site.deployment.outputs;
    const by = (key: string) => () => login(site.wire(admin), panelUrl, panelUser, { kind: "jwt", key });
    assert.equal((await look(undefined, by(site.state.jwtKey))).alive, 4);
    await assert.rejects(look(undefined, by("another key")), RefusedError);
  });

  it("gets nothing with a wrong password, or from a stranger's address", async () => {
    await assert.rejects(look(undefined, open(admin, "wrong")), RefusedError);
    await assert.rejects(look(undefined, open(stranger)), /403|ECONN|socket hang up/);
  });
});
