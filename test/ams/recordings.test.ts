import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { put, remove } from "../machine/rig.ts";
import type { Statement } from "../support/allowed.ts";
import { issued, render } from "../support/aws.ts";
import { at } from "../support/read/recorded.ts";
import { type BucketServer, bucketServer } from "./bucket-server.ts";
import { asked } from "./classes.ts";

/** What the stack lets the sender of recordings do, for a bucket of the test. */
async function granted(): Promise<readonly Statement[]> {
  const stack = await render({ ...issued, recordings: { store: "bucket" } });
  const found = at(stack.one("aws:iam/userPolicy:UserPolicy", "ams-test-recordings"), "policy");
  const plain = JSON.parse(JSON.stringify(found));
  const { Statement: statements } = JSON.parse(typeof plain === "string" ? plain : plain.text);
  return statements.map((one: Statement) => ({
    ...one,
    Resource: String(one.Resource).endsWith("/*") ? "arn:aws:s3:::recordings/*" : "arn:aws:s3:::recordings",
  }));
}

const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();

/** The same as the policy of a bucket, which is what the gateway judges by. */
const asBucketPolicy = (statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((one) => ({ ...one, Principal: { AWS: ["sender"] } })),
  });

const without = (statements: readonly Statement[], action: string): readonly Statement[] =>
  statements
    .map((one) => ({ ...one, Action: actionsOf(one).filter((other) => other !== action) }))
    .filter(({ Action }) => Action.length > 0);

describe("A recording that Ant Media Server's own S3 client sends to an S3 API that enforces permissions", () => {
  const root = mkdtempSync(join(tmpdir(), "ams-recording-"));
  const needed = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts"];
  let server: BucketServer | undefined;
  let answers: ReadonlyMap<string, string> = new Map();

  before(async () => {
    const statements = await granted();
    put(`${root}/all`, asBucketPolicy(statements));
    for (const action of needed) put(`${root}/${action}`, asBucketPolicy(without(statements, action)));
    put(`${root}/a.mp4`, "x".repeat(11 * 2 ** 20));
    server = await bucketServer();
    const user = ["recordings", "sender", "senderSecret", "bucket-owner-full-control"];
    const policies = ["all", ...needed].map((name) => `${root}/${name}`);
    answers = asked("record", server.endpoint, server.region, ...user, `${root}/a.mp4`, ...policies);
  });
  after(async () => {
    await server?.close();
    remove(root);
  });

  it("arrives whole, in parts, under the policy that the stack renders", () => {
    assert.equal(answers.get(`${root}/all`), "sent whole");
  });

  for (const action of needed) {
    it(`does not arrive without ${action}`, () => {
      assert.match(answers.get(`${root}/${action}`) ?? "", / absent$/);
    });
  }

  it("stays where it is when somebody deletes the VoD: the sender may not", () => {
    assert.match(answers.get(`delete ${root}/all`) ?? "", /Access Denied.*Status Code: 403/);
  });
});
