import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { startGroup } from "../machine/group.ts";
import { hurry } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";
import { debianRoot, machineRoot } from "../support/debian-root.ts";
import { ferretdb } from "../support/ferretdb.ts";
import { inOrder } from "./in-order.ts";
import { Machine } from "./machine.ts";
import { secretName, secretWith } from "./secret.ts";
import { addresses, Site } from "./site.ts";
import { countTraffic, traffic } from "./traffic.ts";

const scraped = cluster({
  monitoring: { scrapeCidrs: ["10.0.0.0/24"] },
  // Nobody listens there.
  logs: { forward: { protocol: "syslog", host: addresses.router } },
});
const password = "appPassword0123456789";

describe("a media machine's boot", function () {
  // Whole systems start; the first time, their parts are fetched and built.
  inOrder(this);
  let base = "";
  let server = "";
  let site: Site;
  let one: Machine;
  before(async () => {
    base = debianRoot(machineRoot);
    server = ferretdb();
    site = await Site.start();
    startGroup("aws", site.cloud);
    countTraffic(site);
    one = new Machine(site, base, "one", "10.0.0.11").installAms().seed(scraped, "origin");
  });
  after(async () => {
    await one.destroy();
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

  it("keeps the gate closed while the database is unavailable, and retries with increasing pauses", async () => {
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
      /step=start state=failed .*no response in \d+ s: live: HTTP 403 .*Application is getting initialized/,
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
    for (const program of ["media", "drain", "metrics", "exporter", "forward"]) {
      const find = `for each in /proc/[0-9]*; do grep -qs ams-cluster/$0.py $each/cmdline && cat $each/status $each/mounts; done`;
      const state = one.inside("mount", "sh", "-c", `${find}; true`, program);
      // linux/capability.h: CAP_SYS_ADMIN is the 22nd bit. Mode 2 of seccomp is a filter.
      const bounding = /^CapBnd:\s(\w+)$/m.exec(state)?.[1];
      assert.equal(Number.parseInt(bounding?.slice(-6) ?? "", 16) & (1 << 21), 0, `${program}: ${state}`);
      for (const line of [/^NoNewPrivs:\s1$/m, /^Seccomp:\s2$/m, /^\S+ \/ \S+ ro,/m])
        assert.match(state, line, program);
    }
  });

  it("has a forwarder that the first line starts, and that says where it does not come through", async () => {
    const told = () => site.cloud.logs.get("/ams/ams-test i-0123")?.join("\n") ?? "";
    await one.sees("its failure in the log service", () => /step=forward state=failed/.test(told()));
    assert.match(told(), /step=forward state=failed reason="ConnectionRefusedError: /);
    assert.match(told(), /step=secret state=failed/, "the others' lines are there too");
    const socket = one.inside("mount", "stat", "--format=%F %a %U", "/run/ams-cluster-forward");
    assert.equal(socket.trim(), "socket 600 root");
  });

  it("serves its figures to Prometheus, by a program that is no administrator's and sees no other state", () => {
    const read = `import urllib.request; print(urllib.request.urlopen("http://${one.address}:9464/metrics", timeout=5).read().decode())`;
    const page = one.inside("net", "python3", "-c", read);
    assert.match(
      page,
      /^ams_memory_percent\{cluster="ams-test",role="origin"\} \d+/m,
      `${page}${one.log("ams-exporter")}`,
    );
    const find =
      "for each in /proc/[0-9]*; do grep -qs ams-cluster/exporter.py $each/cmdline && cat $each/status; done; true";
    const state = one.inside("mount", "sh", "-c", find);
    assert.match(state, /^CapEff:\s0+$/m);
    assert.match(state, /^Uid:\s[1-9]\d*\s/m);
    assert.equal(one.inside("mount", "stat", "--format=%a", "/run/ams-cluster").trim(), "711");
    const others = one.inside("mount", "sh", "-c", "find /run/ams-cluster -type f -perm /o=r ! -name figures");
    assert.equal(others.trim(), "", "what everybody may read beside the figures");
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
});
