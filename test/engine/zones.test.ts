import { onEngine, quick } from "../support/on-engine.ts";
import { succeeded } from "../support/stack.ts";
import { growsByAZone } from "./zones.ts";

describe("A replica set on alibaba", () => {
  const on = onEngine({ stack: "alibaba", ...quick }, async ({ stack }) => {
    stack.set("ams:database.kind", "replica-set");
    succeeded(await stack.up());
  });

  growsByAZone(() => on);
});
