import assert from "node:assert/strict";
import { clouds } from "../support/contract.ts";
import { seed } from "../support/seed.ts";
import { followAll } from "./follow.ts";
import { mistakesOn } from "./mistakes.ts";

/** A commit makes one mistake in this many, from a place that the seed gives; each night makes all (every.test.ts). */
const stride = 6;

describe("A mistake in a stack file", () => {
  for (const cloud of clouds)
    it(`of any key on ${cloud} is one fault with one command, after which the plan goes on`, async () => {
      const mistakes = mistakesOn(cloud).filter((_, index) => index % stride === seed % stride);
      assert.ok(mistakes.length > 100, `${mistakes.length} mistakes`);
      await followAll(mistakes);
    });
});
