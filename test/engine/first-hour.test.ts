import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { clouds } from "../support/contract.ts";
import { rows } from "../support/first-hour/page.ts";
import { failuresOn, Rehearsal, rowOf } from "../support/first-hour/rehearsal.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

const comments = (stack: StackUnderTest, name: string): readonly string[] =>
  readFileSync(stack.file(`Pulumi.${name}.yaml`), "utf8").match(/#.*$/gm) ?? assert.fail("no comments");

/** The quota of vCPUs, as each cloud calls it. */
const quotas = {
  aws: "Running On-Demand Standard instances (vCPUs)",
  alibaba: "Pay-as-you-go vCPUs per instance family and region",
} as const;

describe("The first hour on a fresh account, as docs/troubleshooting.md has it", () => {
  it("has a row for each failure, and no row that none of them shows", () => {
    const found = new Set(clouds.flatMap((cloud) => failuresOn[cloud].map(rowOf)));
    const others = rows.filter((row) => !found.has(row)).map(({ pattern }) => pattern.source);
    assert.deepEqual(others, []);
  });

  it("tells in each row to run `up` again", () => {
    for (const { pattern, commands } of rows) assert.equal(commands.at(-1), "pulumi up", pattern.source);
  });

  // `npm run first-hour` meets each failure alone, on a stack of its own.
  for (const name of clouds)
    describe(`on ${name}`, () => {
      const quota = `ams:${name}.quotas.vcpus`;
      let rehearsal: Rehearsal;

      before(async () => {
        rehearsal = await Rehearsal.start(name, failuresOn[name]);
      });

      after(() => rehearsal?.close());

      it("keeps the stack file's comments where the command line sets a key", async () => {
        const { stack } = rehearsal;
        const before = comments(stack, name);
        succeeded(await stack.run(["config", "set", "--stack", name, "--path", quota, "16"]));
        assert.deepEqual(comments(stack, name), before);
      });

      it("is refused before the first resource where the stack's own settings are wrong", async () => {
        await rehearsal.meetSettings();
        assert.equal(rehearsal.standing, 0);
      });

      it("prints the documented message for each failure, and continues after the documented action", async () => {
        const most = rehearsal.waiting.length;
        for (let runs = 0; rehearsal.waiting.length > 0; runs += 1) {
          assert.ok(runs < most, `after ${runs} runs: ${rehearsal.waiting.map((one) => one.name).join(", ")}`);
          // What doesn't hang on a failure goes on, which saves runs.
          const { text } = await rehearsal.meetSome("--continue-on-error");
          const warning = `warning: ${quota} ("${quotas[name]}") is 16, but the stack needs up to 124`;
          assert.ok(text.includes(warning), text);
        }
      });

      it("ends with a whole stack", () => rehearsal.isWhole());
    });
});
