import assert from "node:assert/strict";
import type { Cloud } from "../../support/cloud/server.ts";
import { quick, startOnEngine } from "../../support/on-engine.ts";
import { type StackUnderTest, type Step, succeeded } from "../../support/stack.ts";
import { named } from "../named.ts";
import { growsByAZone } from "../zones.ts";

const operations = (steps: readonly Step[]): readonly string[] => [...new Set(steps.map(({ op }) => op))].sort();

describe("A replica set of AWS on the real engine", function () {
  this.timeout(300_000);
  let cloud: Cloud;
  let stack: StackUnderTest;
  let close: (() => void) | undefined;

  before(async () => {
    ({ cloud, stack, close } = await startOnEngine({ stack: "aws", ...quick }));
    stack.set("ams:database.kind", "replica-set");
    succeeded(await stack.up());
  });

  after(() => close?.());

  growsByAZone(() => ({ cloud, stack }));

  it("gets a larger machine one member at a time where the update names it, as the runbook has it", async () => {
    stack.set("ams:database.machine", "general-8");
    const { steps } = succeeded(await stack.up("--target", "**::ams-aws-database-2"));
    assert.deepEqual(named(steps, "update"), ["Instance ams-aws-database-2"]);
    const rest = succeeded(await stack.up()).steps;
    const machines = named(rest, "update").filter((text) => text.startsWith("Instance "));
    assert.deepEqual(machines.sort(), ["Instance ams-aws-database", "Instance ams-aws-database-3"]);
  });

  it("is made from a snapshot once the stack lets a volume go, the machine and the other members stay", async () => {
    stack.set("ams:protect", "false");
    stack.set("ams:aws.databaseSnapshots.db1", "snap-0123456789abcdef0");
    const { steps } = succeeded(await stack.up());
    const replaced = steps.filter(({ op }) => op === "create-replacement").map(({ name }) => name);
    assert.ok(replaced.includes("ams-aws-database-data"), replaced.join(" "));
    assert.ok(!replaced.includes("ams-aws-database-data-2"), replaced.join(" "));
    const machines = steps.filter(({ type, op }) => type === "aws:ec2/instance:Instance" && op !== "update");
    assert.deepEqual(machines, []);
    const snapshots = cloud
      .store("aws")
      .all()
      .filter(({ type }) => type === "aws:ebs/volume:Volume")
      .map(({ inputs }) => inputs["snapshotId"] ?? "");
    assert.deepEqual(snapshots.sort(), ["", "", "snap-0123456789abcdef0"]);
  });

  it("gives way to DocumentDB, and to none with a lone machine", async () => {
    stack.unset("ams:aws.databaseSnapshots");
    stack.set("ams:media.version", "3.1.0");
    stack.unset("ams:database");
    stack.set("ams:database.kind", "managed");
    const made = named(succeeded(await stack.up()).steps, "create");
    assert.ok(made.includes("Cluster ams-aws-database"), made.join("\n"));
    assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
    stack.set("ams:mode", "standalone");
    const alone = succeeded(await stack.up()).steps;
    assert.ok(named(alone, "delete").includes("Cluster ams-aws-database"), operations(alone).join(" "));
    const outputs = await stack.outputs();
    assert.deepEqual([outputs["edgeGroup"], outputs["databaseEndpoint"]], ["", "none"]);
  });
});
