import assert from "node:assert/strict";
import { groupsOf } from "../../model/cluster.ts";
import { check, rules } from "../../policy/index.ts";
import { waivers } from "../../policy/waivers.ts";
import { clouds, onEachCloud, type Rendered, render, stackFiles } from "../support/contract.ts";
import { breakStack, stackOf } from "./broken.ts";

/** What a stack may choose and a rule advises against. */
function advisedAgainst({ cluster, cloud }: Rendered): readonly string[] {
  const { protect, balancer, certificate, database, logs } = cluster;
  // What proxies do with a request doesn't show in resources.
  const staysClear = balancer.kind === "managed" && balancer.http !== "redirect";
  const isClear = staysClear || certificate.source === "none";
  // No sample has the authority that DocumentDB's TLS needs.
  const hasClearDatabase = cloud === "aws" && cluster.mode === "cluster" && database.kind === "managed";
  const hours = "snapshots" in database ? database.snapshots.everyHours * database.snapshots.keep : 168;
  const days = cloud === "aws" ? hours / 24 : Math.ceil(hours / 24);
  return [
    ...(days >= 7 ? [] : ["data-is-backed-up"]),
    ...(protect ? [] : ["deletion-protection"]),
    ...(logs.retentionDays >= 365 ? [] : ["logs-are-kept"]),
    ...(hasClearDatabase ? ["managed-database-speaks-tls"] : []),
    ...(isClear ? ["plain-http-only-redirects"] : []),
    ...(groupsOf(cluster).every(({ group }) => group.minInServicePercent === 100)
      ? []
      : ["replacement-keeps-capacity"]),
    ...(balancer.drainSeconds >= 300 ? [] : ["targets-drain"]),
  ];
}

describe("The rules over any configuration", () => {
  onEachCloud((one) => {
    const made = one.recording.resources.filter(({ custom }) => custom);
    const found = check(made.map(({ type, name, inputs }) => ({ type, name, props: inputs })));
    assert.deepEqual([...new Set(found.map(({ rule }) => rule))].sort(), advisedAgainst(one));
  });
});

describe("A managed database", () => {
  const tags = { Name: "d", "ams-cluster": "d" };
  const kinds = {
    enabledCloudwatchLogsExports: ["audit"],
    vpcSecurityGroupIds: [{ unknown: "x.id" }],
    backupPeriods: ["Monday"],
    enableBackupLog: 1,
    logBackupRetentionPeriod: 7,
  };
  const safe = { tags, ...kinds, encrypted: true, storageEncrypted: true, backupRetentionPeriod: 7 };
  const kept = { deletionProtection: true, dbInstanceReleaseProtection: true };
  for (const type of ["aws:docdb/cluster:Cluster", "alicloud:mongodb/instance:Instance"]) {
    const rulesOn = (props: object) =>
      check([{ type, name: "d", props: { ...safe, ...kept, ...props } }]).map(({ rule }) => rule);
    it(`passes and is found as a disk and a machine would be: ${type}`, () => {
      assert.deepEqual(rulesOn({}), []);
      assert.deepEqual(rulesOn({ encrypted: false, storageEncrypted: false }), ["encrypted-disks"]);
      assert.deepEqual(rulesOn({ backupRetentionPeriod: 1 }), ["data-is-backed-up"]);
      assert.deepEqual(rulesOn({ deletionProtection: false, dbInstanceReleaseProtection: false }), [
        "deletion-protection",
      ]);
    });
  }
});

describe("A recording", () => {
  for (const cloud of clouds) {
    it(`is read live, with values that print themselves, as it is read from a plan: ${cloud}`, async () => {
      const { recording } = await render(cloud, stackFiles[cloud]);
      const live = recording.resources.filter(({ custom }) => custom);
      const broken = live.map(({ type, name, urn, inputs }) => ({
        type,
        name,
        urn,
        props: /[/]listener:Listener$/.test(type) ? { ...inputs, sslPolicy: "old", securityPolicyId: "old" } : inputs,
      }));
      const plain = broken.map(({ type, name, props }) => ({ type, name, props: JSON.parse(JSON.stringify(props)) }));
      const found = check(broken);
      assert.equal(found.length, 3);
      const without = (list: typeof found) => list.map(({ urn: _, ...rest }) => rest);
      assert.deepEqual(without(found), without(check(plain)));
      for (const { urn } of found) assert.ok(urn.startsWith(`urn:pulumi:${cloud}::`), urn);
    });
  }
});

describe("An unknown value", () => {
  const listener = "aws:lb/listener:Listener";

  it("doesn't hide that a database's port is open to anybody", async () => {
    const found = check(
      await breakStack({
        rule: "no-open-ingress",
        cloud: "aws",
        what: "everything but the range unknown",
        at: "vpc/securityGroupIngressRule firewall-edge-database-tcp-27017-in",
        set: {
          referencedSecurityGroupId: undefined,
          cidrIpv4: "0.0.0.0/0",
          fromPort: { unknown: "x.port" },
          toPort: { unknown: "x.port" },
          ipProtocol: { unknown: "x.protocol" },
        },
      }),
    );
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ["no-open-ingress"],
    );
  });

  it("doesn't hide that a port is open which no group of the stack publishes", async () => {
    const found = check(
      await breakStack({
        rule: "no-open-ingress",
        cloud: "alibaba",
        what: "a group that isn't known",
        at: "ecs/securityGroupRule firewall-internet-edge-udp-50000-60000-in",
        set: { securityGroupId: { unknown: "x.id" }, portRange: "22/22", ipProtocol: "tcp" },
      }),
    );
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ["no-open-ingress"],
    );
  });

  it("doesn't hide two references to one subnet, nor that a list has one element", async () => {
    const things = await stackOf("aws");
    const alone = things.filter(({ type }) => type !== listener && type !== "aws:ec2/subnet:Subnet");
    const subnets = (list: readonly object[]) =>
      alone.map((thing) =>
        thing.name === "ams-aws-web" ? { ...thing, props: { ...thing.props, subnets: list } } : thing,
      );
    const one = { unknown: "urn:pulumi:aws::ams::aws:ec2/subnet:Subnet::gone.id" };
    const found = (list: readonly object[]) => check(subnets(list)).filter(({ name }) => name === "ams-aws-web");
    assert.deepEqual(
      found([one]).map(({ rule }) => rule),
      ["two-zones"],
    );
    assert.deepEqual(
      found([one, one]).map(({ rule }) => rule),
      ["two-zones"],
    );
  });
});

describe("A secret in Alibaba Cloud's KMS", () => {
  const type = "alicloud:kms/secret:Secret";
  const tags = { Name: "s", "ams-cluster": "s" };
  const rulesOn = (props: object) => check([{ type, name: "s", props: { tags, ...props } }]).map(({ rule }) => rule);

  it("passes with a week to bring it back", () => assert.deepEqual(rulesOn({ recoveryWindowInDays: 7 }), []));
  it("is found without", () => {
    assert.deepEqual(rulesOn({ recoveryWindowInDays: 1 }), ["secrets-are-recoverable"]);
    assert.deepEqual(rulesOn({ forceDeleteWithoutRecovery: true }), ["secrets-are-recoverable"]);
  });
});

describe("The tags' list of types", () => {
  for (const cloud of clouds) {
    it(`has every type of ${cloud}'s stack that takes tags`, async () => {
      const { recording } = await render(cloud, stackFiles[cloud]);
      const types = [...new Set(recording.resources.filter(({ custom }) => custom).map(({ type }) => type))];
      // An object has ten tags at most, which a cluster's own may be more than.
      const taking = types.filter((type) => recording.propertiesOf(type).has("tags") && !/bucketObject/.test(type));
      const looked = rules.find(({ id }) => id === "resources-are-tagged")?.looksAt[cloud] ?? [];
      assert.ok(taking.length > 15);
      assert.deepEqual(
        taking.filter((type) => !looked.includes(type)),
        [],
      );
      assert.deepEqual(
        looked.filter((type) => types.includes(type) && !taking.includes(type)),
        [],
      );
    });
  }
});

describe("The waivers", () => {
  it("name a check each and what it lets pass, by a scanner's id, once, with a reason", () => {
    const checks = waivers.map(({ check: id, on }) => `${id} ${on}`);
    assert.equal(new Set(checks).size, checks.length);
    for (const { check: id, reason } of waivers) {
      assert.match(id, /^CKV2?_(AWS|ALI)_\d+$/);
      assert.ok(reason.length > 30, id);
    }
  });
});
