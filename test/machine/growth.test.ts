import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { library, put, remove, run, standIn, unpack } from "./rig.ts";

const hosts = ["db1.x.internal:27017", "db2.x.internal:27017", "db3.x.internal:27017"];
const rootPassword = "rootPassword0123456789";

describe("a replica set of one that grows to three", () => {
  const roots: string[] = [];
  afterEach(() => {
    for (const root of roots.splice(0)) remove(root);
  });

  /** A new, empty member whose first member has made a set of itself alone, long ago. */
  function join(place: number, first: Readonly<Record<string, unknown>>) {
    const root = unpack("database");
    roots.push(root);
    const state = `${root}/mongo.json`;
    const others = { [hosts[0] ?? ""]: { setName: "rs", rootPassword, ...first } };
    put(state, JSON.stringify({ port: 27017, initialized: null, users: {}, log: [], others }));
    const env = {
      AMS_TEST_MONGO: state,
      AMS_HOSTS: hosts.join(","),
      AMS_PLACE: `${place}`,
      AMS_REPLICA_SET: "ams-test",
      AMS_USER: "ams",
      AMS_ROOT_PASSWORD: rootPassword,
      AMS_APP_PASSWORD: "appPassword0123456789",
    };
    const done = run("node", [`${standIn}mongosh.mjs`, `${library(root)}/converge.js`], env);
    const after = JSON.parse(readFileSync(state, "utf8"));
    return { ...done, config: after.others[hosts[0] ?? ""].config, log: after.log };
  }

  const alone = { _id: "ams-test", version: 1, members: [{ _id: 0, host: hosts[0] }] };

  it("takes the second member in, under its name and the next version", () => {
    const { status, all, config, log } = join(1, { isWritablePrimary: true, config: alone });
    assert.equal(status, 0, all);
    assert.equal(config.version, 2);
    assert.deepEqual(config.members, [
      { _id: 0, host: hosts[0] },
      { _id: 1, host: hosts[1] },
    ]);
    assert.deepEqual(log, [], "the new member makes no set and no user of its own");
  });

  it("takes the third in after the second, and nobody twice", () => {
    const two = { ...alone, version: 2, members: [...alone.members, { _id: 1, host: hosts[1] }] };
    const { status, all, config } = join(2, { isWritablePrimary: true, config: two });
    assert.equal(status, 0, all);
    assert.deepEqual(config.members.at(-1), { _id: 2, host: hosts[2] });
    const again = join(1, { isWritablePrimary: true, config: two });
    assert.deepEqual(again.config, two);
  });

  it("asks only a primary, and says why it waits", () => {
    const secondary = join(1, { isWritablePrimary: false, config: alone });
    assert.equal(secondary.status, 1);
    assert.deepEqual(secondary.config, alone);
    const wrong = join(1, { isWritablePrimary: true, config: alone, rootPassword: "another" });
    assert.equal(wrong.status, 1);
    assert.match(wrong.all, /db1\.x\.internal:27017 does not accept new members yet: Authentication failed/);
    assert.ok(!wrong.all.includes(rootPassword));
  });
});
