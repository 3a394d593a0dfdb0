import assert from "node:assert/strict";
import type { Cloud } from "../support/cloud/server.ts";
import { isKept } from "../support/kept.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";
import { named } from "./named.ts";

describe("Databases of AWS on the real engine", function () {
  this.timeout(180_000);
  let cloud: Cloud;
  let stack: StackUnderTest;
  let close: (() => void) | undefined;

  before(async () => {
    ({ cloud, stack, close } = await startOnEngine({ stack: "aws", ...quick }));
    succeeded(await stack.up());
  });

  after(() => close?.());

  it("grow from one machine to a replica set: two members more, nothing replaced or deleted", async () => {
    stack.set("ams:database.kind", "replica-set");
    const { steps } = succeeded(await stack.up());
    const members = named(steps, "create").filter((text) => /^(Instance|Volume) /.test(text));
    assert.deepEqual(
      members.sort(),
      ["Instance ams-aws-database-2", "Instance ams-aws-database-3"].concat([
        "Volume ams-aws-database-data-2",
        "Volume ams-aws-database-data-3",
      ]),
    );
    const others = named(steps, "update").filter((text) => !/^LaunchTemplate |^Group /.test(text));
    assert.deepEqual(others, []);
    // The media machines' secret has a new version; the old text is no one's state.
    const kept = steps.filter(({ op, type }) => !/^(create|update)$/.test(op) && !/:SecretVersion$/.test(type));
    assert.deepEqual(kept, []);
    assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
  });

  it("are not replaced by a snapshot while they are protected", async () => {
    stack.set("ams:aws.databaseSnapshots.db1", "snap-0123456789abcdef0");
    const run = await stack.up();
    assert.notEqual(run.code, 0);
    assert.match(
      run.text,
      /unable to replace resource .*ams-aws-database-data"\s+as it is currently marked for protection/,
    );
  });

  it("leave nothing behind", async () => {
    stack.unset("ams:aws.databaseSnapshots");
    stack.set("ams:protect", "false");
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    assert.deepEqual(
      cloud.standing().filter((one) => !isKept(one)),
      [],
    );
  });
});
