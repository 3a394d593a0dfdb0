import assert from "node:assert/strict";
import { seed } from "../support/seed.ts";
import { campaign } from "./campaign.ts";

const runs = 100;

describe("A campaign of hostile configurations", () => {
  it(`${runs} random and mutated ones render on both clouds and keep the contract, or are refused with complete faults (seed ${seed})`, async () => {
    const counts = await campaign({ runs, seed });
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    assert.ok(total >= runs, `${total} outcomes`);
    for (const outcome of ["rendered on both clouds", "refused on both", "stack file unreadable"])
      assert.ok((counts[outcome] ?? 0) > 0, `none was ${outcome}: ${JSON.stringify(counts)}`);
  });
});
