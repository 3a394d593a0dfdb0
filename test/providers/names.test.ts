import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import type { Cluster } from "../../config/types.ts";
import { adapter as alibaba } from "../../providers/alibaba/index.ts";
import { adapter as aws } from "../../providers/aws/index.ts";
import { issued } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";
import { assertOnlyFault } from "../support/faults.ts";

/** Names, tags and addresses that a cloud refuses once some of the stack stands: they have to be faults before. */

const onAws = (change: Partial<Cluster>, values: object = {}): readonly string[] =>
  aws
    .prepare({ images: { media: "ami-0123456789abcdef0" } }, { ...cluster({ ...values }), ...change })
    .faults.map(formatFault);

const onAlibaba = (change: Partial<Cluster>, block: object = {}): readonly string[] =>
  alibaba
    .prepare(
      { images: { media: "m-gw8abcdefghijklmnopq" }, ...block },
      { ...cluster({ cloud: "alibaba" }), region: "eu-central-1", ...change },
    )
    .faults.map(formatFault);

const manyTags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, "x"]));

describe("A cluster's name", () => {
  for (const name of ["sg", "sg-live", "internal", "internal-live"])
    it(`${name} is refused on AWS, which keeps the beginning to itself`, () => {
      assertOnlyFault(
        onAws({ name }),
        /^ams:name: got "[a-z-]+"; allowed: .*does not begin with (sg|internal)- on AWS/,
      );
    });

  for (const name of ["sgp-live", "internals"])
    it(`${name} is none of them`, () => assert.deepEqual(onAws({ name }), []));

  for (const name of ["alibaba-live", "alibaba", "aliyun1", "acs-a", "alicloud-b", "oos", "oosten"])
    it(`${name} is refused on Alibaba Cloud while OOS keeps the secrets, and not with KMS`, () => {
      assertOnlyFault(
        onAlibaba({ name }),
        /^ams:name: got "[a-z0-9-]+"; allowed: .* on Alibaba Cloud, because OOS rejects/,
      );
      assert.deepEqual(
        onAlibaba({ name }, { secretStore: "kms", kms: { instanceId: "kst-a1b2c3d4", keyId: "key-a1b2c3d4" } }),
        [],
      );
    });

  it("may hold such a word further on", () => assert.deepEqual(onAlibaba({ name: "ams-alibaba" }), []));
});

describe("A domain's name on AWS", () => {
  const zone = "example.com";
  const domain = (octets: number) => ({ name: `${"a".repeat(octets - zone.length - 1)}.${zone}`, zone });
  const named = (octets: number, values: object = {}) => {
    const all = { ...issued, domain: { ...domain(octets), dns: "external" }, ...values };
    return onAws({}, all);
  };

  it("is refused above the 64 octets that ACM takes", () => {
    assertOnlyFault(named(65), /^ams:domain\.name: .*at most 64 characters .*on AWS if .*this name has 65/);
    assertOnlyFault(named(75), /^ams:domain\.name: .*at most 64 characters .*on AWS if .*this name has 75/);
    assert.deepEqual(named(64), []);
  });

  it("may be longer where ACM issues nothing", () =>
    assert.deepEqual(named(75, { balancer: { kind: "haproxy" } }), []));
});

describe("Tags on AWS", () => {
  it("are at most what a resource holds beside the program's own", () => {
    assertOnlyFault(onAws({ tags: manyTags(60) }), /^ams:tags: got 60 tags; allowed: at most 47 tags on AWS/);
    assertOnlyFault(onAws({ tags: manyTags(48) }), /^ams:tags: got 48 tags/);
    assert.deepEqual(onAws({ tags: manyTags(47) }), []);
  });

  for (const [what, tags, path] of [
    ["the cluster's in another case", { "AMS-Cluster": "other" }, "AMS-Cluster"],
    ["the name's in another case", { name: "x" }, "name"],
    ["the volumes'", { "ams-cluster-data": "other" }, "ams-cluster-data"],
    ["two that differ in their case", { Team: "a", team: "b" }, "team"],
    ["AWS's own in another case", { "AWS:x": "b" }, "AWS:x"],
  ] as const)
    it(`refuse ${what}`, () => {
      assertOnlyFault(onAws({ tags }), new RegExp(`^ams:tags\\W+${path}\\W*: got .* on AWS.*config rm`, "s"));
    });
});

describe("A webhook on AWS", () => {
  const told = (webhooks: readonly string[]) => onAws({ alarms: { emails: [], webhooks } });

  for (const webhook of [
    "https://hooks.slack.com/services/T0/B0/secretpart",
    "https://HOOKS.slack.com/services/T0/B0/secretpart",
    "https://tenant.webhook.office.com/webhookb2/secretpart",
    "https://discord.com/api/webhooks/1/secretpart",
  ])
    it(`of ${new URL(webhook).hostname} is refused, as it never confirms, with what works and without its secret`, () => {
      const faults = told(["https://hooks.example.com/ams", webhook]);
      assertOnlyFault(faults, /^ams:alarms\.webhooks\[1\]: .*confirms its SNS subscription.*Amazon Q.*relay/s);
      assert.doesNotMatch(faults.join(), /secretpart/);
    });

  it("of any other host is taken", () =>
    assert.deepEqual(told(["https://hooks.example.com/slack.com", "https://notslack.com/x"]), []));
});
