import assert from "node:assert/strict";
import type { Cloud } from "../support/cloud/server.ts";
import { isKept } from "../support/kept.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

const buckets = { aws: /^aws:s3\/bucket/, alibaba: /^alicloud:oss\/bucket/ } as const;

type Standing = ReturnType<Cloud["standing"]>[number];

/** Whether something is, or belongs to, the bucket of the machines' agents, which goes with the stack. */
function ofAgents(standing: readonly Standing[]): (one: Standing) => boolean {
  const buckets = standing.filter(({ inputs }) => /-agent/.test(String(inputs["bucket"])));
  const names = new Set(buckets.flatMap(({ id, inputs }) => [id, String(inputs["bucket"])]));
  return ({ id, inputs }) => names.has(id) || names.has(String(inputs["bucket"]));
}

for (const name of ["aws", "alibaba"] as const) {
  describe(`Recordings of ${name} on the real engine`, function () {
    this.timeout(240_000);
    let cloud: Cloud;
    let stack: StackUnderTest;
    let close: (() => void) | undefined;

    before(async () => {
      ({ cloud, stack, close } = await startOnEngine({ stack: name, ...quick }));
      await stack.set("ams:recordings.store", "bucket", "--path");
      await stack.set("ams:protect", "false");
      succeeded(await stack.up());
    });

    after(() => close?.());

    it("change nothing when the stack runs again", async () => {
      assert.deepEqual(
        succeeded(await stack.up()).steps.filter(({ op }) => op !== "same"),
        [],
      );
    });

    it("stay, with what keeps them private, when the stack goes", async () => {
      const standing = cloud.standing();
      const isOfAgents = ofAgents(standing);
      const before = standing.filter((one) => buckets[name].test(one.type) && !isOfAgents(one));
      assert.ok(before.length >= 3);
      succeeded(await stack.destroy());
      const left = cloud.standing();
      assert.deepEqual(
        before.filter(({ id }) => !left.some((one) => one.id === id)),
        [],
      );
      assert.deepEqual(
        left.filter((one) => !isKept(one) && !buckets[name].test(one.type)),
        [],
      );
    });

    if (name === "alibaba")
      it("keep their bucket's name: the stack comes back with another generation", async () => {
        const refused = await stack.up();
        assert.notEqual(refused.code, 0);
        assert.match(refused.text, /ams-alibaba-recordings-eu-central-1-\S* already exists/);
        await stack.set("ams:generation", "2");
        succeeded(await stack.up());
        const names = cloud
          .store("alicloud")
          .all()
          .filter(({ type }) => type === "alicloud:oss/bucket:Bucket")
          .map(({ inputs }) => String(inputs["bucket"]))
          .filter((bucket) => bucket.includes("-recordings"));
        assert.equal(new Set(names).size, 2, names.join(" "));
      });
  });
}
