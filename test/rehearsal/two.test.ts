import assert from "node:assert/strict";
import { type Group, startGroup } from "../machine/group.ts";
import { put } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";
import { debianRoot, machineRoot } from "../support/debian-root.ts";
import { ferretdb } from "../support/ferretdb.ts";
import { inOrder } from "./in-order.ts";
import { Machine } from "./machine.ts";
import { secretName, secretWith } from "./secret.ts";
import { Site } from "./site.ts";

const password = "appPassword0123456789";

describe("two media machines that boot at once", function () {
  inOrder(this);
  let base = "";
  let server = "";
  let site: Site;
  let group: Group;
  const machines: Machine[] = [];
  before(async () => {
    base = debianRoot(machineRoot);
    server = ferretdb();
    site = await Site.start();
    group = startGroup("aws", site.cloud);
  });
  after(async () => {
    for (const machine of machines) await machine.destroy();
    await site.stop();
  });
  afterEach(function () {
    if (this.currentTest?.state === "failed")
      for (const machine of machines) console.log(machine.log(), machine.events(), machine.log("cloud-final"));
  });

  it("do not conflict on an empty database, even if one is killed while it starts", async () => {
    await site.databaseUp(server, password);
    site.cloud.secrets.set(secretName, secretWith(password));
    const two = new Machine(site, base, "two", "10.0.0.12").installAms().seed(cluster(), "edge");
    const three = new Machine(site, base, "three", "10.0.0.13").installAms().seed(cluster(), "origin");
    machines.push(two, three);
    two.boot();
    three.boot();
    await three.sees("AMS in a cluster", () => three.events().includes("ams start cluster"));
    await three.kill();
    await two.sees("an open gate", () => two.isOpen());
    three.boot();
    await three.sees("an open gate", () => three.isOpen());
    const events = [...two.events(), ...three.events()];
    assert.deepEqual(
      new Set(events.filter((line) => line.startsWith("ams key "))),
      new Set([`ams key ${JSON.parse(secretWith("")).clusterKey}`]),
    );
    assert.equal(events.filter((line) => line === "ams administrator made").length, 1);
  });

  it("leave when their group wants them back: no new client, the old ones to their end, then out of the list", async () => {
    const [two, three] = machines;
    assert.ok(two !== undefined && three !== undefined);
    const drain = (of: Machine) => of.log("ams-agent@drain");
    const clients = (of: Machine, count: number) =>
      put(`${of.root}/usr/local/antmedia/clients.json`, JSON.stringify({ localLiveStreams: count }));
    clients(two, 1);
    const held = site.hold(two.address);
    await two.sees("a client's connection", () => held.lines().includes("held"));
    // The metadata is the same for all machines here, so that both have to leave.
    group.awaits("drain");
    group.letGo();
    await three.sees("the idle one's end", () => /step=drain state=completed reason=idle/.test(drain(three)));
    assert.match(drain(two), /state=waits clients="0 viewers and 1 publishers"/);
    await two.sees("a closed gate", () => !two.isOpen());
    held.ask();
    await two.sees("an answer by the old connection", () => held.lines().some((line) => /^HTTP\/1.\d 200/.test(line)));
    clients(two, 0);
    await two.sees("the other's end", () => /step=drain state=over reason=idle/.test(drain(two)));
    assert.ok(group.told.includes("complete drain CONTINUE"));
    for (const machine of [two, three])
      await machine.sees("a proper end", () => machine.events().includes("ams shutdown-properly live"));
    // Of the last one nobody is left to be told.
    assert.ok(!/step=record state=failed/.test(drain(three)), drain(three));
  });
});
