import type { Suite } from "mocha";

/**
 * Ends a suite at its first test that fails, because each of its tests goes on from where the one before left the
 * machines. Mocha's own `bail` ends the whole run, the other files' tests with it.
 */
export function inOrder(suite: Suite): void {
  suite.beforeEach("every test before has passed", () => {
    const failed = suite.tests.find(({ state }) => state === "failed");
    if (failed !== undefined) throw new Error(`what follows needs "${failed.title}", which failed`);
  });
}
