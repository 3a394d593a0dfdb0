import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StandInProvider } from "../support/cloud/provider.ts";
import { type Package, Sdk } from "../support/cloud/sdk.ts";
import { type Standing, Store } from "../support/cloud/store.ts";
import type { Values } from "../support/cloud/wire.ts";

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
const targetGroup = "aws:lb/targetGroup:TargetGroup";
const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
const secret = "aws:secretsmanager/secret:Secret";
const template = "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate";
const scalingGroup = "alicloud:ess/scalingGroup:ScalingGroup";
const refresh = "alicloud:ess/instanceRefresh:InstanceRefresh";
const rule = "alicloud:ecs/securityGroupRule:SecurityGroupRule";

const ruleInputs = { ipProtocol: "tcp", portRange: "5080/5080", securityGroupId: "sg-1", type: "ingress" };

/** Inputs that pass the compiler or reach the provider past it, and that the cloud refuses. */
const wrong: readonly {
  readonly title: string;
  readonly type: string;
  readonly inputs: Values;
  readonly at: string;
}[] = [
  { title: "an unknown property", type: "aws:ec2/vpc:Vpc", inputs: { cidrBlok: "10.0.0.0/16" }, at: "cidrBlok" },
  {
    title: "an unknown nested property",
    type: launchTemplate,
    inputs: { metadataOptions: { httpToken: "required" } },
    at: "metadataOptions.httpToken",
  },
  { title: "a missing required property", type: "aws:ec2/subnet:Subnet", inputs: {}, at: "vpcId" },
  {
    title: "a wrong primitive type",
    type: "aws:ec2/subnet:Subnet",
    inputs: { vpcId: "vpc-1", mapPublicIpOnLaunch: "yes" },
    at: "mapPublicIpOnLaunch",
  },
  {
    title: "a value outside the SDK's enumeration",
    type: "aws:ec2/instance:Instance",
    inputs: { tenancy: "shared" },
    at: "tenancy",
  },
  {
    title: "a value outside the documentation's list",
    type: "aws:lb/listener:Listener",
    inputs: { loadBalancerArn: "arn:x", protocol: "FTP", defaultActions: [{ type: "forward" }] },
    at: "protocol",
  },
  {
    title: "user data above 16 KiB",
    type: launchTemplate,
    inputs: { userData: Buffer.alloc(16_385).toString("base64") },
    at: "userData",
  },
  {
    title: "user data that is not base64",
    type: launchTemplate,
    inputs: { userData: "#cloud-config" },
    at: "userData",
  },
  { title: "a name above 32 characters", type: targetGroup, inputs: { name: "a".repeat(33) }, at: "name" },
  {
    title: "slow start with least outstanding requests",
    type: targetGroup,
    inputs: { slowStart: 60, loadBalancingAlgorithmType: "least_outstanding_requests" },
    at: "",
  },
  { title: "a rule without a source", type: rule, inputs: ruleInputs, at: "" },
  {
    title: "two sources",
    type: rule,
    inputs: { ...ruleInputs, cidrIp: "0.0.0.0/0", sourceSecurityGroupId: "sg-2" },
    at: "sourceSecurityGroupId",
  },
  {
    title: "a number out of range",
    type: rule,
    inputs: { ...ruleInputs, cidrIp: "0.0.0.0/0", priority: 101 },
    at: "priority",
  },
  {
    title: "a smallest size above the largest",
    type: "alicloud:ess/scalingGroup:ScalingGroup",
    inputs: { minSize: 3, maxSize: 2 },
    at: "",
  },
  {
    title: "a refresh with fewer machines than there shall be at most",
    type: refresh,
    inputs: { scalingGroupId: "asg-1", maxHealthyPercentage: 90 },
    at: "maxHealthyPercentage",
  },
  {
    title: "a refresh with a negative share",
    type: refresh,
    inputs: { scalingGroupId: "asg-1", minHealthyPercentage: -1 },
    at: "minHealthyPercentage",
  },
  {
    title: "a refresh whose last checkpoint is not the end",
    type: refresh,
    inputs: { scalingGroupId: "asg-1", checkpoints: [{ percentage: 1 }, { percentage: 50 }] },
    at: "",
  },
  {
    title: "a refresh that pauses for more than two days",
    type: refresh,
    inputs: { scalingGroupId: "asg-1", checkpointPauseTime: 2881 },
    at: "",
  },
];

describe("The stand-in cloud", () => {
  const directory = mkdtempSync(join(tmpdir(), "ams-cloud-"));
  const provider = (name: Package): StandInProvider => new StandInProvider(new Sdk(name), new Store(directory, name));
  const providers = { aws: provider("aws"), alicloud: provider("alicloud") };
  const of = (type: string): StandInProvider => (type.startsWith("aws:") ? providers.aws : providers.alicloud);
  const urn = (type: string, name = "it"): string => `urn:pulumi:s::p::${type}::${name}`;
  const seed = new Uint8Array([1]);
  const make = (type: string, values: Values, name = "it") =>
    of(type).create(urn(type, name), { values, secrets: [] }, false);

  after(() => rmSync(directory, { recursive: true }));

  for (const { title, type, inputs, at } of wrong) {
    it(`refuses ${title}`, () => {
      const { failures } = of(type).check(urn(type), {}, inputs, seed);
      assert.ok(
        failures.some((failure) => failure.path === at),
        `${at || "the resource"} among ${JSON.stringify(failures)}`,
      );
    });
  }

  it("accepts the same rule when it is right, so that the refusals above are not blind", () => {
    assert.deepEqual(of(rule).check(urn(rule), {}, { ...ruleInputs, cidrIp: "0.0.0.0/0" }, seed).failures, []);
  });

  it("names what is left unnamed, and keeps that name", () => {
    const first = of(targetGroup).check(urn(targetGroup), {}, {}, seed).inputs;
    assert.match(String(first["name"]), /^it-[0-9a-f]{7}$/);
    const again = of(targetGroup).check(urn(targetGroup), first, {}, new Uint8Array([2])).inputs;
    assert.equal(again["name"], first["name"]);
  });

  it("replaces for a property that can't change in place, and only for such", () => {
    const diff = providers.aws.diff(
      urn(targetGroup),
      { port: 80, slowStart: 30 },
      { port: 81, slowStart: 60 },
      { port: 80, slowStart: 30 },
    );
    assert.deepEqual([diff.changed, diff.replacing], [["port", "slowStart"], ["port"]]);
  });

  it("counts a launch template's versions up when its content changes", () => {
    const made = make(launchTemplate, { imageId: "ami-1", tags: { a: "1" } });
    const update = (values: Values) => providers.aws.update(made.urn, made.id, { values, secrets: [] }, false);
    assert.equal(made.outputs["latestVersion"], 1);
    assert.equal(update({ imageId: "ami-1", tags: { a: "2" } }).outputs["latestVersion"], 1);
    assert.equal(update({ imageId: "ami-2", tags: { a: "2" } }).outputs["latestVersion"], 2);
  });

  it("refreshes a group of the priority policy once, to a version that there is and that its machines lack", () => {
    const made = make(template, { imageId: "m-1" });
    const groupOf = (multiAzPolicy: string) => {
      const inputs = { minSize: 1, maxSize: 2, multiAzPolicy, launchTemplateId: made.id, launchTemplateVersion: "1" };
      return make(scalingGroup, inputs, multiAzPolicy);
    };
    const start = (group: Standing, version: string) => {
      const desired = {
        desiredConfigurationLaunchTemplateId: made.id,
        desiredConfigurationLaunchTemplateVersion: version,
      };
      return make(refresh, { scalingGroupId: group.id, skipMatching: true, ...desired }, `to-${version}`);
    };
    const [balanced, ordered] = [groupOf("BALANCE"), groupOf("PRIORITY")];
    assert.throws(() => start(balanced, "1"), /priority policy/);
    assert.throws(() => start(ordered, "2"), /has no version 2/);
    assert.throws(() => start(ordered, "Latest"), /has no version Latest/);
    assert.throws(() => start(ordered, "1"), /NoInstanceNeedBeRefreshed/);
    providers.alicloud.update(made.urn, made.id, { values: { imageId: "m-2" }, secrets: [] }, false);
    start(ordered, "2");
    assert.equal(providers.alicloud.read(ordered.urn, ordered.id)?.inputs["launchTemplateVersion"], "2");
    assert.throws(() => start(ordered, "2"), /NoInstanceNeedBeRefreshed/);
  });

  it("deletes nothing whose deletion protection is on", () => {
    const made = make(loadBalancer, { name: "guarded", enableDeletionProtection: true });
    assert.throws(() => providers.aws.delete(made.urn, made.id), /enableDeletionProtection is on/);
    providers.aws.update(
      made.urn,
      made.id,
      { values: { name: "guarded", enableDeletionProtection: false }, secrets: [] },
      false,
    );
    providers.aws.delete(made.urn, made.id);
    assert.equal(providers.aws.read(made.urn, made.id), undefined);
  });

  it("deletes nothing that something else still uses, and refers to nothing that is gone", () => {
    const vpc = make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = make("aws:ec2/subnet:Subnet", { vpcId: vpc.id });
    assert.throws(() => providers.aws.delete(vpc.urn, vpc.id), /uses it/);
    providers.aws.delete(subnet.urn, subnet.id);
    providers.aws.delete(vpc.urn, vpc.id);
    assert.throws(() => make("aws:ec2/subnet:Subnet", { vpcId: vpc.id }), /does not exist/);
  });

  it("keeps the name of a deleted secret taken while its recovery window runs", () => {
    const made = make(secret, { name: "ams-media", recoveryWindowInDays: 7 });
    assert.throws(() => make(secret, { name: "ams-media" }, "other"), /already exists/);
    providers.aws.delete(made.urn, made.id);
    assert.throws(() => make(secret, { name: "ams-media" }, "other"), /scheduled for deletion/);
  });

  it("makes no action that runs once in the past", () => {
    const action = { autoscalingGroupName: "g", scheduledActionName: "show", minSize: 4 };
    const type = "aws:autoscaling/schedule:Schedule";
    assert.throws(() => make(type, { ...action, startTime: "2026-01-01T00:00:00Z" }), /is in the past/);
    const made = make(type, { ...action, startTime: "2099-01-01T00:00:00Z" });
    const late = { values: { ...action, startTime: "2026-01-01T00:00:00Z" }, secrets: [] };
    assert.throws(() => providers.aws.update(made.urn, made.id, late, false), /is in the past/);
    make(
      type,
      { ...action, scheduledActionName: "weekly", recurrence: "0 18 * * *", startTime: "2026-01-01T00:00:00Z" },
      "weekly",
    );
  });

  it("finds its state again in a new process", () => {
    const made = make("aws:ec2/vpc:Vpc", { cidrBlock: "10.1.0.0/16" });
    assert.deepEqual(provider("aws").read(made.urn, made.id), made);
  });
});
