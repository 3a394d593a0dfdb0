import assert from "node:assert/strict";
import { type AddressInfo, createServer } from "node:net";
import { startGroup } from "./group.ts";
import { cluster, completed, leavesOn } from "./leaving/drain.ts";
import { hurry, tells, until } from "./rig.ts";
import { closeAll, node, site } from "./site.ts";
import { isMember } from "./states.ts";

describe("a machine of a warm pool", () => {
  afterEach(closeAll);

  it("is prepared outside of the cluster, and joins when the group takes it out", async () => {
    const at = await site();
    await at.databaseUp();
    const group = startGroup("aws", at.cloud);
    group.wants("Warmed:Stopped");
    group.awaits("launch");
    const one = await node(at);
    const main = one.start();
    const drain = one.agent("drain");
    await until("a completed hook", () => group.told.length > 0, drain.log);
    await tells(main, /step=settings state=ok/);
    assert.ok(!one.events().some((line) => /ams start|gate open/.test(line)), one.events().join("\n"));
    // The hook waits for it again on its way into service.
    group.awaits("launch");
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(group.told, ["complete launch CONTINUE"]);
    group.wants("InService");
    await until("a member", isMember(one), main.log);
    await until("the second hook", () => group.told.length > 1, drain.log);
    assert.deepEqual(group.told, ["complete launch CONTINUE", "complete launch CONTINUE"]);
  });
});

describe("machines that leave by one action of Alibaba's", () => {
  afterEach(closeAll);

  it("are let go by the last of them, while any serves", async () => {
    // The twin is a port of this machine, as AMS's is on a node.
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
    );
    const all = await cluster("alibaba", {}, { "i-twin": "127.0.0.1" });
    await all.drain.stop();
    hurry(all.one.root, { gate: { peers: ["10.0.0.0/19"], tcp: [port, 1935], udp: [4200] } });
    const drain = all.one.agent("drain", all.other);
    all.group.letGo();
    all.group.awaits("drain");
    await until("its own end", () => /state=over reason=idle/.test(drain.log()), drain.log);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(completed(all), []);
    await new Promise((resolve) => server.close(resolve));
    await until("a completed hook", () => completed(all).length > 0, drain.log);
  });
});

leavesOn("aws");
