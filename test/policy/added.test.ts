import assert from "node:assert/strict";
import { check } from "../../policy/index.ts";
import type { Cloud } from "../../policy/rule.ts";
import { type Fields, toPlain } from "../../recording/read/plain.ts";
import { clouds, render, stackFiles } from "../support/contract.ts";
import { certificate } from "../support/databases.ts";
import { change, fullStackOf, isAt, thingsIn } from "./broken.ts";
import { variantOf } from "./variants.ts";

const database = "urn:pulumi:aws::ams::aws:ec2/securityGroup:SecurityGroup::ams-aws-firewall-database.id";
const egress = { type: "egress", securityGroupId: { unknown: database }, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] };

/** What neither stack makes, and somebody might add: what passes, if anything does, and what is found. */
const added: readonly (readonly [cloud: Cloud, rule: string, type: string, good: object | undefined, bad: object])[] = [
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
    {
      policy:
        '{"Statement":{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Condition":{"StringEquals":{"aws:SourceAccount":""}}}}',
    },
    { policy: '{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"}}}' },
  ],
  [
    "aws",
    "network-acls-open-nothing",
    "aws:ec2/networkAclRule:NetworkAclRule",
    { ruleAction: "allow", cidrBlock: "10.0.0.0/16", fromPort: 22, toPort: 22, protocol: "tcp", ruleNumber: 1 },
    { ruleAction: "allow", cidrBlock: "0.0.0.0/0", fromPort: 22, toPort: 22, protocol: "tcp", ruleNumber: 1 },
  ],
  [
    "aws",
    "egress-is-named",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    { ...egress, fromPort: 443, toPort: 443 },
    { ...egress, fromPort: 0, toPort: 65535 },
  ],
  [
    "alibaba",
    "network-acls-open-nothing",
    "alicloud:vpc/networkAcl:NetworkAcl",
    { ingressAclEntries: [{ policy: "drop", sourceCidrIp: "0.0.0.0/0" }] },
    { ingressAclEntries: [{ policy: "accept", sourceCidrIp: "0.0.0.0/0" }] },
  ],
  [
    "alibaba",
    "no-forwarded-ports",
    "alicloud:vpc/forwardEntry:ForwardEntry",
    undefined,
    { externalPort: "27017", internalIp: "10.0.224.11", internalPort: "27017", ipProtocol: "tcp" },
  ],
  [
    "alibaba",
    "group-processes-run",
    "alicloud:ess/suspendProcess:SuspendProcess",
    { process: "AZBalance" },
    { process: "HealthCheck" },
  ],
  [
    "aws",
    "no-broad-managed-policies",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { policyArn: { unknown: "urn:pulumi:x::ams::aws:iam/policy:Policy::own.arn" } },
    { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
  [
    "aws",
    "snapshots-stay-ones-own",
    "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
    undefined,
    { accountId: "999988887777", snapshotId: "snap-1" },
  ],
  ["aws", "types-are-known", "aws:lambda/function:Function", undefined, { role: "x" }],
  ["alibaba", "types-are-known", "alicloud:fc/function:Function", undefined, {}],
];

describe("What is added to a full stack, or taken away", () => {
  for (const [cloud, rule, type, good, bad] of added) {
    it(`passes ${rule} or is found by it alone: ${type}`, async () => {
      const stack = await fullStackOf(cloud);
      const foundWith = (props: object) =>
        check([...stack, { type, name: "added", props: { bucket: "b", ...props } }]).map(
          (finding) => `${finding.rule} ${finding.name}`,
        );
      if (good !== undefined) assert.deepEqual(foundWith(good), []);
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
      ["agent", "logs", "recordings"].map((name) => `buckets-take-tls-alone ams-aws-${name}`),
    );
  });
});

/** What only some variants have. */
const managed = "a key, a network and a place for logs of the owner's, managed database";
const changed: readonly (readonly [cloud: Cloud, rule: string, at: string, set: Fields])[] = [
  ["aws", "managed-database-is-audited", "aws:docdb/cluster:Cluster", { enabledCloudwatchLogsExports: [] }],
  ["aws", "deletion-protection", "aws:docdb/cluster:Cluster", { deletionProtection: false }],
  ["aws", "deletion-protection", "aws:docdb/cluster:Cluster", { skipFinalSnapshot: true }],
  ["aws", "one-key-encrypts-all", "aws:docdb/cluster:Cluster", { kmsKeyId: null }],
  [
    "alibaba",
    "one-key-encrypts-all",
    "alicloud:oss/bucket:Bucket",
    { serverSideEncryptionRule: { sseAlgorithm: "KMS" } },
  ],
  ["alibaba", "managed-database-speaks-tls", "alicloud:mongodb/instance:Instance", { sslAction: "Close" }],
  ["alibaba", "no-other-identities", "alicloud:mongodb/instance:Instance", { roleArn: "acs:ram::199988887777:role/x" }],
  [
    "alibaba",
    "database-has-no-public-address",
    "alicloud:mongodb/instance:Instance",
    { securityIpLists: ["0.0.0.0/0"] },
  ],
];

const variant = async (cloud: Cloud, name: string) =>
  (await render(cloud, variantOf(cloud, name))).recording.resources
    .filter(({ custom }) => custom)
    .map(({ type, name: logical, urn, inputs }) => ({ type, name: logical, urn, props: toPlain(inputs) }));

describe("What is changed in a stack with a managed database and a key of the owner's", () => {
  for (const [cloud, rule, type, set] of changed) {
    it(`is found by ${rule} on ${cloud}: ${type} ${Object.keys(set).join()}`, async () => {
      const stack = await variant(cloud, managed);
      const before = check(stack).map(({ rule: id }) => id);
      const bad = stack.map((one) => (one.type === type ? { ...one, props: { ...one.props, ...set } } : one));
      const found = check(bad).map(({ rule: id }) => id);
      assert.ok(!before.includes(rule) && found.includes(rule), found.join());
    });
  }

  it("is DocumentDB's TLS, off without the authority of ams:aws.documentDbCa and on with it", async () => {
    const off = check(await variant("aws", managed)).map(({ rule }) => rule);
    const raw = variantOf("aws", managed);
    const aws = { ...Object(raw.values["aws"]), documentDbCa: certificate().pem };
    const { recording } = await render("aws", { ...raw, values: { ...raw.values, aws } });
    const on = check(
      recording.resources
        .filter(({ custom }) => custom)
        .map(({ type, name, inputs }) => ({ type, name, props: inputs })),
    );
    assert.deepEqual([off, on.map(({ rule }) => rule)], [["managed-database-speaks-tls"], []]);
  });
});

describe("Outside of the cluster's component", () => {
  const outside = "urn:pulumi:aws::ams::";
  const group = { unknown: "urn:pulumi:aws::ams::aws:ec2/securityGroup:SecurityGroup::ams-aws-firewall-database.id" };
  const own = { unknown: "urn:pulumi:aws::ams::aws:ec2/securityGroup:SecurityGroup::owners.id" };
  const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const open = { cidrIpv4: "0.0.0.0/0", fromPort: 27017, toPort: 27017, ipProtocol: "tcp", description: "x" };
  const foundOf = async (type: string, props: object) =>
    check([
      ...(await variant("aws", "as shipped")),
      { type, name: "owners", urn: `${outside}${type}::owners`, props },
    ]).map((finding) => `${finding.rule} ${finding.name}`);

  it("is judged what touches it", async () => {
    assert.deepEqual(await foundOf(rule, { ...open, securityGroupId: group }), ["no-open-ingress owners"]);
    const role = { unknown: "urn:pulumi:aws::ams::aws:iam/role:Role::ams-aws-secrets-origin.name" };
    assert.deepEqual(
      await foundOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        role,
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
      ["no-broad-managed-policies owners"],
    );
  });

  it("is nothing else judged, and no type unknown", async () => {
    assert.deepEqual(await foundOf(rule, { ...open, securityGroupId: own }), []);
    assert.deepEqual(await foundOf("aws:lambda/function:Function", {}), []);
    assert.deepEqual(await foundOf("aws:s3/bucket:Bucket", { acl: "public-read" }), []);
  });
});

const toReceiver = {
  aws: "vpc/securityGroupEgressRule firewall-database-internet-tcp-16514-out",
  alibaba: "ecs/securityGroupRule firewall-database-internet-tcp-16514-out",
} as const;
const toMailServers = { aws: { fromPort: 25, toPort: 25 }, alibaba: { portRange: "25/25" } } as const;

describe("Machines that forward their log to a name", () => {
  for (const cloud of clouds) {
    it(`may send to the port that their agent names, and to no other: ${cloud}`, async () => {
      const raw = stackFiles[cloud];
      const logs = { forward: { protocol: "syslog", host: "logs.example.com", port: 16514 } };
      const { recording } = await render(cloud, { ...raw, values: { ...raw.values, logs } });
      const stack = thingsIn(recording);
      assert.deepEqual(check(stack), []);
      const bad = stack.map((one) =>
        isAt(toReceiver[cloud], cloud, one) ? { ...one, props: change(one.props, toMailServers[cloud]) } : one,
      );
      assert.deepEqual(
        check(bad).map(({ rule }) => rule),
        ["egress-is-named"],
      );
    });
  }
});
