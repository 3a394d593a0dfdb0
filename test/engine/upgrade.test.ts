import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { clouds } from "../support/contract.ts";
import { onEngine, quick } from "../support/on-engine.ts";
import { readPromise } from "../support/promise.ts";
import { importState, losses, readRelease } from "../support/release.ts";
import { durable } from "../support/rules.ts";
import { succeeded } from "../support/stack.ts";

/** What this release gives up of the one before, as "operation type name", each with its reason. */
const givenUp: readonly { readonly step: RegExp; readonly because: string }[] = [
  {
    step: /^(replace|create-replacement|delete-replaced) \S+\$antmedia:cluster:Agent\$\S+:(BucketObjectv2|BucketObject) \S+-agent-\w+$/,
    because: "another agent, and another document of applications, is an object of its own; the former one stays",
  },
  {
    step: /^(replace|create-replacement|delete-replaced) \S+:RandomUuid7 \S+-agent-applications$/,
    because: "another document of applications has a higher version",
  },
];

const isMeant = (step: string): boolean => givenUp.some(({ step: pattern }) => pattern.test(step));

const { release } = readPromise();

for (const name of clouds) {
  describe(`A stack of release ${release} on ${name}`, () => {
    const on = onEngine({ stack: name, ...quick }, async ({ cloud, stack }) => {
      // Keys that stack files of the release did not have.
      for (const role of ["origin", "edge"]) stack.unset(`ams:${role}.follow`);
      await importState(stack, cloud, readRelease(name));
    });

    it("is updated to this revision without replacing or deleting resources, and keeps durable and generated resources unchanged", async () => {
      const standing = () =>
        on.cloud.standing().filter(({ type }) => type in durable || type.endsWith(":RandomPassword"));
      const before = standing().map(({ type, id }) => `${type} ${id}`);
      assert.ok(before.length >= 8, `${before.length} durable things stand`);
      const { steps } = succeeded(await on.stack.up());
      assert.deepEqual(
        losses(steps).filter((step) => !isMeant(step)),
        [],
      );
      const after = standing().map(({ type, id }) => `${type} ${id}`);
      assert.deepEqual(
        before.filter((one) => !after.includes(one)),
        [],
      );
      assert.deepEqual(succeeded(await on.stack.up("--expect-no-changes")).steps, []);
    });
  });
}

describe("A part that is renamed", () => {
  const on = onEngine(
    {
      stack: "one",
      ...quick,
      source: fileURLToPath(new URL("renamed", import.meta.url)),
    },
    async ({ stack }) => {
      stack.set("renamed:release", "before");
      succeeded(await stack.up());
    },
  );

  it("loses its resources without an alias, which the upgrade's test would refuse", async () => {
    on.stack.set("renamed:release", "renamed");
    const lost = losses(succeeded(await on.stack.preview()).steps);
    assert.ok(lost.includes("delete antmedia:cluster:Network$aws:ec2/vpc:Vpc one-network"), lost.join("\n"));
  });

  it("keeps them with an alias on the part alone, whatever its kind and name", async () => {
    on.stack.set("renamed:release", "aliased");
    const before = on.cloud.standing().map(({ id }) => id);
    assert.deepEqual(losses(succeeded(await on.stack.up()).steps), []);
    assert.deepEqual(
      on.cloud.standing().map(({ id }) => id),
      before,
    );
  });
});
