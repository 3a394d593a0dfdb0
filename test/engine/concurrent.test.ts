import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import type { Cloud, Operation } from "../support/cloud/server.ts";
import { leftovers, removeEmptyAttributes, stateOf } from "../support/heal/operator.ts";
import { startOnEngine } from "../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

describe("An update that others come in the way of", () => {
  let cloud: Cloud;
  let stack: StackUnderTest;
  let close: (() => void) | undefined;
  let onOperation: (operation: Operation) => void | Promise<void> = () => {};

  before(async () => {
    ({ cloud, stack, close } = await startOnEngine(
      { stack: "aws" },
      { onOperation: (operation) => onOperation(operation) },
    ));
  });

  after(() => close?.());

  it("ends cleanly when interrupted: the state records the operations in progress, and no lock remains", async () => {
    const interruptedAt = 20;
    onOperation = ({ count, phase }) => {
      if (count === interruptedAt && phase === "before") stack.signal("SIGINT");
    };
    const run = await stack.up();
    onOperation = () => {};
    assert.notEqual(run.code, 0);
    assert.match(run.text, /cancel/i);
    assert.ok(cloud.standing().length >= interruptedAt && cloud.standing().length < 100);
    assert.deepEqual(leftovers(stack, cloud), []);
    assert.deepEqual(stateOf(stack).pending_operations ?? [], []);
  });

  it("rejects a second `up` with a clear message, before that `up` creates any resources", async () => {
    let refused: Promise<void> | undefined;
    const trySecond = async () => {
      const second = await stack.run(["up", "--stack", "aws", "--yes", "--skip-preview"]);
      assert.notEqual(second.code, 0);
      assert.match(second.text, /the stack is currently locked by 1 lock\(s\).*pulumi cancel/s);
      assert.doesNotMatch(second.text, /\bat \S+ \(|panic/);
      assert.doesNotMatch(second.text, / creating /);
    };
    onOperation = async () => {
      refused ??= trySecond();
      await refused.catch(() => undefined);
    };
    succeeded(await stack.up());
    onOperation = () => {};
    assert.ok(refused !== undefined, "the second one ran");
    await refused;
  });

  it("is whole after both", async () => {
    assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
    assert.deepEqual(leftovers(stack, cloud), []);
  });

  it("reads its state again when a kill has torn the attributes of a file backend, once the empty file is gone", async () => {
    const [project = ""] = readdirSync(stack.file("backend/.pulumi/stacks"));
    writeFileSync(stack.file(`backend/.pulumi/stacks/${project}/aws.json.attrs`), "");
    const torn = await stack.run(["stack", "export", "--stack", "aws"]);
    assert.match(torn.text, /failed to load checkpoint: EOF/);
    removeEmptyAttributes(stack);
    assert.ok((await stack.exported()).includes('"resources"'));
  });
});
