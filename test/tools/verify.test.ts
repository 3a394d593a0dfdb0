import assert from "node:assert/strict";
import { deploymentOf } from "../../tools/live/deployment.ts";
import { NameError, namesOf } from "../../tools/live/names.ts";
import { NoAnswerError } from "../../tools/live/protocols/wire.ts";
import { type Check, pass } from "../../tools/verify/check.ts";
import { checksOf } from "../../tools/verify/checks.ts";
import { type FlightOptions, prepare } from "../../tools/verify/flight.ts";
import { insideChecks } from "../../tools/verify/inside.ts";
import { lineOf, summaryOf } from "../../tools/verify/page.ts";
import { remedies } from "../../tools/verify/remedies.ts";
import { type Result, runChecks } from "../../tools/verify/run.ts";
import { streamChecks } from "../../tools/verify/stream.ts";
import { clusterFaults } from "../live/cluster-faults.ts";
import { entranceFaults } from "../live/entrance-faults.ts";
import { admin, outputs, type Site, startSite, stranger } from "../live/site.ts";

const faults = [...entranceFaults, ...clusterFaults];

const usual = { app: "live", machines: [], leastDays: 14, streamSeconds: 30, publish: false, stranger: false };

const noWire = {
  ...{ names: namesOf({ servers: [], fixed: new Map() }), trust: undefined, from: undefined },
  timeoutMilliseconds: 100,
};

async function fly(site: Site, from: string, change: Partial<FlightOptions> = {}): Promise<readonly Result[]> {
  const login = { kind: "password", password: site.state.password } as const;
  const { flight, close } = prepare(site.deployment, site.wire(from), { ...usual, login, ...change });
  try {
    return await runChecks(checksOf(site.deployment), flight, { totalSeconds: 60, onResult: () => undefined });
  } finally {
    await close();
  }
}

const idsOf = (results: readonly Result[], state: Result["state"]): readonly string[] =>
  results.filter((result) => result.state === state).map(({ id }) => id);

const shown = (results: readonly Result[]): string =>
  results.map(({ id, state, said }) => `${state} ${id}: ${said}`).join("\n");

/** Checks of TURN servers, which test/turn tries, and of a CDN, which this cluster does not have: no test injects its faults. */
const triedElsewhere = /^(turn|cdn)[A-Z]/;

describe("the test flight of a small cluster on loopback", () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  it("finds nothing wrong with a healthy cluster, and plays a real stream through its edges", async () => {
    const results = await fly(site, admin, { publish: true });
    assert.deepEqual(idsOf(results, "fail"), [], shown(results));
    // An admin can't see what a stranger would, and one stream tells nothing of balance.
    assert.deepEqual(idsOf(results, "not-run"), ["balance", "panel-closed"], shown(results));
    const said = new Map(results.map((result) => [result.id, result.said]));
    assert.match(said.get("publish") ?? "", /is on node 127\.\d+\.2\.[12]/);
    assert.match(said.get("hls-5443") ?? "", /plays/);
    assert.match(said.get("nodes") ?? "", /^4 alive; expected 4 to 8$/);
    assert.match(said.get("panel-login") ?? "", /AMS 3\.0\.3/);
  });

  it("publishes over TLS where the cluster takes RTMPS alone", async () => {
    const deployment = deploymentOf({ ...outputs, rtmpUrl: "" }, site.cluster);
    const { flight, close } = prepare(deployment, site.wire(admin), { ...usual, publish: true, login: undefined });
    try {
      const checks = streamChecks(deployment);
      const results = await runChecks(checks, flight, { totalSeconds: 60, onResult: () => undefined });
      assert.deepEqual(
        results.map(({ id, state }) => `${id} ${state}`),
        ["rtmps", "publish", "hls-5443", "hls-443", "hls-target-443"].map((id) => `${id} pass`),
        shown(results),
      );
      assert.equal(results[1]?.title, "RTMPS accepts a stream on 8443");
    } finally {
      await close();
    }
  });

  it("sees from a stranger's address that the panel is closed, and says that it could not look inside", async () => {
    const results = await fly(site, stranger);
    assert.deepEqual(idsOf(results, "fail"), [], shown(results));
    assert.equal(results.find(({ id }) => id === "panel-closed")?.state, "pass");
    const inside = ["rest-login", "panel-login", "cluster-mode", "nodes", "balance", "applications"];
    const published = ["publish", "hls-5443", "hls-443", "hls-target-443"];
    assert.deepEqual(idsOf(results, "not-run"), [...published, ...inside], shown(results));
  });

  it("is tried with a fault for each likely cause that it names", () => {
    // A check that can't end is the run's own (below).
    const here = Object.keys(remedies).filter((cause) => !triedElsewhere.test(cause));
    assert.deepEqual([...new Set(faults.map(({ likely }) => likely)), "broken"].sort(), here.sort());
  });

  for (const { name, inject, found, maybe = [], likely, said, flight, from = admin } of faults) {
    it(`names ${name}`, async () => {
      const mend = await inject(site);
      try {
        const results = await fly(site, from, flight);
        const ids = idsOf(results, "fail").filter((id) => !maybe.includes(id));
        assert.deepEqual(ids, found, shown(results));
        const failed = results.filter(({ state }) => state === "fail");
        assert.match(failed[0]?.said ?? "", said);
        assert.equal(failed[0]?.cause, remedies[likely].cause);
        for (const { cause = "", remedy = "" } of failed) assert.ok(cause.length > 10 && remedy.length > 10);
        assert.ok(!JSON.stringify(results).includes(site.state.password));
      } finally {
        await mend();
      }
    });
  }
});

describe("a wrong password", () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  it("is sent once, because AMS blocks the administrator after two", async () => {
    await fly(site, admin, { login: { kind: "password", password: "wrong" } });
    assert.equal(site.state.failedLogins, 1);
  });
});

describe("a login that gets no answer in time", () => {
  it("is taken for AMS without its database, and the rest is not tried", async () => {
    const deployment = deploymentOf(outputs, undefined);
    const { flight } = prepare(deployment, noWire, { ...usual, login: undefined });
    const login = () => Promise.reject(new NoAnswerError("no answer in 5 s"));
    const results = await runChecks(
      insideChecks(deployment).filter(({ id }) => id !== "rest-login"),
      { ...flight, login },
      { totalSeconds: 60, onResult: () => undefined },
    );
    assert.deepEqual(
      results.map(({ id, state, said }) => `${id} ${state}: ${said}`),
      [
        "panel-login fail: no answer in 5 s",
        ...["cluster-mode", "nodes", "balance"].map((id) => `${id} not-run: login failed; see the panel-login check`),
        "applications not-run: without --stack, no stack file is available for comparison",
      ],
    );
    assert.equal(results[0]?.cause, remedies.databaseDown.cause);
  });
});

describe("a stream that gets no answer", () => {
  it("fails at publishing alone", async () => {
    const deployment = deploymentOf(outputs, undefined);
    const { flight } = prepare(deployment, noWire, { ...usual, login: undefined });
    const silent = { streamId: "s", startedMilliseconds: Date.now(), isTaken: () => false, ended: () => undefined };
    const stream = async () => ({ ...silent, stop: async () => undefined });
    const checks = streamChecks(deployment).filter(({ id }) => !/^rtmps?$/.test(id));
    const found = await Promise.all(checks.map(({ run }) => run({ ...flight, stream, streamSeconds: 0.1 })));
    assert.deepEqual(
      found.map(({ state, said }) => `${state}: ${said}`),
      [
        "fail: no response within 0.1 s",
        ...checks.slice(1).map(() => "not-run: the stream was not accepted; see the publish check"),
      ],
    );
    assert.equal(found.length, 4);
  });
});

describe("the run of checks", () => {
  const named = (id: string, run: Check["run"]): Check => ({ id, title: id, run });
  const never = new Promise<never>(() => undefined);

  it("ends when its time is over, tells results in their order, and takes no fault of a check for a pass", async () => {
    const checks = [
      named("never", () => never),
      named("throws", () => Promise.reject(new Error("out of order"))),
      named("nameless", () => Promise.reject(new NameError("a.example.com has no address"))),
      named("holds", async () => pass("as it should")),
    ];
    const { flight } = prepare(deploymentOf(outputs, undefined), noWire, { ...usual, login: undefined });
    const told: string[] = [];
    const results = await runChecks(checks, flight, { totalSeconds: 0.3, onResult: ({ id }) => told.push(id) });
    assert.deepEqual(
      results.map(({ state }) => state),
      ["fail", "fail", "not-run", "pass"],
    );
    assert.deepEqual(told, ["never", "throws", "nameless", "holds"]);
    assert.match(
      lineOf(results[0] ?? assert.fail(), (_, text) => text),
      /^FAILED {3}never .*\n +likely cause: .*\n +remedy: /,
    );
    assert.equal(summaryOf(results), "1 ok, 2 failed, 1 not run\n");
  });
});
