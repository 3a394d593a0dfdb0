import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { render as renderAlibaba } from "../support/alibaba.ts";
import { isAllowed, type Request, type Statement } from "../support/allowed.ts";
import { issued, render as renderAws } from "../support/aws.ts";
import { awsRights, type Right } from "./rights.ts";
import { alibabaRights } from "./rights-alibaba.ts";

/** Rights that a resource needs for what it names (an image, a key, a role), asked of the documents with their conditions. */

const folder = fileURLToPath(new URL("../../docs/ci", import.meta.url));
const account = { aws: "123456789012", alibaba: "1234567890123456" } as const;
const region = { aws: "ap-south-1", alibaba: "eu-central-1" } as const;
const ownKey = {
  aws: `arn:aws:kms:${region.aws}:${account.aws}:key/01234567-89ab-cdef-0123-456789abcdef`,
  alibaba: "key-gww8123456789abcdefgh",
} as const;
type Cloud = keyof typeof account;

/** The documents that begin with `deploy`, filled in as the guide says. */
function deploying(
  cloud: Cloud,
  isWanted: (file: string) => boolean = (file) => file !== "boundary.json",
): readonly Statement[] {
  const files = readdirSync(join(folder, cloud)).filter(
    (file) => /^(boundary|deploy|drift)/.test(file) && isWanted(file),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, cloud, file), "utf8")
      .replaceAll("ACCOUNT_ID", account[cloud])
      .replaceAll("REGION", region[cloud])
      .replaceAll("CLUSTER", "ams-test")
      .replaceAll("BOUNDARY", `arn:aws:iam::${account.aws}:policy/boundary`)
      .replaceAll("OWN_KEY", ownKey[cloud].replace(/^.*\//, ""));
    return JSON.parse(text).Statement;
  });
}

const both = (cloud: Cloud, values: object) =>
  cloud === "aws" ? renderAws({ ...values }) : renderAlibaba({ ...values });

const variants = (cloud: Cloud): readonly object[] => [
  {
    ...issued,
    domain: { ...issued.domain, dns: "external" },
    balancer: { kind: "haproxy" },
    recordings: { store: "bucket" },
  },
  { alarms: { emails: ["ops@a.example"] }, edge: { spotPercent: 50 } },
  { alarms: { emails: ["ops@a.example"] }, recordings: { store: "bucket" }, encryption: { keyId: ownKey[cloud] } },
  ...(cloud === "aws"
    ? [
        {
          database: { kind: "managed", version: "5.0" },
          media: { version: "3.1.0" },
          encryption: { keyId: ownKey.aws },
        },
      ]
    : []),
];

const show = ({ action, resource, context }: Request): string => `${action} on ${resource} ${JSON.stringify(context)}`;

async function needed(cloud: Cloud, rights: readonly Right[]): Promise<ReadonlyMap<string, readonly Request[]>> {
  const found = new Map<string, Request[]>();
  for (const values of variants(cloud)) {
    const { resources } = await both(cloud, values);
    for (const { what, of } of rights) {
      const requests = resources.flatMap((resource) => of(resource));
      found.set(what, [...(found.get(what) ?? []), ...requests]);
    }
  }
  return found;
}

for (const [cloud, rights] of [
  ["aws", awsRights],
  ["alibaba", alibabaRights],
] as const) {
  describe(`The deploying role on ${cloud}`, () => {
    for (const right of rights)
      it(`may ${right.what}`, async () => {
        const requests = (await needed(cloud, [right])).get(right.what) ?? [];
        assert.ok(requests.length > 0, "no recording needs it");
        const missing = requests.filter((request) => !isAllowed(deploying(cloud), request));
        assert.deepEqual([...new Set(missing.map(show))], []);
      });
  });
}

describe("The deploying role", () => {
  it("reads, writes and ends no recording", () => {
    const recording = {
      aws: "arn:aws:s3:::ams-test-recordings-1a2b3c4/streams/a.mp4",
      alibaba: `acs:oss:oss-eu-central-1:${account.alibaba}:ams-test-recordings-eu-central-1/streams/a.mp4`,
    };
    for (const cloud of ["aws", "alibaba"] as const)
      for (const call of ["GetObject", "PutObject", "DeleteObject", "DeleteObjectVersion"]) {
        const action = `${cloud === "aws" ? "s3" : "oss"}:${call}`;
        assert.ok(!isAllowed(deploying(cloud), { action, resource: recording[cloud] }), action);
      }
  });
});

describe("The deploying role on AWS", () => {
  const key = (id: string) => `arn:aws:kms:${region.aws}:${account.aws}:key/${id}`;
  const may = (action: string, resource: string, context: Request["context"]) =>
    isAllowed(deploying("aws"), { action, resource, context: { "aws:RequestedRegion": region.aws, ...context } });

  it("changes and ends keys with the cluster's tag, and no others", () => {
    for (const action of [
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:UntagResource",
      "kms:UpdateKeyDescription",
    ]) {
      assert.ok(may(action, key("1"), { "aws:ResourceTag/ams-cluster": "ams-test" }), action);
      for (const tags of [{}, { "aws:ResourceTag/ams-cluster": "other" }] as const)
        assert.ok(!may(action, key("1"), tags), action);
    }
  });

  it("makes no key without the cluster's tag", () => {
    assert.ok(may("kms:CreateKey", "*", { "aws:RequestTag/ams-cluster": "ams-test" }));
    assert.ok(!may("kms:CreateKey", "*", {}));
  });

  it("reads no parameter but the public ones of the image", () => {
    const parameter = (owner: string, name: string) => `arn:aws:ssm:${region.aws}:${owner}:parameter/${name}`;
    assert.ok(!may("ssm:GetParameters", parameter(account.aws, "password"), {}));
    assert.ok(!may("ssm:GetParameters", parameter("", "aws/service/other"), {}));
  });

  it("hands roles to machines and snapshots alone, and makes the named services' roles alone", () => {
    const role = `arn:aws:iam::${account.aws}:role`;
    assert.ok(!may("iam:PassRole", `${role}/ams-test-x`, { "iam:PassedToService": "lambda.amazonaws.com" }));
    assert.ok(!may("iam:PassRole", `${role}/admin`, { "iam:PassedToService": "ec2.amazonaws.com" }));
    const slr = `${role}/aws-service-role/support.amazonaws.com/X`;
    assert.ok(!may("iam:CreateServiceLinkedRole", slr, { "iam:AWSServiceName": "support.amazonaws.com" }));
  });

  it("makes no role or user without the boundary, and takes it off none", () => {
    const boundary = `arn:aws:iam::${account.aws}:policy/boundary`;
    const own = deploying("aws", (file) => /^(deploy|boundary)/.test(file));
    const resource = (kind: string): string => `arn:aws:iam::${account.aws}:${kind}/ams-test-x`;
    for (const [kind, make, give] of [
      ["role", "iam:CreateRole", "iam:PutRolePolicy"],
      ["user", "iam:CreateUser", "iam:PutUserPolicy"],
    ] as const)
      for (const action of [make, give, `iam:Put${kind === "role" ? "Role" : "User"}PermissionsBoundary`]) {
        const within = (context: NonNullable<Request["context"]>) =>
          isAllowed(own, { action, resource: resource(kind), context });
        assert.ok(within({ "iam:PermissionsBoundary": boundary }), action);
        assert.ok(!within({ "iam:PermissionsBoundary": `${boundary}-of-others` }), action);
        assert.ok(!within({}), action);
      }
    for (const action of ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"])
      assert.ok(!isAllowed(own, { action, resource: "*", context: { "iam:PermissionsBoundary": boundary } }), action);
  });

  it("uses the owner's key by way of services alone, and not without its own document", () => {
    const via = { "kms:ViaService": `ec2.${region.aws}.amazonaws.com` };
    assert.ok(may("kms:Decrypt", ownKey.aws, via));
    assert.ok(!may("kms:Decrypt", ownKey.aws, {}));
    assert.ok(!may("kms:Decrypt", key("other"), via));
    assert.ok(!may("kms:CreateGrant", ownKey.aws, via), "a grant for a person");
    const without = deploying("aws", (file) => file !== "deploy-own-key.json");
    assert.ok(!isAllowed(without, { action: "kms:Decrypt", resource: ownKey.aws, context: via }));
  });
});
