import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { databaseHosts } from "../../model/naming.ts";
import { databasePort } from "../../model/network/firewall.ts";
import { databaseAddress } from "../../model/network/network.ts";
import { put } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";
import { debianRoot, machineRoot } from "../support/debian-root.ts";
import { inOrder } from "./in-order.ts";
import { Machine } from "./machine.ts";
import { Site } from "./site.ts";
import { Volume } from "./volume.ts";

const secret = { rootPassword: "root0123456789", appPassword: "app0123456789", keyFile: "key0123456789" };
const of = cluster({ network: { zones: ["a", "b", "c"] }, database: { kind: "replica-set" } });
const hosts = databaseHosts(of).map((host) => `${host}:${databasePort(of)}`);
const [db1 = "", db2 = "", db3 = ""] = hosts;
const addresses = hosts.map((_, place) => databaseAddress(of.network, place));

/** A configuration of the set with these members, as its version `version`. */
const configuration = (version: number, ...members: readonly string[]) => ({
  _id: of.name,
  version,
  members: members.map((host, _id) => ({ _id, host })),
});

/** The members that answer while another is being replaced or added: the first of them is the primary. */
const answering = (config: ReturnType<typeof configuration>, without: string) =>
  Object.fromEntries(
    config.members
      .filter(({ host }) => host !== without)
      .map(({ host }, place) => [
        host,
        { setName: of.name, isWritablePrimary: place === 0, rootPassword: secret.rootPassword, config },
      ]),
  );

/** A member that the set hasn't told of itself: no set, no users, no data. */
const empty = (others: unknown, tellAfter?: number) => ({
  port: databasePort(of),
  initialized: null,
  users: {},
  log: [],
  names: Object.fromEntries(hosts.map((host, place) => [host, addresses[place]])),
  others,
  tellAfter,
  syncing: 2,
  sleepSeconds: 0.1,
});

describe("a replica set's member on a volume without data", function () {
  // Whole systems start; the first time, their parts are fetched and built.
  inOrder(this);
  let site: Site;
  let machine: Machine | undefined;
  const volumes: Volume[] = [];

  before(async () => {
    site = await Site.start();
    site.cloud.secrets.set("aws:ams-test-database-1", JSON.stringify(secret));
  });
  after(async () => {
    await machine?.destroy();
    for (const volume of volumes) volume.remove();
    await site.stop();
  });
  afterEach(function () {
    if (this.currentTest?.state === "failed") console.log(machine?.log("ams-database"), machine?.log("mongod"));
  });

  /** Boots a machine of the set on a new root and a new volume until it calls itself ready, and gives what it leaves. */
  async function boots(name: string, place: number, mongo: Readonly<Record<string, unknown>>) {
    const volume = new Volume(site, `volume-${name}`, place + 1);
    volumes.push(volume);
    volume.with((folder) => put(`${folder}/mongo.json`, JSON.stringify(mongo)));
    const own = new Machine(site, debianRoot(machineRoot), name, addresses[place] ?? "");
    machine = own.installMongo().attach(volume.device).seed(of, "database");
    own.boot();
    await own.sees("a member", () => /step=database state=ready/.test(own.log("ams-database")));
    await own.shutDown();
    const log = own.log("ams-database");
    const mongod = JSON.parse(readFileSync(`${own.root}/etc/mongod.conf`, "utf8"));
    await own.destroy();
    const known = JSON.parse(volume.with((folder) => readFileSync(`${folder}/mongo.json`, "utf8")));
    return { log, mongod, known };
  }

  /** What holds of each member that has become one of the set that there is. */
  function assertTaken({ log, mongod, known }: Awaited<ReturnType<typeof boots>>, place: number): void {
    assert.deepEqual(known.log, [], "it makes no set and no user of its own");
    assert.deepEqual(known.users, {});
    assert.deepEqual(known.states, [`STARTUP2 ${hosts[place]}`, `SECONDARY ${hosts[place]}`]);
    assert.equal(mongod.replication.replSetName, of.name);
    assert.equal(mongod.net.bindIp, `127.0.0.1,${addresses[place]}`, "the others reach it where its name leads");
    assert.doesNotMatch(log, /state=failed|replica set initiated|user created|createUser/);
  }

  const three = configuration(5, db1, db2, db3);
  let others: unknown = answering(three, db2);

  for (const name of ["second", "its-replacement"]) {
    it(`waits until the set tells it and becomes SECONDARY under its address's name: ${name}`, async () => {
      const left = await boots(name, 1, empty(others, 10));
      assertTaken(left, 1);
      assert.deepEqual(left.known.initialized, three);
      assert.deepEqual(
        left.known.asked,
        [`${db1} hello`, `${db1} replSetGetConfig`],
        "named there, it asks for no more",
      );
      others = left.known.others;
    });
  }

  it("does not create a second replica set when the first member in the list is replaced", async () => {
    const left = await boots("first", 0, empty(answering(three, db1), 4));
    assertTaken(left, 0);
    assert.deepEqual(left.known.initialized, three);
    assert.deepEqual(left.known.asked, [`${db2} hello`]);
  });

  it("is taken in by a set that doesn't know it, under the next version", async () => {
    const left = await boots("third", 2, empty(answering(configuration(2, db1, db2), db3)));
    assertTaken(left, 2);
    assert.deepEqual(left.known.initialized, configuration(3, db1, db2, db3));
    assert.deepEqual(left.known.others[db1].config, left.known.initialized);
    assert.match(left.log, new RegExp(`${db1} took ${db3} into the set`));
  });
});
