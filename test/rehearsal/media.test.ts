import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Group, startGroup } from "../machine/group.ts";
import { hurry, put } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";
import { debianRoot, machineRoot } from "../support/debian-root.ts";
import { ferretdb } from "../support/ferretdb.ts";
import { inOrder } from "./in-order.ts";
import { Machine } from "./machine.ts";
import { secretName, secretWith } from "./secret.ts";
import { addresses, Site } from "./site.ts";
import { countTraffic, traffic } from "./traffic.ts";

const password = "appPassword0123456789";

describe("a media machine's boot", function () {
  // Whole systems start; the first time, their parts are fetched and built.
  this.timeout(600000);
  inOrder(this);
  let base = "";
  let server = "";
  let site: Site;
  let group: Group;
  let one: Machine;
  const others: Machine[] = [];
  before(async () => {
    base = debianRoot(machineRoot);
    server = ferretdb();
    site = await Site.start();
    group = startGroup("aws", site.cloud);
    countTraffic(site);
    one = new Machine(site, base, "one", "10.0.0.11").installAms().seed(cluster(), "origin");
  });
  after(async () => {
    for (const machine of [one, ...others]) await machine.destroy();
    await site.stop();
  });
  afterEach(function () {
    if (this.currentTest?.state === "failed") console.log(one.log(), one.events(), one.log("cloud-final"));
  });

  it("keeps AMS and the balancer apart while the secret store refuses, and says why", async () => {
    // The metrics agent asks too, twice.
    site.cloud.outages = 4;
    site.cloud.secrets.set(secretName, secretWith("wrong"));
    one.boot();
    // The last one of user data: the facts, which are the first, are whole then.
    await one.sees("the files", () => existsSync(`${one.root}/etc/systemd/system/ams-bootstrap.service`));
    // A first start of the real AMS takes its time, and a real outage is long.
    hurry(one.root, { joinSeconds: 8, startSeconds: 20, retrySeconds: 0.2 });
    await one.sees("two refusals", () => /step=secret state=failed attempt=2 .*HTTP 503/.test(one.log()));
    assert.ok(!one.events().some((line) => line.startsWith("ams start")), one.events().join("\n"));
    assert.equal(one.isOpen(), false);
  });

  it("stays behind the gate while the database doesn't come up, and tries again with longer pauses", async () => {
    await one.sees("three attempts", () => (one.log().match(/step=database state=failed/g) ?? []).length >= 3);
    assert.match(one.log(), /step=database state=failed .*reason="[^"]*db1\.ams-test\.internal/);
    assert.ok(!one.events().some((line) => line.startsWith("ams start")), one.events().join("\n"));
    assert.equal(one.isOpen(), false);
    const told = () => site.cloud.logs.get("/ams/ams-test i-0123")?.join("\n") ?? "";
    await one.sees("the attempts in the log service", () => /step=database state=failed/.test(told()));
  });

  it("never opens the gate with a password that the real database refuses", async () => {
    await site.databaseUp(server, password);
    // An application of AMS starts only with its settings, which are in the database; until then nobody asks it about members.
    await one.sees("a failed start", () => /step=start state=failed starts=1/.test(one.log()));
    assert.match(
      one.log(),
      /step=start state=failed .*no answer in \d+ s: live: HTTP 403 .*Application is getting initialized/,
    );
    assert.doesNotMatch(one.log(), /step=(prove|admit) state=begin/);
    assert.equal(one.isOpen(), false);
  });

  it("joins with the right one, and only then lets the balancer in", async () => {
    site.cloud.secrets.set(secretName, secretWith(password));
    await one.sees("an open gate", () => one.isOpen());
    assert.doesNotMatch(one.log(), /step=mode state=failed/);
    assert.ok(one.events().includes("change_server_mode cluster"), one.events().join("\n"));
    const nodes = one.events().filter((line) => line === "ams administrator made");
    assert.equal(nodes.length, 1);
    assert.ok(!one.events().includes("ams start standalone"), one.events().join("\n"));
  });

  it("keeps each of its programs in the sandbox", () => {
    for (const program of ["media", "drain", "metrics"]) {
      const find = `for each in /proc/[0-9]*; do grep -qs ams-cluster/$0.py $each/cmdline && cat $each/status $each/mounts; done`;
      const state = one.inside("mount", "sh", "-c", `${find}; true`, program);
      // linux/capability.h: CAP_SYS_ADMIN is the 22nd bit. Mode 2 of seccomp is a filter.
      const bounding = /^CapBnd:\s(\w+)$/m.exec(state)?.[1];
      assert.equal(Number.parseInt(bounding?.slice(-6) ?? "", 16) & (1 << 21), 0, `${program}: ${state}`);
      for (const line of [/^NoNewPrivs:\s1$/m, /^Seccomp:\s2$/m, /^\S+ \/ \S+ ro,/m])
        assert.match(state, line, program);
    }
  });

  it("has downloaded nothing for that, and asked nobody but its cloud and its database", () => {
    assert.deepEqual(traffic(site), { downloadedBytes: 0, elsewherePackets: 0 });
    // Both would be seen.
    const connect = `import socket; socket.socket().connect_ex(("${addresses.router}", 80))`;
    const send = 'import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b"ntp", ("192.0.2.1", 123))';
    for (const program of [connect, send]) one.inside("net", "python3", "-c", program);
    const { downloadedBytes, elsewherePackets } = traffic(site);
    assert.ok(downloadedBytes > 0 && elsewherePackets === 1, `${downloadedBytes} and ${elsewherePackets}`);
  });

  it("comes back by itself after a reboot, with its mode and its users as they are", async () => {
    await one.shutDown();
    const before = one.events().length;
    one.boot();
    await one.sees("an open gate again", () => one.isOpen());
    const after = one.events().slice(before);
    assert.deepEqual(
      after.filter((line) => !line.startsWith("ams key")),
      ["ams start cluster"],
      after.join("\n"),
    );
  });

  it("agrees with another on an empty database when both race and one is killed in the middle", async () => {
    await one.kill();
    await site.databaseDown();
    await site.databaseUp(server, "another0123");
    site.cloud.secrets.set(secretName, secretWith("another0123"));
    const two = new Machine(site, base, "two", "10.0.0.12").installAms().seed(cluster(), "edge");
    const three = new Machine(site, base, "three", "10.0.0.13").installAms().seed(cluster(), "origin");
    others.push(two, three);
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

  it("leaves when its group wants it back: no new client, the old ones to their end, then out of the list", async () => {
    const [two, three] = others;
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
