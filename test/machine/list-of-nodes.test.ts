import assert from "node:assert/strict";
import { furnish, watch } from "./published.ts";
import { hurry, until } from "./rig.ts";
import { closeAll, type Node, node, type Site, site } from "./site.ts";
import { isMember, listed } from "./states.ts";

async function members(at: Site): Promise<readonly [Node, Node]> {
  await at.databaseUp();
  const both = [await node(at, "10.0.0.11"), await node(at, "10.0.0.12")] as const;
  for (const each of both) furnish(each, 1);
  const services = both.map((each) => each.start());
  await until(
    "two members",
    () => both.every((each) => isMember(each)()),
    () => services.map((each) => each.log()).join("\n"),
  );
  return both;
}

describe("the cluster's list of nodes", () => {
  afterEach(closeAll);

  it("counts a node only once if AMS lists it twice after a restart", async () => {
    const at = await site();
    const [one, two] = await members(at);
    one.fault("new-id");
    one.systemctl("restart");
    await until("a dead twin", () => listed(at).filter((ip) => ip === "10.0.0.11").length === 2);
    const points = watch(at.cloud);
    const agent = one.agent("metrics", two);
    await until("the twin's silence", () => (points.get("LiveNodes")?.value ?? 0) === 2, agent.log);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    points.clear();
    await until("figures", () => points.has("OldestHeartbeatSeconds"), agent.log);
    assert.deepEqual([points.get("LiveNodes")?.value, points.get("DeadNodes")?.value], [2, 0]);
    assert.ok((points.get("OldestHeartbeatSeconds")?.value ?? 9) < 2);
    await agent.stop();
    hurry(one.root, { forgetSeconds: 1 });
    const again = one.agent("metrics", two);
    await until("a list without the twin", () => listed(at).length === 2, again.log);
  });

  it("does not report a node with a slow clock as dead", async () => {
    const at = await site();
    const [one, two] = await members(at);
    two.fault("clock", "-700");
    const points = watch(at.cloud);
    const agent = one.agent("metrics", two);
    for (let look = 0; look < 4; look += 1) {
      points.clear();
      await until("figures", () => points.has("LiveNodes"), agent.log);
    }
    assert.deepEqual([points.get("LiveNodes")?.value, points.get("DeadNodes")?.value], [2, 0]);
    assert.ok(!/state=forgot/.test(agent.log()), agent.log());
    assert.deepEqual([...listed(at)].sort(), ["10.0.0.11", "10.0.0.12"]);
    assert.ok(isMember(two)());
  });
});
