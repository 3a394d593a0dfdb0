import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { startGroup } from "./group.ts";
import { neighbour } from "./neighbour.ts";
import { hurry, put, tells, until } from "./rig.ts";
import { closeAll, type Node, node, secretOf, site } from "./site.ts";
import { isMember, isOpen } from "./states.ts";

const key = `ams key ${secretOf("").clusterKey}`;
const touched = (line: string) => line.includes("touched before its start");
const stateOf = ({ root }: Node, name: string) => readFileSync(`${root}/run/ams-cluster/${name}`, "utf8");

describe("the applications of a node", () => {
  afterEach(closeAll);

  it("receive no requests until they are running, each time AMS starts", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    one.fault("slow", "0.6");
    const other = neighbour(one);
    const service = one.start();
    await until("a member", isMember(one), service.log);
    const starts = () => one.events().filter((line) => line.startsWith("ams start")).length;
    const everyStartIsQuiet = () => {
      const events = one.events();
      assert.deepEqual(events.filter(touched), [], "an application was asked before it ran");
      assert.deepEqual(new Set(events.filter((line) => line.startsWith("ams key"))), new Set([key]));
      for (const [index, line] of events.entries()) {
        if (!line.startsWith("ams start")) continue;
        assert.equal(
          events
            .slice(0, index)
            .filter((each) => each.startsWith("gate"))
            .at(-1),
          "gate sealed",
        );
        const next = events.slice(index).find((each) => /^gate|^ams key/.test(each));
        assert.equal(next, key, "its application is the first to move");
      }
    };
    everyStartIsQuiet();

    // Somebody else starts it anew.
    one.agent("metrics");
    one.agent("drain");
    one.systemctl("restart");
    assert.ok(!isOpen(one));
    await until("a member again", () => starts() === 2 && isMember(one)(), service.log);
    everyStartIsQuiet();

    // It crashes, and systemd starts it anew.
    process.kill(Number(readFileSync(`${one.root}/ams.pid`, "utf8")), "SIGKILL");
    one.systemctl("start");
    await until("a member after a crash", () => starts() === 3 && isMember(one)(), service.log);
    everyStartIsQuiet();
    await other.stop();
  });

  for (const mode of ["cluster", "standalone"] as const) {
    it(`delay the gate and the launch hook until they have started, and the reason is logged: ${mode}`, async () => {
      const at = await site();
      await at.databaseUp();
      const group = startGroup("aws", at.cloud);
      group.awaits("launch");
      const one = await node(at);
      hurry(one.root, { lateSeconds: 0.2, mode });
      // Registered, and not started: its database refuses an index.
      one.fault("broken");
      const service = one.start();
      one.agent("drain");
      await tells(service, /step=ready state=waiting app=live .*HTTP 403/);
      await tells(service, /step=ready state=late seconds=\d+ reason="live: /);
      await until("its reason in the state", () => /"live": "HTTP 403/.test(stateOf(one, "applications")), service.log);
      assert.match(one.status(), /step=ready state=(late|waiting)/);
      assert.equal(stateOf(one, "gate"), "sealed");
      assert.deepEqual(group.told, []);
      one.well("broken");
      await until("a member", isMember(one), service.log);
      assert.equal(stateOf(one, "applications"), "{}");
      await until("the launch hook's answer", () => group.told.includes("complete launch CONTINUE"), service.log);
    });
  }

  it("that do not start are restarted once; if they still do not start, the group replaces the machine", async () => {
    const at = await site();
    await at.databaseUp();
    const group = startGroup("aws", at.cloud);
    const one = await node(at);
    hurry(one.root, { startSeconds: 4 });
    one.fault("broken");
    const service = one.start();
    await until("a word to the group", () => group.told.includes("health Unhealthy"), service.log);
    const events = one.events();
    assert.equal(events.filter((line) => line.startsWith("ams start")).length, 2, events.join("\n"));
    assert.match(service.log(), /step=start state=failed starts=1 reason="no response in \d+ s: live: /);
    assert.ok(!events.includes("gate open") && !events.includes("gate closed"));
  });

  it("that run with default settings are restarted before the node accepts clients", async () => {
    const at = await site();
    const one = await node(at);
    hurry(one.root, { mode: "standalone" });
    one.fault("slow", "1");
    const service = one.start();
    await until("a port", () => one.events().includes("ams start standalone"));
    // Somebody on the machine itself, whom no gate holds.
    let asked = false;
    while (!asked)
      asked = await fetch(`${one.url}/live/`).then(
        () => true,
        () => false,
      );
    await until("a member", isMember(one), service.log);
    const events = one.events().filter((line) => /^ams|^gate/.test(line));
    assert.equal(events.filter(touched).length, 1);
    assert.match(service.log(), /its settings differ from its file: clusterCommunicationKey/);
    assert.equal(events.filter((line) => line === "ams start standalone").length, 2);
    assert.equal(events.filter((line) => line.startsWith("ams key")).at(-1), key);
    assert.ok(events.indexOf("gate closed") > events.lastIndexOf("ams start standalone"));
  });

  it("answer a node whose panel keeps even itself from them", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    const file = `${one.ams}/webapps/live/WEB-INF/red5-web.properties`;
    put(file, `${readFileSync(file, "utf8")}remoteAllowedCIDR=192.0.2.1\n`);
    const service = one.start();
    await until("a member", isMember(one), service.log);
  });
});
