import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { databaseAddress } from "../../model/network/network.ts";
import { put } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";
import { debianRoot, machineRoot } from "../support/debian-root.ts";
import { inOrder } from "./in-order.ts";
import { Machine } from "./machine.ts";
import { Site } from "./site.ts";
import { Volume } from "./volume.ts";

const secret = { rootPassword: "root0123456789", appPassword: "app0123456789", keyFile: "key0123456789" };

describe("the database machine's boot", function () {
  // Whole systems start; the first time, their parts are fetched and built.
  inOrder(this);
  let site: Site;
  let volume: Volume;
  let machine: Machine;
  const of = cluster();
  const own = databaseAddress(of.network, 0);
  const make = (name: string, address: string): Machine =>
    new Machine(site, debianRoot(machineRoot), name, address).installMongo().attach(volume.device).seed(of, "database");
  const ready = () => /step=database state=ready/.test(machine.log("ams-database"));
  const known = () => JSON.parse(volume.with((place) => readFileSync(`${place}/mongo.json`, "utf8")));

  before(async () => {
    site = await Site.start();
    site.cloud.secrets.set("aws:ams-test-database-1", JSON.stringify(secret));
    volume = new Volume(site, "volume", 1);
    volume.with((place) => put(`${place}/mongo.json`, '{"port":27017,"initialized":null,"users":{},"log":[]}'));
    machine = make("first", "10.0.224.99");
  });
  after(async () => {
    await machine.destroy();
    volume.remove();
    await site.stop();
  });
  afterEach(function () {
    if (this.currentTest?.state === "failed") console.log(machine.log("ams-database"), machine.log("mongod"));
  });

  it("waits for a bucket that is away, and refuses an agent that is another one", async () => {
    const bootstrap = () => machine.log("ams-bootstrap");
    const [[place, agent] = ["", ""]] = site.cloud.objects;
    site.cloud.bucketsAway = true;
    machine.boot();
    await machine.sees("no bucket", () => /step=agent state=failed .*404/.test(bootstrap()));
    site.cloud.objects.set(place, agent.replace("database", "databese"));
    site.cloud.bucketsAway = false;
    await machine.sees("another agent", () => /has the SHA-256 [0-9a-f]{64}: rejected/.test(bootstrap()));
    assert.equal(existsSync(`${machine.root}/usr/local/lib/ams-cluster/database.py`), false);
    site.cloud.objects.set(place, agent);
    await machine.sees("its agent", () => /step=agent state=ok/.test(bootstrap()));
  });

  it("starts no database at an address that isn't a member's", async () => {
    await machine.sees("a refusal", () => /step=member state=failed/.test(machine.log("ams-database")));
    assert.match(
      machine.log("ams-database"),
      /10\.0\.224\.99 is not the address of a member; the members' addresses are 10\.0\.224\./,
    );
    assert.equal(existsSync(`${machine.root}/etc/mongod.conf`), false);
    await machine.destroy();
  });

  it("mounts the volume that is already formatted, as it is, before the database starts", async () => {
    machine = make("second", own);
    machine.boot();
    await machine.sees("a database", ready);
    await machine.shutDown();
    assert.deepEqual(known().log, ["replSetInitiate", "createUser", "createUser"]);
    const config = JSON.parse(readFileSync(`${machine.root}/etc/mongod.conf`, "utf8"));
    assert.equal(config.security.authorization, "enabled");
    await machine.destroy();
  });

  it("continues with the data of the machine that it replaces", async () => {
    machine = make("third", own);
    machine.boot();
    await machine.sees("a database", ready);
    await machine.shutDown();
    assert.deepEqual(known().log, ["replSetInitiate", "createUser", "createUser"]);
    assert.equal(
      readFileSync(`${machine.root}/etc/fstab`, "utf8").match(/^\/dev\/xvdf \/var\/lib\/mongodb /gm)?.length,
      1,
    );
  });

  it("is rebooted without the bucket, with the agent of its first boot", async () => {
    const starts = () => machine.log("ams-database").match(/step=database state=ready/g)?.length ?? 0;
    const before = starts();
    site.cloud.bucketsAway = true;
    machine.boot();
    await machine.sees("a database again", () => starts() > before);
    await machine.shutDown();
  });
});
