import assert from "node:assert/strict";
import { onEngine, quick } from "../../support/on-engine.ts";
import { succeeded } from "../../support/stack.ts";

describe("Addresses that share bandwidth on Alibaba Cloud", () => {
  const on = onEngine({ stack: "alibaba", ...quick }, async ({ stack }) => {
    stack.set("ams:edge.max", "3");
    stack.set("ams:origin.max", "2");
    succeeded(await stack.up());
  });

  it("come to a stack that runs without another balancer, group or address", async () => {
    on.stack.set("ams:alibaba.sharedBandwidthMbps", "2000");
    const { steps } = succeeded(await on.stack.up());
    const changed = steps.filter(({ op }) => op !== "create");
    assert.deepEqual([...new Set(changed.map(({ op }) => op))], ["update"]);
    const types = [...new Set(changed.map(({ type }) => type))].sort();
    assert.deepEqual(types, [
      "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
      "alicloud:ess/scalingGroup:ScalingGroup",
    ]);
  });

  it("change nothing when the stack is read and updated again", async () => {
    succeeded(await on.stack.refresh());
    assert.deepEqual(succeeded(await on.stack.up("--expect-no-changes")).steps, []);
  });

  it("are kept while the stack is protected", async () => {
    on.stack.unset("ams:alibaba.sharedBandwidthMbps");
    assert.match((await on.stack.preview()).text, /cannot be deleted\s+because it is protected/);
    on.stack.set("ams:alibaba.sharedBandwidthMbps", "2000");
    on.stack.set("ams:protect", "false");
    succeeded(await on.stack.up());
  });

  it("leave the balancers where they are when they go", async () => {
    const { steps } = succeeded(await on.stack.up());
    const gone = steps.filter(({ op }) => /delete|replace/.test(op)).map(({ type }) => type);
    assert.deepEqual(
      gone.filter((type) => !/ommonBand|eipAddress|ram\/|:Addresses$/.test(type)),
      [],
    );
    succeeded(await on.stack.refresh());
    assert.deepEqual(succeeded(await on.stack.up("--expect-no-changes")).steps, []);
  });
});
