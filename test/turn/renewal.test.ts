import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const script = new URL("renewal-scenario.ts", import.meta.url).pathname;

describe("coturn with the certificate that the proxies get", () => {
  it("begins with none that is trusted, takes the issued one and the next, and cuts no allocation", async () => {
    // Rules of a firewall and addresses of its own need a network namespace of its own.
    const { stdout } = await promisify(execFile)("unshare", ["-n", process.execPath, "--import", "tsx", script]);
    assert.deepEqual(JSON.parse(stdout), {
      before: { trusted: "self-signed certificate", check: "fail" },
      first: { shown: true, trusted: "ok", check: "pass" },
      second: { shown: true, trusted: "ok" },
      kept: ["ok", "ok"],
      samePid: true,
    });
  }).timeout(180_000);
});
