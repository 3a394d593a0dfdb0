import { clouds } from "../support/contract.ts";
import { startOnEngine } from "../support/on-engine.ts";
import { promisedNow, writePromise } from "../support/promise.ts";
import { writeRelease } from "../support/release.ts";
import { succeeded } from "../support/stack.ts";

/** `npm run record-release`, at a release: keeps the state of this program, and its promise, for the tests of an upgrade. */

writePromise(await promisedNow());
process.stdout.write("test/golden/promise.json\n");

for (const name of clouds) {
  const { stack, close } = await startOnEngine({ stack: name });
  try {
    succeeded(await stack.up());
    writeRelease(name, await stack.exported());
    process.stdout.write(`test/golden/state.${name}.json.gz\n`);
  } finally {
    close();
  }
}
