import assert from "node:assert/strict";
import type { Cloud } from "../support/cloud/server.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

/** Types of buckets and of what keeps them private. */
export const bucketTypes = { aws: /^aws:s3\/bucket/, alibaba: /^alicloud:oss\/bucket/ } as const;

type Standing = ReturnType<Cloud["standing"]>[number];

/** Whether something is, or belongs to, the bucket of the machines' agents, which goes with the stack. */
function ofAgents(standing: readonly Standing[]): (one: Standing) => boolean {
  const buckets = standing.filter(({ inputs }) => /-agent/.test(String(inputs["bucket"])));
  const names = new Set(buckets.flatMap(({ id, inputs }) => [id, String(inputs["bucket"])]));
  return ({ id, inputs }) => names.has(id) || names.has(String(inputs["bucket"]));
}

/** The recordings' buckets, with what keeps them private. */
export function recordingsOf(name: keyof typeof bucketTypes, standing: readonly Standing[]): readonly Standing[] {
  const isOfAgents = ofAgents(standing);
  const found = standing.filter((one) => bucketTypes[name].test(one.type) && !isOfAgents(one));
  assert.ok(found.length >= 3, `${found.length} things are a bucket of recordings or belong to it`);
  return found;
}

/** A bucket that stayed keeps its name, so that the stack comes back with another generation. */
export async function comesBackBesideItsBucket(stack: StackUnderTest, cloud: Cloud): Promise<void> {
  const refused = await stack.up();
  assert.notEqual(refused.code, 0);
  assert.match(refused.text, /ams-alibaba-recordings-eu-central-1-\S* already exists/);
  stack.set("ams:generation", "2");
  succeeded(await stack.up());
  const names = cloud
    .store("alicloud")
    .all()
    .filter(({ type }) => type === "alicloud:oss/bucket:Bucket")
    .map(({ inputs }) => String(inputs["bucket"]))
    .filter((bucket) => bucket.includes("-recordings"));
  assert.equal(new Set(names).size, 2, names.join(" "));
}
