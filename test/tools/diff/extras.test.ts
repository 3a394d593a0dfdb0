import assert from "node:assert/strict";
import { extrasOf, newFindings } from "../../../tools/diff/extras.ts";
import type { PlannedStack } from "../../../tools/diff/planned.ts";
import { planned } from "../../support/planned.ts";

describe("What other rooms say about a change", () => {
  it("is what it costs a month", async () => {
    const before = await planned("aws");
    assert.match((await extrasOf(before, before)).cost ?? "", /^\+0\.00 USD a month/);
    const more = await planned("aws", ["edge.min=4"]);
    assert.match((await extrasOf(before, more)).cost ?? "", /^\+\d+\.\d\d USD a month/);
    assert.match((await extrasOf(more, before)).cost ?? "", /^-\d+\.\d\d USD a month/);
  });

  it("is which policy findings are new, and none that was there before", async () => {
    const [good, bad] = [await planned("aws"), spoil(await planned("aws"))];
    assert.deepEqual(newFindings(bad, bad), []);
    assert.match(newFindings(good, bad).join(), /^encrypted-disks: ams-aws-database-data: encrypted is false/);
    assert.deepEqual(newFindings(bad, good), []);
  });

  it("leaves out what an exception lets pass until it ends", async () => {
    const [good, bad] = [await planned("aws"), spoil(await planned("aws"))];
    const until = (day: string) => [{ rule: "encrypted-disks", reason: "a copy is under way", until: day }];
    assert.deepEqual(newFindings(good, { ...bad, exceptions: until("2999-12-31") }), []);
    const ended = newFindings(good, { ...bad, exceptions: until("2020-01-31") });
    assert.equal(ended.length, 2);
    assert.match(ended[1] ?? "", /^exception-has-ended: encrypted-disks: .* ended on 2020-01-31/);
  });
});

const spoil = (stack: PlannedStack): PlannedStack => ({
  ...stack,
  resources: stack.resources.map((one) =>
    one.type === "aws:ebs/volume:Volume" ? { ...one, inputs: { ...one.inputs, encrypted: false } } : one,
  ),
});
