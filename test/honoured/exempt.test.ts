import assert from "node:assert/strict";
import { clouds } from "../support/contract.ts";
import { exempt } from "./exempt.ts";
import { nameOf } from "./honour.ts";
import { leaves } from "./leaves.ts";

describe("The keys that need not be honoured", () => {
  const all = leaves();

  it("are some of many", () => {
    assert.ok(all.length > 150, `${all.length}`);
    for (const { path } of exempt)
      assert.ok(
        all.some((leaf) => clouds.some((cloud) => path.test(nameOf(leaf)) || path.test(`${nameOf(leaf)} ${cloud}`))),
        `${path} exempts nothing`,
      );
  });
});
