import assert from "node:assert/strict";
import type { Cloud } from "../../../config/types.ts";
import { quick, startOnEngine } from "../../support/on-engine.ts";
import { losses } from "../../support/release.ts";
import { durable } from "../../support/rules.ts";
import { type Run, type StackUnderTest, type Step, succeeded } from "../../support/stack.ts";
import { leftBy, setAll } from "../lifecycle.ts";
import { changesOf } from "./all.ts";
import type { Change } from "./change.ts";

const shown = ({ op, type, name }: Step): string => `${op} ${type.split(":").pop()} ${name}`;

async function configure(stack: StackUnderTest, { rm = [], set = {}, secrets = {} }: Change): Promise<void> {
  for (const path of rm) stack.unset(path);
  await setAll(stack, set, secrets);
}

function judge({ refused, touches, has, loses }: Change, run: Run): void {
  if (refused !== undefined) {
    assert.notEqual(run.code, 0);
    assert.match(run.text, refused);
    return;
  }
  const { steps } = succeeded(run);
  const lines = steps.map(shown);
  const all = lines.join("\n");
  if (touches !== undefined)
    assert.deepEqual(
      lines.filter((line) => !touches.test(line)),
      [],
      all,
    );
  if (touches !== undefined || has !== undefined)
    assert.ok(
      lines.some((line) => (has ?? touches)?.test(line)),
      all,
    );
  const lost = losses(steps.filter(({ type, name }) => type in durable && !loses?.test(name)));
  assert.deepEqual(lost, [], all);
}

/** Does one change, and at a runbook's end looks that all is done for good. */
async function perform(stack: StackUnderTest, change: Change, next: Change | undefined): Promise<void> {
  await configure(stack, change);
  const flags = change.targets === undefined ? [] : ["--target", change.targets];
  judge(change, change.refused === undefined ? await stack.up(...flags) : await stack.preview());
  if (change.runbook === next?.runbook) return;
  assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
}

/** The runbook's end: the stack goes, and comes back while the cloud keeps the old secrets' names. */
async function destroyAndReturn(stack: StackUnderTest): Promise<void> {
  succeeded(await stack.destroy());
  if (stack.stack === "aws") assert.match((await stack.up()).text, /scheduled for deletion/);
  stack.set("ams:generation", "3");
  succeeded(await stack.up());
  assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
  succeeded(await stack.destroy());
}

type Succeeds = (what: string, act: () => Promise<void>) => Promise<boolean>;

/** Each change that a runbook names, in a row on one stack. */
export async function runChanges(cloud: Cloud, succeeds: Succeeds): Promise<boolean> {
  const { cloud: standIn, stack, close } = await startOnEngine({ stack: cloud, ...quick });
  const results: boolean[] = [];
  try {
    succeeded(await stack.up());
    const changes = changesOf(cloud);
    for (const [index, change] of changes.entries())
      results.push(
        await succeeds(`${cloud}, ${change.runbook}: ${change.does}`, () => perform(stack, change, changes[index + 1])),
      );
    results.push(await succeeds(`${cloud}, runbooks.md#destroy`, () => destroyAndReturn(stack)));
    assert.deepEqual(leftBy(standIn), []);
  } finally {
    close();
  }
  return !results.includes(false);
}
