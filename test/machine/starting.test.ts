import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { startGroup } from "./group.ts";
import { hurriedDrain } from "./pauses.ts";
import { hurry, until } from "./rig.ts";
import { closeAll, type Node, node, site } from "./site.ts";
import { isMember } from "./states.ts";

const starts = (of: Node): number => of.events().filter((line) => line.startsWith("ams start")).length;

describe("an AMS that starts", () => {
  afterEach(closeAll);

  it("is not restarted while it is starting, even if its port opens late", async () => {
    const at = await site();
    await at.databaseUp();
    const group = startGroup("aws", at.cloud);
    const one = await node(at);
    hurry(one.root, { drain: { ...hurriedDrain, maxSeconds: 60, sickSeconds: 0.5 } });
    const service = one.start();
    await until("a member", isMember(one), service.log);
    const drain = one.agent("drain");
    const served = () => existsSync(`${one.root}/var/lib/ams-cluster/served`);
    await until("an agent that has seen it serve", served, drain.log);
    one.fault("boot", "600");
    one.systemctl("restart");
    await until("a wait for it", () => /watch.*step=ready state=waiting/s.test(service.log()), service.log);
    // Longer than all checks of the watch together.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    one.well("boot");
    await until("a member again", () => starts(one) >= 2 && isMember(one)(), service.log);
    assert.equal(starts(one), 2, one.events().join("\n"));
    assert.deepEqual(group.told, [], "a start is no illness");
  });

  it("is one that failed when no answer comes in its time: once more, then the group replaces the machine", async () => {
    const at = await site();
    await at.databaseUp();
    const group = startGroup("aws", at.cloud);
    const one = await node(at);
    hurry(one.root, { startSeconds: 4 });
    one.fault("boot", "600");
    const service = one.start();
    await until("a word to the group", () => group.told.includes("health Unhealthy"), service.log);
    assert.equal(starts(one), 2, one.events().join("\n"));
    assert.match(service.log(), /step=start state=failed starts=2 reason="no response in \d+ s: live: .*refused/);
  });

  it("keeps its time when our program ends in the middle", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    hurry(one.root, { startSeconds: 600 });
    one.fault("boot", "600");
    const first = one.start();
    await until("a start", () => starts(one) === 1, first.log);
    const since = readFileSync(`${one.root}/run/ams-cluster/starting`, "utf8");
    await first.stop();
    const second = one.start();
    await until("a step", () => /step=ready state=waiting/.test(second.log()), second.log);
    assert.equal(readFileSync(`${one.root}/run/ams-cluster/starting`, "utf8"), since);
    one.well("boot");
    await until("a member", isMember(one), second.log);
    assert.equal(starts(one), 1);
  });
});
