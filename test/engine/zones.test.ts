import assert from "node:assert/strict";
import type { Cloud } from "../support/cloud/server.ts";
import { clouds } from "../support/contract.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { losses } from "../support/release.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

for (const name of clouds) {
  describe(`A zone more for a replica set on ${name}, as the runbook has it`, function () {
    this.timeout(400_000);
    let cloud: Cloud;
    let stack: StackUnderTest;
    let close: (() => void) | undefined;
    let stood: readonly string[] = [];

    const standing = () => cloud.standing().map(({ type, id }) => `${type} ${id}`);

    before(async () => {
      ({ cloud, stack, close } = await startOnEngine({ stack: name, ...quick }));
      stack.set("ams:database.kind", "replica-set");
      succeeded(await stack.up());
      stood = standing();
      stack.set("ams:network.zones[2]", "c");
    });

    after(() => close?.());

    it("is refused by the preview where the stack doesn't name the members' zones: a disk would be another one", async () => {
      stack.unset("ams:network.databaseZones");
      const run = await stack.preview();
      assert.notEqual(run.code, 0);
      assert.match(run.text, /database-data-3"\s+as it is currently marked for protection/);
      for (const [member, place] of [1, 2, 1].entries()) stack.set(`ams:network.databaseZones[${member}]`, `${place}`);
    });

    it("moves nothing that stands", async () => {
      const { steps } = succeeded(await stack.up());
      assert.ok(steps.some(({ op, name: made }) => op === "create" && made.endsWith("-network-media-c")));
      assert.deepEqual(losses(steps), []);
      const now = standing();
      assert.deepEqual(
        stood.filter((one) => !now.includes(one)),
        [],
      );
    });

    it("is there for good: the next update changes nothing", async () => {
      assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
    });
  });
}
