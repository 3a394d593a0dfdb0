import assert from "node:assert/strict";
import type { Cloud } from "../support/cloud/server.ts";
import { losses } from "../support/release.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

interface ReplicaSet {
  readonly cloud: Cloud;
  readonly stack: StackUnderTest;
}

/** A zone more for a replica set that is up, as the runbook has it. */
export function growsByAZone(replicaSet: () => ReplicaSet): void {
  it("a third zone is refused by the preview where the stack doesn't name the members' zones: a disk would be another one", async () => {
    const { stack } = replicaSet();
    stack.set("ams:network.zones[2]", "c");
    stack.unset("ams:network.databaseZones");
    const run = await stack.preview();
    assert.notEqual(run.code, 0);
    assert.match(run.text, /database-data-3"\s+as it is currently marked for protection/);
    for (const [member, place] of [1, 2, 1].entries()) stack.set(`ams:network.databaseZones[${member}]`, `${place}`);
  });

  it("a third zone moves nothing that stands, and is there for good: the next update changes nothing", async () => {
    const { cloud, stack } = replicaSet();
    const standing = () => cloud.standing().map(({ type, id }) => `${type} ${id}`);
    const before = standing();
    const { steps } = succeeded(await stack.up());
    assert.ok(steps.some(({ op, name }) => op === "create" && name.endsWith("-network-media-c")));
    assert.deepEqual(losses(steps), []);
    const after = standing();
    assert.deepEqual(
      before.filter((one) => !after.includes(one)),
      [],
    );
    assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
  });
}
