import { onEngine, quick } from "../support/on-engine.ts";
import { succeeded } from "../support/stack.ts";
import { growsByAZone } from "./zones.ts";

describe("A replica set on alibaba", function () {
  this.timeout(400_000);
  const on = onEngine({ stack: "alibaba", ...quick }, async ({ stack }) => {
    stack.set("ams:database.kind", "replica-set");
    succeeded(await stack.up());
  });

  growsByAZone(() => on);
});
