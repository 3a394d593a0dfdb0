import type { Cloud } from "../support/cloud/server.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";
import { growsByAZone } from "./zones.ts";

describe("A replica set on alibaba", function () {
  this.timeout(400_000);
  let cloud: Cloud;
  let stack: StackUnderTest;
  let close: (() => void) | undefined;

  before(async () => {
    ({ cloud, stack, close } = await startOnEngine({ stack: "alibaba", ...quick }));
    stack.set("ams:database.kind", "replica-set");
    succeeded(await stack.up());
  });

  after(() => close?.());

  growsByAZone(() => ({ cloud, stack }));
});
