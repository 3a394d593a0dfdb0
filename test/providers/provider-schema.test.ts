import assert from "node:assert/strict";
import { attributesOf } from "../../recording/provider-schema.ts";
import { plainValue } from "../support/cloud/recorded-values.ts";
import { Judges, ofClouds } from "../support/cloud/refusals.ts";
import { unnamed } from "../support/cloud/unnamed.ts";
import { onEachCloud, type Rendered, render, stackFiles } from "../support/contract.ts";
import { custom } from "../support/rules.ts";

const bucketEncryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** What an element of a set may leave to the cloud all the same: what its Read then writes is no difference. */
const left: Readonly<Record<string, string>> = {
  // Written only for an action that forwards (resource_alicloud_alb_rule.go@81c43b6, lines 870 to 904).
  "alicloud:alb/rule:Rule ruleActions.forwardGroupConfig": "there only where an action forwards",
  // A rule without stickiness has no time (the same, lines 890 to 892).
  "alicloud:alb/rule:Rule ruleActions.forwardGroupConfig.serverGroupStickySession.timeout": "no stickiness",
  // AWS's provider matches a set's elements before it compares them (test/support/cloud/difference.ts).
  [`${bucketEncryption} rules.applyServerSideEncryptionByDefault.kmsMasterKeyId`]: "S3's own key has no id to name",
  [`${bucketEncryption} rules.blockedEncryptionTypes`]: "S3 decides",
};

/** What Read writes of an elastic address, which no internal balancer has (resource_alicloud_alb_load_balancer.go). */
const ofInternet: readonly string[] = ["zoneMappings.allocationId", "zoneMappings.eipType"];

describe("The real providers' schemas", () => {
  const judges = new Judges();
  const refusals = (one: Rendered): readonly string[] => judges.refusals(one);

  after(() => judges.close());

  const leftOut = (one: Rendered): readonly string[] => [
    ...new Set(
      ofClouds(one).flatMap(({ type, inputs }) =>
        unnamed(type, plainValue(inputs))
          .filter((path) => inputs["addressType"] !== "Intranet" || !ofInternet.includes(path))
          .map((path) => `${type} ${path}`),
      ),
    ),
  ];

  describe("are known of each type", () => {
    onEachCloud((one) =>
      assert.deepEqual(
        ofClouds(one).flatMap(({ type }) => (attributesOf(type) === undefined ? [type] : [])),
        [],
      ),
    );
  });

  describe("take every resource", () => {
    onEachCloud((one) => assert.deepEqual(refusals(one), []));

    it("take a managed database with a key of the owner's", async () => {
      const { values, ...raw } = stackFiles.alibaba;
      const more = {
        media: { licence: "marketplace", version: "3.1.0" },
        database: { kind: "managed" },
        encryption: { keyId: "key-gww8123456789abcdefgh" },
      };
      assert.deepEqual(refusals(await render("alibaba", { ...raw, values: { ...values, ...more } })), []);
    });
  });

  describe("leave no element of a set to fill in", () => {
    onEachCloud((one) =>
      assert.deepEqual(
        leftOut(one).filter((path) => !(path in left)),
        [],
      ),
    );
  });

  /** Of what a resource has one place for, so that a second one is refused, or is undone by the first one's late end. */
  const alone = [
    "alicloud:alb/loadBalancerAccessLogConfigAttachment:LoadBalancerAccessLogConfigAttachment",
    "alicloud:cms/dynamicTagGroup:DynamicTagGroup",
    "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment",
    "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
    "alicloud:ecs/eipAssociation:EipAssociation",
    "alicloud:ecs/ramRoleAttachment:RamRoleAttachment",
    "alicloud:ess/lifecycleHook:LifecycleHook",
    "alicloud:ess/serverGroupAttachment:ServerGroupAttachment",
    "alicloud:vpc/flowLog:FlowLog",
    "alicloud:vpc/routeEntry:RouteEntry",
    "alicloud:vpc/routeTableAttachment:RouteTableAttachment",
    "alicloud:vpc/snatEntry:SnatEntry",
    "aws:ec2/volumeAttachment:VolumeAttachment",
  ];

  it("know what has one place for one: its former one is deleted first", async () => {
    const stacks = [await render("aws", stackFiles.aws), await render("alibaba", stackFiles.alibaba)];
    const resources = stacks.flatMap(custom);
    assert.deepEqual(
      alone.filter((type) => !resources.some((one) => one.type === type)),
      [],
    );
    assert.deepEqual(
      resources
        .filter(({ type, deleteBeforeReplace }) => alone.includes(type) && !deleteBeforeReplace)
        .map(({ name }) => name),
      [],
    );
  });
});
