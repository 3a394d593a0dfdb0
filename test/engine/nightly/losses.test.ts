import { clouds } from "../../support/contract.ts";
import { quick, startOnEngine } from "../../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../../support/stack.ts";
import { atEachCommit, refusesLosses } from "../durable.ts";

for (const name of clouds) {
  describe(`A protected stack on ${name}`, function () {
    this.timeout(240_000);
    let stack: StackUnderTest;
    let close: (() => void) | undefined;

    before(async () => {
      ({ stack, close } = await startOnEngine({ stack: name, ...quick }));
      succeeded(await stack.up());
    });

    after(() => close?.());

    refusesLosses(
      name,
      () => stack,
      (what) => !atEachCommit.includes(what),
    );
  });
}
