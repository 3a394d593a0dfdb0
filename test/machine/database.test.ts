import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { startCloud } from "./cloud.ts";
import { hurry, installSystemdRun, library, put, remove, run, standIn, tool, unpack } from "./rig.ts";

const secret = { rootPassword: "root0123456789", appPassword: "app0123456789", keyFile: "key0123456789" };
const appRoles = ["readWriteAnyDatabase", "dbAdminAnyDatabase", "clusterMonitor"];

interface Mongo {
  readonly port: number;
  readonly initialized: null | { readonly _id: string; readonly members: readonly { readonly host: string }[] };
  readonly users: Readonly<
    Record<string, { readonly pwd: string; readonly roles: readonly { readonly role: string }[] }>
  >;
  readonly secondary?: boolean;
  /** Other members that answer, with what they say to hello. */
  readonly others?: Readonly<Record<string, { readonly setName?: string }>>;
  readonly tellAfter?: number;
  readonly tls?: boolean;
  readonly log: readonly string[];
}

const fresh: Mongo = { port: 27017, initialized: null, users: {}, log: [] };

describe("converge.js", () => {
  const roots: string[] = [];
  afterEach(() => {
    for (const root of roots.splice(0)) remove(root);
  });

  /** Runs the script on a database, and gives what came of it. */
  function converge(before: Mongo, changes: Readonly<Record<string, string>> = {}) {
    const root = unpack("database");
    roots.push(root);
    const state = `${root}/mongo.json`;
    put(state, JSON.stringify(before));
    const env = {
      AMS_TEST_MONGO: state,
      AMS_HOSTS: "db1.ams-test.internal:27017",
      AMS_PLACE: "0",
      AMS_REPLICA_SET: "ams-test",
      AMS_USER: "ams",
      AMS_ROOT_PASSWORD: secret.rootPassword,
      AMS_APP_PASSWORD: secret.appPassword,
      ...changes,
    };
    const done = run("node", [`${standIn}mongosh.mjs`, `${library(root)}/converge.js`], env);
    const after: Mongo = JSON.parse(readFileSync(state, "utf8"));
    return { ...done, after };
  }

  it("makes the set of one member under its name, root through the localhost exception, then the media user", () => {
    const { status, all, after } = converge(fresh);
    assert.equal(status, 0, all);
    assert.deepEqual(after.log, ["replSetInitiate", "createUser", "createUser"]);
    assert.equal(after.initialized?._id, "ams-test");
    assert.deepEqual(after.initialized?.members, [{ _id: 0, host: "db1.ams-test.internal:27017" }]);
    assert.deepEqual(after.users["root"]?.roles, [{ role: "root", db: "admin" }]);
    assert.deepEqual(
      after.users["ams"]?.roles.map(({ role }) => role),
      appRoles,
    );
  });

  it("changes nothing when it runs again", () => {
    const first = converge(fresh).after;
    const { status, all, after } = converge({ ...first, log: [] });
    assert.equal(status, 0, all);
    assert.deepEqual(after.log, []);
  });

  it("goes on where it was interrupted", () => {
    const first = converge(fresh).after;
    for (const users of [{}, { root: first.users["root"] ?? assert.fail() }]) {
      const { status, all, after } = converge({ ...first, users, log: [] });
      assert.equal(status, 0, all);
      assert.deepEqual(Object.keys(after.users), ["root", "ams"]);
      assert.equal(after.users["ams"]?.pwd, secret.appPassword);
    }
  });

  it("sets the media user's password to the current password in the secret", () => {
    const first = converge(fresh).after;
    const { status, all, after } = converge({ ...first, log: [] }, { AMS_APP_PASSWORD: "rotated" });
    assert.equal(status, 0, all);
    assert.deepEqual(after.log, ["updateUser"]);
    assert.equal(after.users["ams"]?.pwd, "rotated");
    assert.deepEqual(
      after.users["ams"]?.roles.map(({ role }) => role),
      appRoles,
    );
  });

  it("touches nothing on a secondary", () => {
    const first = converge(fresh).after;
    const { status, all, after } = converge({ ...first, secondary: true, log: [] }, { AMS_APP_PASSWORD: "rotated" });
    assert.equal(status, 0, all);
    assert.deepEqual(after.log, []);
  });

  const three = { AMS_HOSTS: "db1.x.internal:27017,db2.x.internal:27017,db3.x.internal:27017" };
  const empty = { "db2.x.internal:27017": {}, "db3.x.internal:27017": {} };

  it("makes a set of three from its first member, with all of them in it at once", () => {
    const { status, all, after } = converge({ ...fresh, others: empty }, three);
    assert.equal(status, 0, all);
    assert.deepEqual(
      after.initialized?.members.map(({ host }) => host),
      three.AMS_HOSTS.split(","),
    );
  });

  it("makes no set while a member is down, and says which", () => {
    const { status, all, after } = converge({ ...fresh, others: { "db2.x.internal:27017": {} } }, three);
    assert.equal(status, 1);
    assert.match(all, /replSetInitiate: .*db3\.x\.internal/);
    assert.equal(after.initialized, null);
  });

  it("does nothing on the other members until the first member has created the replica set", () => {
    const told = converge({ ...fresh, tellAfter: 3 }, { ...three, AMS_PLACE: "1" });
    assert.equal(told.status, 0, told.all);
    assert.deepEqual(told.after.log, []);
    const never = converge(fresh, { ...three, AMS_PLACE: "2" });
    assert.equal(never.status, 1);
    assert.match(never.all, /no member has told db3\.x\.internal:27017 of the set within 60 s; db1\.x\.internal:27017/);
    assert.deepEqual(never.after.log, []);
  });

  it("does not create a second replica set when the first member returns with an empty volume", () => {
    const others = { ...empty, "db3.x.internal:27017": { setName: "rs" } };
    const { status, all, after } = converge({ ...fresh, others, tellAfter: 3 }, three);
    assert.equal(status, 0, all);
    assert.deepEqual(after.log, []);
  });

  it("speaks TLS, without the loopback's name in the certificate, when there is an authority", () => {
    assert.equal(converge({ ...fresh, tls: true }).status, 1);
    const { status, all } = converge({ ...fresh, tls: true }, { AMS_CA: "/etc/ams-cluster/mongod-ca.pem" });
    assert.equal(status, 0, all);
  });

  it("says so, without a password, when the secret's root password is another database's", () => {
    const first = converge(fresh).after;
    const { status, all, after } = converge({ ...first, log: [] }, { AMS_ROOT_PASSWORD: "anothers" });
    assert.equal(status, 1);
    assert.match(all, /the secret's rootPassword is not valid for this database/);
    assert.ok(!all.includes("anothers"));
    assert.deepEqual(after.log, []);
  });
});

describe("the database's machine", () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  /** A signing key of the test's own, as an armoured text and its fingerprint. */
  function signingKey(root: string): { readonly armoured: string; readonly fingerprint: string } {
    const home = `${root}/gpg`;
    mkdirSync(home, { mode: 0o700 });
    const gpg = (...words: string[]) => {
      const done = run("gpg", ["--batch", "--quiet", "--homedir", home, ...words]);
      assert.equal(done.status, 0, done.all);
      return done.out;
    };
    gpg("--passphrase", "", "--quick-generate-key", "release@example.com", "ed25519", "sign", "never");
    const fingerprint = /^fpr:+(\w+):/m.exec(gpg("--with-colons", "--list-keys"))?.[1] ?? assert.fail();
    const armoured = gpg("--armor", "--export");
    run("gpgconf", ["--homedir", home, "--kill", "all"]);
    return { armoured, fingerprint };
  }

  async function machine(fingerprint?: string) {
    const root = unpack("database");
    open.push(() => remove(root));
    const cloud = await startCloud("aws", "ap-south-1");
    cloud.secrets.set("aws:ams-test-database-1", JSON.stringify(secret));
    const key = signingKey(root);
    const mirror = createServer((_, response) => response.end(key.armoured));
    await new Promise<void>((resolve) => mirror.listen(0, "127.0.0.1", resolve));
    open.push(
      () => cloud.close(),
      () => new Promise((resolve) => mirror.close(resolve)),
    );
    const keyUrl = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/server.asc`;
    hurry(root, { keyUrl, keyFingerprint: fingerprint ?? key.fingerprint, retrySeconds: 0.01 });
    put(`${root}/etc/os-release`, 'NAME="Ubuntu"\nVERSION_CODENAME=noble\n');
    put(`${root}/mongo.json`, JSON.stringify(fresh));
    mkdirSync(`${root}/var/lib/mongodb`, { recursive: true });
    put(`${root}/calls`, "");
    const note = `echo "$(basename "$0") $*" >>'${root}/calls'`;
    for (const name of ["systemctl", "apt-mark", "xfs_growfs", "mountpoint"]) tool(root, name, `#!/bin/sh\n${note}\n`);
    const packages = `mkdir -p '${root}/usr/bin' && touch '${root}/usr/bin/mongod' '${root}/usr/bin/mongosh'`;
    // The rehearsed service manager hands on no environment of the caller's.
    const place = `echo "in \${AMS_CLUSTER_ROOT:-a unit of its own}, \${DEBIAN_FRONTEND}" >>'${root}/calls'`;
    tool(root, "apt-get", `#!/bin/sh\n${note}\n${place}\ncase "$*" in *install*) ${packages} ;; esac\n`);
    symlinkSync(`${standIn}mongosh.mjs`, `${root}/bin/mongosh`);
    installSystemdRun(root);
    const env = {
      AMS_CLUSTER_ROOT: root,
      AMS_METADATA_URL: cloud.url,
      AMS_API_URL: cloud.url,
      AMS_ADDRESS: "10.0.224.11",
      AMS_DATABASE_USER: userInfo().username,
      AMS_TEST_MONGO: `${root}/mongo.json`,
      PATH: `${root}/bin:${process.env["PATH"]}`,
    };
    const boot = async (): Promise<{
      readonly status: number | null;
      readonly log: string;
      readonly calls: string;
    }> => {
      writeFileSync(`${root}/calls`, "");
      const child = spawn("python3", ["-W", "error", `${library(root)}/database.py`], {
        env: { ...process.env, ...env },
      });
      let log = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (log += part.toString()));
      const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
      return { status, log, calls: readFileSync(`${root}/calls`, "utf8") };
    };
    return { root, cloud, boot };
  }

  it("installs the pinned release series, enables authentication before the first start, and changes nothing on later boots", async () => {
    const { root, boot } = await machine();
    const first = await boot();
    assert.equal(first.status, 0, first.log);
    const source = readFileSync(`${root}/etc/apt/sources.list.d/mongodb.list`, "utf8");
    assert.match(
      source,
      /^deb \[signed-by=\S+mongodb\.asc\] https:\/\/repo\.mongodb\.org\/apt\/ubuntu noble\/mongodb-org\/8\.0 multiverse\n$/,
    );
    assert.match(first.calls, /apt-get .*install .*\nin a unit of its own, noninteractive\n/);
    assert.match(first.calls, /apt-mark hold mongodb-org-server mongodb-mongosh/);
    assert.match(first.calls, /systemctl restart mongod/);

    const config = JSON.parse(readFileSync(`${root}/etc/mongod.conf`, "utf8"));
    assert.equal(config.net.bindIp, "127.0.0.1,10.0.224.11");
    assert.equal(config.security.authorization, "enabled");
    assert.equal(config.replication.replSetName, "ams-test");
    const keyFile: string = config.security.keyFile;
    assert.equal(readFileSync(keyFile, "utf8"), `${secret.keyFile}\n`);
    assert.equal(statSync(keyFile).mode & 0o777, 0o400);
    const mongo: Mongo = JSON.parse(readFileSync(`${root}/mongo.json`, "utf8"));
    assert.deepEqual(Object.keys(mongo.users), ["root", "ams"]);

    const second = await boot();
    assert.equal(second.status, 0, second.log);
    assert.ok(!/apt|restart/.test(second.calls), second.calls);
    for (const text of Object.values(secret)) assert.ok(!(first.log + second.log + first.calls).includes(text));
  });

  it("changes the media user's password when the secret changes", async () => {
    const { root, cloud, boot } = await machine();
    assert.equal((await boot()).status, 0);
    cloud.secrets.set("aws:ams-test-database-1", JSON.stringify({ ...secret, appPassword: "rotated" }));
    const again = await boot();
    assert.equal(again.status, 0, again.log);
    const mongo: Mongo = JSON.parse(readFileSync(`${root}/mongo.json`, "utf8"));
    assert.equal(mongo.users["ams"]?.pwd, "rotated");
    assert.ok(!/restart/.test(again.calls), again.calls);
  });

  it("installs nothing that another key signed", async () => {
    const { root, boot } = await machine("0".repeat(40));
    const { status, log, calls } = await boot();
    assert.equal(status, 1);
    assert.match(log, /step=packages state=failed .*expected 0{40}/);
    assert.ok(!calls.includes("apt-get"));
    assert.equal(existsSync(`${root}/etc/apt/keyrings/mongodb.asc`), false);
  });

  it("logs the failure and retries when the packages are unavailable", async () => {
    const { root, boot } = await machine();
    const working = readFileSync(`${root}/bin/apt-get`, "utf8");
    tool(root, "apt-get", "#!/bin/sh\necho '503 Service Unavailable'\nexit 100\n");
    for (const attempt of [1, 2]) {
      const { status, log } = await boot();
      assert.equal(status, 1);
      assert.match(log, new RegExp(`step=packages state=failed attempt=${attempt} .*503 Service Unavailable`));
    }
    writeFileSync(`${root}/bin/apt-get`, working);
    chmodSync(`${root}/bin/apt-get`, 0o755);
    assert.equal((await boot()).status, 0);
  });

  it("tries again when its way out, and so its secret, is not there yet, and installs nothing meanwhile", async () => {
    const { cloud, boot } = await machine();
    cloud.outages = 2;
    for (const attempt of [1, 2]) {
      const { status, log, calls } = await boot();
      assert.equal(status, 1);
      assert.match(log, new RegExp(`step=secret state=failed attempt=${attempt} `));
      assert.ok(!calls.includes("apt-get"), calls);
    }
    const last = await boot();
    assert.equal(last.status, 0, last.log);
    assert.match(last.calls, /apt-get .*install/);
  });

  it("asks for TLS with the secret's certificate, and tells the files when they change", async () => {
    const { root, cloud, boot } = await machine();
    put(`${root}/mongo.json`, JSON.stringify({ ...fresh, tls: true }));
    const tls = { ...secret, tlsPem: "PEM", tlsKey: "KEY", tlsCa: "CA" };
    cloud.secrets.set("aws:ams-test-database-1", JSON.stringify(tls));
    const first = await boot();
    assert.equal(first.status, 0, first.log);
    const { net } = JSON.parse(readFileSync(`${root}/etc/mongod.conf`, "utf8"));
    assert.equal(net.tls.mode, "requireTLS");
    assert.equal(readFileSync(net.tls.certificateKeyFile, "utf8"), "PEM\nKEY\n");
    assert.equal(statSync(net.tls.certificateKeyFile).mode & 0o777, 0o400);
    assert.equal(readFileSync(net.tls.CAFile, "utf8"), "CA");
    assert.ok(!/restart/.test((await boot()).calls));
    cloud.secrets.set("aws:ams-test-database-1", JSON.stringify({ ...tls, tlsPem: "RENEWED" }));
    assert.match((await boot()).calls, /systemctl restart mongod/);
  });

  it("is nobody at an address that no member has", async () => {
    const { root, boot } = await machine();
    hurry(root, { addresses: ["10.0.224.12"] });
    const { status, log, calls } = await boot();
    assert.equal(status, 1);
    assert.match(
      log,
      /step=member state=failed .*10\.0\.224\.11 is not the address of a member; the members' addresses are 10\.0\.224\.12/,
    );
    assert.equal(calls, "");
  });

  it("starts no database without the volume", async () => {
    const { root, boot } = await machine();
    tool(root, "mountpoint", "#!/bin/sh\nexit 1\n");
    const { status, log, calls } = await boot();
    assert.equal(status, 1);
    assert.match(log, /step=volume state=failed .*no volume is attached as \/dev\/sdf: the machine has no volumes/);
    assert.ok(!calls.includes("mongod"));
  });
});
