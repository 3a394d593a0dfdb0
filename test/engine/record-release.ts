import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCloud } from "../support/cloud/server.ts";
import { clouds } from "../support/contract.ts";
import { writeRelease } from "../support/release.ts";
import { StackUnderTest, succeeded } from "../support/stack.ts";

/** `npm run record-release`, at a release: keeps the state that this program makes, for the upgrade test. */

for (const name of clouds) {
  const directory = mkdtempSync(join(tmpdir(), "ams-cloud-"));
  const cloud = await startCloud(directory);
  const stack = new StackUnderTest({ stack: name, cloud });
  try {
    await stack.init();
    succeeded(await stack.up());
    writeRelease(name, await stack.exported());
    process.stdout.write(`test/golden/state.${name}.json.gz\n`);
  } finally {
    stack.remove();
    cloud.stop();
    rmSync(directory, { recursive: true });
  }
}
