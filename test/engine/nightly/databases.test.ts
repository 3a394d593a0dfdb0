import assert from "node:assert/strict";
import { onEngine, quick } from "../../support/on-engine.ts";
import { type Step, succeeded } from "../../support/stack.ts";
import { named } from "../named.ts";
import { growsByAZone } from "../zones.ts";

const operations = (steps: readonly Step[]): readonly string[] => [...new Set(steps.map(({ op }) => op))].sort();

describe("A replica set of AWS on the real engine", () => {
  const on = onEngine({ stack: "aws", ...quick }, async ({ stack }) => {
    stack.set("ams:database.kind", "replica-set");
    succeeded(await stack.up());
  });

  growsByAZone(() => on);

  it("gets a larger machine one member at a time where the update names it, as the runbook has it", async () => {
    on.stack.set("ams:database.machine", "general-8");
    const { steps } = succeeded(await on.stack.up("--target", "**::ams-aws-database-2"));
    assert.deepEqual(named(steps, "update"), ["Instance ams-aws-database-2"]);
    const rest = succeeded(await on.stack.up()).steps;
    const machines = named(rest, "update").filter((text) => text.startsWith("Instance "));
    assert.deepEqual(machines.sort(), ["Instance ams-aws-database", "Instance ams-aws-database-3"]);
  });

  it("creates a volume from a snapshot once protection is removed, and keeps the machine and the other members", async () => {
    on.stack.set("ams:protect", "false");
    on.stack.set("ams:aws.databaseSnapshots.db1", "snap-0123456789abcdef0");
    const { steps } = succeeded(await on.stack.up());
    const replaced = steps.filter(({ op }) => op === "create-replacement").map(({ name }) => name);
    assert.ok(replaced.includes("ams-aws-database-data"), replaced.join(" "));
    assert.ok(!replaced.includes("ams-aws-database-data-2"), replaced.join(" "));
    const machines = steps.filter(({ type, op }) => type === "aws:ec2/instance:Instance" && op !== "update");
    assert.deepEqual(machines, []);
    const snapshots = on.cloud
      .store("aws")
      .all()
      .filter(({ type }) => type === "aws:ebs/volume:Volume")
      .map(({ inputs }) => inputs["snapshotId"] ?? "");
    assert.deepEqual(snapshots.sort(), ["", "", "snap-0123456789abcdef0"]);
  });

  it("gives way to DocumentDB, and to none with a lone machine", async () => {
    on.stack.unset("ams:aws.databaseSnapshots");
    on.stack.set("ams:media.version", "3.1.0");
    on.stack.unset("ams:database");
    on.stack.set("ams:database.kind", "managed");
    const made = named(succeeded(await on.stack.up()).steps, "create");
    assert.ok(made.includes("Cluster ams-aws-database"), made.join("\n"));
    assert.deepEqual(succeeded(await on.stack.up("--expect-no-changes")).steps, []);
    on.stack.set("ams:mode", "standalone");
    const alone = succeeded(await on.stack.up()).steps;
    assert.ok(named(alone, "delete").includes("Cluster ams-aws-database"), operations(alone).join(" "));
    const outputs = await on.stack.outputs();
    assert.deepEqual([outputs["edgeGroup"], outputs["databaseEndpoint"]], ["", "none"]);
  });
});
