import { clouds } from "../../support/contract.ts";
import { onEngine, quick } from "../../support/on-engine.ts";
import { succeeded } from "../../support/stack.ts";
import { atEachCommit, refusesLosses } from "../durable.ts";

for (const name of clouds) {
  describe(`A protected stack on ${name}`, () => {
    const on = onEngine({ stack: name, ...quick }, async ({ stack }) => {
      succeeded(await stack.up());
    });

    refusesLosses(
      name,
      () => on.stack,
      (what) => !atEachCommit.includes(what),
    );
  });
}
