import assert from "node:assert/strict";
import { clouds } from "../support/contract.ts";
import { followAll } from "./follow.ts";
import { mistakesOn } from "./mistakes.ts";

describe("Every mistake in a stack file", () => {
  for (const cloud of clouds)
    it(`on ${cloud} is one fault with one command, after which the plan goes on`, async () => {
      const mistakes = mistakesOn(cloud);
      assert.ok(mistakes.length > 500, `${mistakes.length} mistakes`);
      await followAll(mistakes);
    });
});
