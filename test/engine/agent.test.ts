import assert from "node:assert/strict";
import type { Cloud } from "../support/cloud/server.ts";
import { clouds } from "../support/contract.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

/** A release of the agent that differs from the others: the proxies' part of it holds the administrators' ranges. */
const releases = ["203.0.113.1/32", "203.0.113.2/32", "203.0.113.3/32"] as const;

for (const name of clouds) {
  describe(`The agents of ${name} on the real engine`, () => {
    let cloud: Cloud;
    let stack: StackUnderTest;
    let close: (() => void) | undefined;

    const objects = () =>
      cloud
        .standing()
        .filter(({ type }) => /bucketObject/i.test(type))
        .map(({ inputs }) => String(inputs["key"]));
    const release = async (range: string): Promise<readonly string[]> => {
      stack.set("ams:access.adminCidrs[0]", range);
      succeeded(await stack.up());
      return objects();
    };

    before(async () => {
      ({ cloud, stack, close } = await startOnEngine({ stack: name, ...quick }));
      if (name === "alibaba") stack.unset("ams:certificate.id");
      stack.set("ams:certificate.source", "issued");
      stack.set("ams:balancer.kind", "haproxy");
      stack.set("ams:balancer.srt", "false");
      stack.set("ams:protect", "false");
    });

    after(() => close?.());

    it("are each an object of its own, which stays after two later releases and a way back", async () => {
      const seen: string[] = [];
      for (const range of [...releases, releases[0]]) {
        const now = await release(range);
        assert.deepEqual(
          seen.filter((key) => !now.includes(key)),
          [],
          "an agent is gone",
        );
        seen.push(...now.filter((key) => !seen.includes(key)));
      }
      const agents = seen.filter((key) => /^agent\/[0-9a-f]{64}\.json$/.test(key));
      // Media, database, and one for each release of the proxies.
      assert.equal(agents.length, 2 + releases.length);
      const others = seen.filter((key) => !agents.includes(key));
      assert.equal(others.length, 2, "the document of applications, and its pointer");
      for (const key of others) assert.match(key, /^applications\/([0-9a-f]{64}|current)\.json$/);
    });

    it("go with the stack, bucket and all", async () => {
      succeeded(await stack.destroy());
      const left = cloud.standing().filter(({ type, inputs }) => {
        return /bucket/i.test(type) && /-agent/.test(JSON.stringify(inputs));
      });
      assert.deepEqual(left, []);
      assert.deepEqual(objects(), []);
    });
  });
}
