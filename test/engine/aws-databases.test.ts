import assert from "node:assert/strict";
import { isKept } from "../support/kept.ts";
import { onEngine, quick } from "../support/on-engine.ts";
import { succeeded } from "../support/stack.ts";
import { named } from "./named.ts";

describe("Databases of AWS on the real engine", () => {
  const on = onEngine({ stack: "aws", ...quick }, async ({ stack }) => {
    succeeded(await stack.up());
  });

  it("grow from one machine to a replica set: two members more, nothing replaced or deleted", async () => {
    on.stack.set("ams:database.kind", "replica-set");
    const { steps } = succeeded(await on.stack.up());
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
    assert.deepEqual(succeeded(await on.stack.up("--expect-no-changes")).steps, []);
  });

  it("are not replaced with a volume from a snapshot while they are protected", async () => {
    on.stack.set("ams:aws.databaseSnapshots.db1", "snap-0123456789abcdef0");
    const run = await on.stack.up();
    assert.notEqual(run.code, 0);
    assert.match(
      run.text,
      /unable to replace resource .*ams-aws-database-data"\s+as it is currently marked for protection/,
    );
  });

  it("leave nothing behind", async () => {
    on.stack.unset("ams:aws.databaseSnapshots");
    on.stack.set("ams:protect", "false");
    succeeded(await on.stack.up());
    succeeded(await on.stack.destroy());
    assert.deepEqual(
      on.cloud.standing().filter((one) => !isKept(one)),
      [],
    );
  });
});
