import assert from "node:assert/strict";
import { check } from "../../policy/index.ts";
import type { Cloud } from "../../policy/rule.ts";
import { fullStackOf } from "./broken.ts";

/** What neither stack makes of a bucket or a topic, and somebody might add. */
const added: readonly (readonly [cloud: Cloud, rule: string, type: string, good: object, bad: object])[] = [
  [
    "aws",
    "buckets-are-private",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    { rule: { objectOwnership: "BucketOwnerEnforced" } },
    { rule: { objectOwnership: "ObjectWriter" } },
  ],
  ["aws", "buckets-are-private", "aws:s3/bucketAcl:BucketAcl", { acl: "private" }, { acl: "public-read" }],
  ["alibaba", "buckets-are-private", "alicloud:oss/bucketAcl:BucketAcl", { acl: "private" }, { acl: "public-read" }],
  [
    "aws",
    "resource-policies-name-who",
    "aws:sns/topicPolicy:TopicPolicy",
    { policy: '{"Statement":{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"}}}' },
    { policy: '{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"}}}' },
  ],
];

describe("What is added to a full stack, or taken away", () => {
  for (const [cloud, rule, type, good, bad] of added) {
    it(`passes ${rule} or is found by it alone: ${type}`, async () => {
      const stack = await fullStackOf(cloud);
      const foundWith = (props: object) =>
        check([...stack, { type, name: "added", props: { bucket: "b", ...props } }]).map(
          (finding) => `${finding.rule} ${finding.name}`,
        );
      assert.deepEqual(foundWith(good), []);
      assert.deepEqual(foundWith(bad), [`${rule} added`]);
    });
  }

  it("is missed where a bucket has no policy at all", async () => {
    const stack = await fullStackOf("aws");
    const bare = stack.filter(({ type }) => type !== "aws:s3/bucketPolicy:BucketPolicy");
    assert.deepEqual(
      check(bare)
        .map(({ rule, name }) => `${rule} ${name}`)
        .sort(),
      ["buckets-take-tls-alone ams-aws-logs", "buckets-take-tls-alone ams-aws-recordings"],
    );
  });
});
