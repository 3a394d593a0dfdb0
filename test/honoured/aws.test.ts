import assert from "node:assert/strict";
import { notHonoured } from "./honour.ts";

describe("Every key of the configuration, on AWS", () => {
  it("changes the plan, or is refused", async () => {
    assert.deepEqual(await notHonoured("aws"), []);
  });
});
