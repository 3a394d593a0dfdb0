import assert from "node:assert/strict";
import { CommandError } from "../../../tools/cli/faults.ts";
import type { DrillCloud, DrillMachine, Snapshot } from "../../../tools/restore-drill/cloud.ts";
import { drill, newest } from "../../../tools/restore-drill/drill.ts";
import { countedIn, failureIn } from "../../../tools/restore-drill/result.ts";

const ready =
  "ams-cluster: step=restore-drill state=ready databases=2 collections=3 documents=6 lastWrite=2026-11-30T14:00:25.575Z";
const found = { databases: 2, collections: 3, documents: 6, lastWrite: "2026-11-30T14:00:25.575Z" };
const failed = 'ams-cluster: step=count state=failed attempt=1 retrySeconds=5 reason="RuntimeError: no documents"';

const machine: DrillMachine = {
  image: "ami-1",
  instanceType: "m5.large",
  systemDiskGiB: 20,
  userData: "",
  name: "one-restore-drill",
  tags: {},
  until: new Date(),
};
const limits = { snapshotHours: 14, pollSeconds: 0.001, minutes: 1 };
const snapshot = (id: string, hours: number): Snapshot => ({
  ...{ id, taken: new Date(Date.now() - hours * 3_600_000), sizeGiB: 50 },
});

/** A cloud that holds machines, with what it does in their order. */
class Cloud implements DrillCloud {
  readonly there = new Set<string>();
  readonly done: string[] = [];
  readonly consoles: string[];
  loses = false;

  constructor(...consoles: readonly string[]) {
    this.consoles = [...consoles];
  }
  machines = async () => [...this.there];
  remove = async (ids: readonly string[]) => {
    this.done.push(`remove ${ids.join(" ")}`);
    for (const id of ids) this.there.delete(id);
  };
  place = async () => ({ subnet: "s", group: "g" });
  snapshots = async () => [snapshot("old", 9), snapshot("new", 3)];
  start = async (_machine: DrillMachine, _place: unknown, { id }: Snapshot) => {
    this.done.push(`start ${id}`);
    this.there.add("i-1");
    if (this.loses) throw new CommandError("the answer was lost");
    return "i-1";
  };
  look = async () => ({ console: this.consoles.shift() ?? "", ended: this.consoles.length === 0 });
  record = async () => undefined;
}

const told = (stop = new AbortController()) => {
  const lines: string[] = [];
  return { lines, stop, say: (line: string) => void lines.push(line), signal: stop.signal };
};
const run = (cloud: Cloud, { say, signal } = told(), more = {}) =>
  drill(cloud, machine, { ...limits, ...more }, { say, stop: signal });

describe("a restore drill", () => {
  it("starts from the newest snapshot, reads the result, and takes its machine away", async () => {
    const cloud = new Cloud("booting", failed, ready);
    const drilled = await run(cloud);
    assert.equal(drilled.snapshot.id, "new");
    assert.deepEqual(drilled.found, found);
    assert.deepEqual(cloud.done, ["start new", "remove i-1"]);
    assert.equal(cloud.there.size, 0);
  });

  it("first deletes machines left behind by an interrupted drill", async () => {
    const cloud = new Cloud(ready);
    cloud.there.add("i-0");
    await run(cloud);
    assert.deepEqual(cloud.done, ["remove i-0", "start new", "remove i-1"]);
  });

  it("takes away a machine whose start was not answered", async () => {
    const cloud = new Cloud(ready);
    cloud.loses = true;
    await assert.rejects(run(cloud), /the answer was lost/);
    assert.equal(cloud.there.size, 0);
  });

  it("fails, with the machine's own reason, when the machine ends without a result", async () => {
    const cloud = new Cloud("booting", failed);
    const listener = told();
    await assert.rejects(
      run(cloud, listener),
      /stopped without writing a result; last failure: step=count .*no documents/,
    );
    assert.ok(listener.lines.some((line) => line.includes("no documents")));
    assert.equal(cloud.there.size, 0);
  });

  it("fails when there is no result in its time", async () => {
    const cloud = new Cloud(...Array.from({ length: 5000 }, () => "booting"));
    await assert.rejects(
      run(cloud, told(), { minutes: 0.001 }),
      /no result within 0\.001 minutes; its console output contains no/,
    );
    assert.equal(cloud.there.size, 0);
  });

  it("takes its machine away when it is interrupted", async () => {
    const cloud = new Cloud(...Array.from({ length: 5000 }, () => "booting"));
    const listener = told();
    const done = run(cloud, listener, { pollSeconds: 30 });
    setTimeout(() => listener.stop.abort(), 20);
    await assert.rejects(done, /interrupted/);
    assert.equal(cloud.there.size, 0);
  });

  it("starts no machine when it is interrupted before", async () => {
    const cloud = new Cloud(ready);
    const listener = told();
    listener.stop.abort();
    await assert.rejects(run(cloud, listener), /interrupted/);
    assert.deepEqual(cloud.done, []);
  });

  it("starts nothing without a snapshot, or with one that the policy should have followed", () => {
    assert.throws(() => newest([], 14, Date.now()), /no snapshot of a data volume/);
    assert.throws(() => newest([snapshot("s-1", 20)], 14, Date.now()), /s-1, is 20 hours old; expected at most 14/);
    assert.equal(newest([snapshot("s-1", 13)], 14, Date.now()).id, "s-1");
  });
});

describe("the result on a console", () => {
  it("is that of the last line, whatever is around it", () => {
    const text = `[    1.2] random: crng init\r\n${failed}\r\n[  88.1] ams-cluster: step=packages state=ok\r\n${ready}\r\n[  90.0] x`;
    assert.deepEqual(countedIn(text), found);
    assert.match(failureIn(text) ?? "", /^step=count state=failed .*no documents"$/);
  });

  it("is none without documents, or without numbers", () => {
    for (const documents of ["0", "many", "-1", ""])
      assert.equal(countedIn(ready.replace("documents=6", `documents=${documents}`)), undefined, documents);
    assert.equal(countedIn(""), undefined);
  });
});
