import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { drillUserData, unpackUserData } from "../../machine/index.ts";
import { countedIn } from "../../tools/restore-drill/result.ts";
import { put } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";
import { debianRoot, machineRoot } from "../support/debian-root.ts";
import { Machine } from "./machine.ts";
import { Site } from "./site.ts";
import { Volume } from "./volume.ts";

const text = unpackUserData(drillUserData(cluster({ database: { restoreDrill: {} } })));
const found = { databases: 2, collections: 3, documents: 6, lastWrite: "2026-11-30T14:00:25.575Z" };

/** The same with another number in it. */
function changed(before: string, after: string): string {
  assert.ok(text.includes(before), before);
  return text.replace(before, after);
}

describe("the machine of a rehearsed restore", () => {
  // Whole systems start; the first time, their parts are fetched and built.
  let site: Site;
  let machine: Machine;
  const volumes: Volume[] = [];

  /** A machine with a copy of a member's volume: its shell says what the volume says. */
  function make(name: string, userData: string, volume?: Volume): Machine {
    machine = new Machine(site, debianRoot(machineRoot), name, "10.0.224.99").installMongo().seedWith(userData);
    put(`${machine.root}/usr/bin/mongosh`, "#!/bin/sh\nexec cat /var/lib/mongodb/found.json\n");
    if (volume !== undefined) machine.attach(volume.device);
    machine.boot();
    return machine;
  }

  before(async () => {
    site = await Site.start();
    // Nothing of the cluster is within its reach: no bucket, no secret.
    site.cloud.bucketsAway = true;
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") console.log(machine.log("ams-restore-drill"));
    await machine.destroy();
    for (const volume of volumes.splice(0)) volume.remove();
  });
  after(() => site.stop());

  it("starts MongoDB on the loopback address from a member's volume, reports the result, and shuts down", async () => {
    const volume = new Volume(site, "copy", 2);
    volumes.push(volume);
    volume.with((place) => put(`${place}/found.json`, JSON.stringify(found)));
    make("drill", changed('"readSeconds": 120', '"readSeconds": 1'), volume);
    await machine.ended();
    assert.deepEqual(countedIn(machine.log("ams-restore-drill")), found);
    const config = JSON.parse(readFileSync(`${machine.root}/etc/mongod.conf`, "utf8"));
    assert.equal(config.net.bindIp, "127.0.0.1");
    assert.equal(config.replication, undefined);
    assert.equal(config.storage.dbPath, "/var/lib/mongodb");
  });

  it("says nothing of a volume without documents, and ends by its timer", async () => {
    const volume = new Volume(site, "blank", 1);
    volumes.push(volume);
    volume.with((place) => put(`${place}/found.json`, JSON.stringify({ ...found, documents: 0 })));
    make("empty", changed("OnBootSec=60min", "OnBootSec=20"), volume);
    await machine.ended();
    assert.match(machine.log("ams-restore-drill"), /step=count state=failed .*no documents/);
    assert.equal(countedIn(machine.log("ams-restore-drill")), undefined);
  });
});
