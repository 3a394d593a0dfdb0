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
    const stack = (...names: readonly string[]): PlannedStack => ({
      stack: "s",
      cloud: "aws",
      resources: names.map((name) => ({
        urn: name,
        type: "t",
        name,
        inputs: {},
        options: { protect: false, retainOnDelete: false, ignoreChanges: [], replaceOnChanges: [], aliases: [] },
        secrets: {},
      })),
    });
    const check = async (resources: readonly object[]) =>
      resources.map((resource) => ({ rule: "open", name: Reflect.get(resource, "name"), message: "to all" }));
    assert.deepEqual(await newFindings(check, stack("a"), stack("a", "b")), ["open: b: to all"]);
    assert.deepEqual(await newFindings(() => "no list", stack("a"), stack("b")), []);
  });
});
