import assert from "node:assert/strict";
import { type RecordedResource, Secret, Unknown } from "../../../recording/record.ts";
import {
  admins,
  before,
  images,
  type Rendered,
  render,
  sources,
  text,
  tls,
  type Values,
} from "../../support/alibaba.ts";

describe("On Alibaba Cloud, a group of machines", () => {
  it("is made after its secret, the database and every balancer's rule, then attached, then scaled; edges beside origins", async () => {
    const stack = await render({ ...tls, ...admins });
    const group = (role: string) => stack.one("ess/scalingGroup:ScalingGroup", `ams-test-${role}`);
    const needed = before(stack, group("origin"));
    const early = [
      "alb/listener:Listener",
      "alb/rule:Rule",
      "nlb/listener:Listener",
      "ecs/ecsDiskAttachment:EcsDiskAttachment",
      "ecs/ramRoleAttachment:RamRoleAttachment",
      "pvtz/zoneAttachment:ZoneAttachment",
      "pvtz/zoneRecord:ZoneRecord",
    ].flatMap(stack.all);
    assert.ok(early.length > 20);
    for (const { urn } of early) assert.ok(needed.has(urn), urn);
    assert.ok(needed.has(stack.one("oos/secretParameter:SecretParameter", "ams-test-secrets-media").urn));
    assert.ok(needed.has(stack.one("ram/rolePolicyAttachment:RolePolicyAttachment", "ams-test-secrets-origin").urn));
    const attachments = stack
      .all("ess/serverGroupAttachment:ServerGroupAttachment")
      .filter(({ name }) => name.startsWith("ams-test-origin-"));
    assert.deepEqual(
      attachments.map(({ name, inputs }) => [name, inputs["type"], inputs["port"]]),
      [
        ["ams-test-origin-origin", "ALB", 5080],
        ["ams-test-origin-panel", "ALB", 5080],
        ["ams-test-origin-rtmp", "NLB", 1935],
        ["ams-test-origin-srt", "NLB", 4200],
      ],
    );
    const scaling = stack.one("ess/scalingRule:ScalingRule", "ams-test-origin-cpu");
    for (const { urn, dependencies } of attachments) {
      assert.ok(dependencies.includes(group("origin").urn));
      assert.ok(scaling.dependencies.includes(urn));
      assert.ok(!group("edge").dependencies.includes(urn));
    }
    assert.ok(!group("edge").dependencies.includes(group("origin").urn));
  });

  it("follows its template by number, so that a new template changes the group and nothing else does", async () => {
    const stack = await render();
    const { inputs, ignoreChanges } = stack.one("ess/scalingGroup:ScalingGroup", "ams-test-edge");
    const version = inputs["launchTemplateVersion"];
    assert.ok(version instanceof Unknown);
    assert.deepEqual(
      version.origins.map(({ name, property }) => [name, property]),
      [["ams-test-edge", "latestVersionNumber"]],
    );
    assert.ok(!("desiredCapacity" in inputs) && ignoreChanges.includes("desiredCapacity"));
    assert.equal(inputs["multiAzPolicy"], "BALANCE");
    assert.deepEqual(sources(inputs["vswitchIds"]), ["ams-test-network-media-a", "ams-test-network-media-b"]);
    assert.deepEqual(inputs["healthCheckTypes"], ["ECS", "LOAD_BALANCER"]);
  });

  it("launches machines that have an encrypted disk, require metadata tokens, and have a public address with the configured bandwidth", async () => {
    const stack = await render(
      { origin: { machine: "gpu-8", diskGiB: 60 } },
      { images: { ...images, gpu: "m-gw8gpu00000000000001" }, publicBandwidthMbps: 30 },
    );
    const origin = stack.one("ecs/ecsLaunchTemplate:EcsLaunchTemplate", "ams-test-origin").inputs;
    const edge = stack.one("ecs/ecsLaunchTemplate:EcsLaunchTemplate", "ams-test-edge").inputs;
    assert.deepEqual([origin["instanceType"], origin["imageId"]], ["ecs.gn6i-c8g1.2xlarge", "m-gw8gpu00000000000001"]);
    assert.deepEqual([edge["instanceType"], edge["imageId"]], ["ecs.c6e.xlarge", images.media]);
    for (const template of [origin, edge]) {
      assert.deepEqual([template["httpTokens"], template["httpPutResponseHopLimit"]], ["required", 1]);
      assert.deepEqual([template["internetChargeType"], template["internetMaxBandwidthOut"]], ["PayByTraffic", 30]);
      assert.equal(Object(template["systemDisk"]).encrypted, true);
    }
    assert.equal(Object(origin["systemDisk"]).size, 60);
    assert.deepEqual(stack.outputs["imageIds"], {
      origin: "m-gw8gpu00000000000001",
      edge: images.media,
      database: "ubuntu_24_04_x64_20G_alibase_20240812.vhd",
      proxy: "",
      turn: "",
    });
  });

  it("takes the instance type that the stack names instead", async () => {
    const stack = await render({}, { instanceTypes: { origin: "ecs.g7.2xlarge" } });
    const types = stack.all("ecs/ecsLaunchTemplate:EcsLaunchTemplate").map(({ inputs }) => inputs["instanceType"]);
    assert.deepEqual(types, ["ecs.g7.2xlarge", "ecs.c6e.xlarge"]);
  });
});

describe("On Alibaba Cloud, the database's machine", () => {
  it("has a fixed private address, no public address, encrypted disks, and a DNS name with a short TTL", async () => {
    const stack = await render({ database: { diskGiB: 70 } });
    const machine = stack.one("ecs/instance:Instance", "ams-test-database").inputs;
    const disk = stack.one("ecs/ecsDisk:EcsDisk", "ams-test-database-data").inputs;
    assert.deepEqual([machine["privateIp"], machine["internetMaxBandwidthOut"]], ["10.0.224.11", 0]);
    assert.deepEqual(
      [machine["systemDiskEncrypted"], disk["encrypted"], disk["size"], disk["deleteWithInstance"]],
      [true, true, 70, false],
    );
    assert.equal(disk["zoneId"], "eu-central-1a");
    assert.equal(machine["httpTokens"], "required");
    const { rr, type, value, ttl } = stack.one("pvtz/zoneRecord:ZoneRecord", "ams-test-database-db1").inputs;
    assert.deepEqual([rr, type, value, ttl], ["db1", "A", "10.0.224.11", 60]);
    assert.equal(stack.one("pvtz/zone:Zone", "ams-test-database-zone").inputs["zoneName"], "ams-test.internal");
  });

  it("is not replaced by a new image or new user data", async () => {
    const stack = await render();
    const { ignoreChanges, deleteBeforeReplace } = stack.one("ecs/instance:Instance", "ams-test-database");
    assert.deepEqual([...ignoreChanges].sort(), ["imageId", "securityEnhancementStrategy", "userData"]);
    assert.ok(deleteBeforeReplace);
  });

  it("has Security Center's agent with the cloud's own image only, which alone holds it", async () => {
    const own = await render({}, { images: { ...images, database: "m-gw8aaaaaaaaaaaaaaaaa" } });
    const strategy = (stack: Rendered) =>
      stack.one("ecs/instance:Instance", "ams-test-database").inputs["securityEnhancementStrategy"];
    assert.deepEqual([strategy(await render()), strategy(own)], ["Active", "Deactive"]);
  });

  it("stays, like all that can't be made again, until the stack lets go of it", async () => {
    for (const protect of [true, false]) {
      const stack = await render({ protect });
      const durable = [
        ["ecs/instance:Instance", "ams-test-database", "deletionProtection"],
        ["ecs/ecsDisk:EcsDisk", "ams-test-database-data", undefined],
        ["oos/secretParameter:SecretParameter", "ams-test-secrets-media", undefined],
        ["oos/secretParameter:SecretParameter", "ams-test-secrets-database", undefined],
        ["oss/bucket:Bucket", "ams-test-agent", undefined],
        ["alb/loadBalancer:LoadBalancer", "ams-test-balancer", "deletionProtectionEnabled"],
        ["nlb/loadBalancer:LoadBalancer", "ams-test-balancer-stream", "deletionProtectionEnabled"],
      ] as const;
      for (const [type, name, input] of durable) {
        const resource = stack.one(type, name);
        assert.equal(resource.protect, protect, name);
        if (input !== undefined) assert.equal(resource.inputs[input], protect, name);
      }
      assert.equal(stack.resources.filter((resource) => resource.protect).length, protect ? durable.length : 0);
      for (const group of stack.all("ess/scalingGroup:ScalingGroup"))
        assert.equal(group.inputs["groupDeletionProtection"], protect);
    }
  });
});

describe("On Alibaba Cloud, secrets", () => {
  const statements = (policy: RecordedResource): readonly Values[] =>
    JSON.parse(text(policy, "policyDocument")).Statement;

  it("are in OOS, and a group's machines may read their own and no other", async () => {
    const stack = await render();
    for (const [group, reader] of [
      ["origin", "media"],
      ["edge", "media"],
      ["database", "database"],
    ]) {
      const parameter = stack.one("oos/secretParameter:SecretParameter", `ams-test-secrets-${reader}`).inputs;
      assert.equal(parameter["secretParameterName"], `ams-test-${reader}-1`);
      assert.ok(parameter["value"] instanceof Secret);
      assert.deepEqual(statements(stack.one("ram/policy:Policy", `ams-test-secrets-${group}`)).slice(0, 2), [
        {
          Effect: "Allow",
          Action: "oos:GetSecretParameter",
          Resource: `acs:oos:eu-central-1:*:secretparameter/ams-test-${reader}-1`,
        },
        {
          Effect: "Allow",
          Action: "kms:GetSecretValue",
          Resource: `acs:kms:eu-central-1:*:secret/oos/ams-test-${reader}-1`,
        },
      ]);
      const role = stack.one("ram/role:Role", `ams-test-secrets-${group}`).inputs;
      assert.equal(role["roleName"], `ams-test-${group}-eu-central-1`, "RAM has no regions");
      assert.deepEqual(JSON.parse(String(role["assumeRolePolicyDocument"])).Statement[0].Principal, {
        Service: ["ecs.aliyuncs.com"],
      });
    }
    const roleOf = ({ inputs, propertyDependencies }: RecordedResource) => [
      inputs["ramRoleName"],
      propertyDependencies["ramRoleName"],
    ];
    const expected = (group: string) => [
      `ams-test-${group}-eu-central-1`,
      [stack.one("ram/role:Role", `ams-test-secrets-${group}`).urn],
    ];
    assert.deepEqual(stack.all("ecs/ecsLaunchTemplate:EcsLaunchTemplate").map(roleOf), [
      expected("origin"),
      expected("edge"),
    ]);
    assert.deepEqual(stack.all("ecs/ramRoleAttachment:RamRoleAttachment").map(roleOf), [expected("database")]);
  });

  const kms = { secretStore: "kms", kms: { instanceId: "kst-fra1", keyId: "key-fra1" } };

  it("are in the purchased KMS on request, with its key", async () => {
    const stack = await render({}, kms);
    assert.deepEqual(stack.all("oos/secretParameter:SecretParameter"), []);
    const { inputs, protect } = stack.one("kms/secret:Secret", "ams-test-secrets-media");
    assert.deepEqual(
      [inputs["secretName"], inputs["dkmsInstanceId"], inputs["encryptionKeyId"]],
      ["ams-test-media-1", "kst-fra1", "key-fra1"],
    );
    assert.ok(protect && inputs["secretData"] instanceof Secret);
    assert.notEqual(typeof inputs["versionId"], "string", "it follows the text, which nobody knows yet");
    assert.deepEqual(statements(stack.one("ram/policy:Policy", "ams-test-secrets-edge")).slice(0, 2), [
      { Effect: "Allow", Action: "kms:GetSecretValue", Resource: "acs:kms:eu-central-1:*:secret/ams-test-media-1" },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: "acs:kms:eu-central-1:*:key/key-fra1" },
    ]);
  });

  it("keep a key pair's name apart for each SSH key, as the provider can't change a pair's key", async () => {
    const nameOf = async (sshPublicKey: string) => {
      const stack = await render({ access: { ...admins.access, sshPublicKey } });
      const [pair] = stack.all("ecs/ecsKeyPair:EcsKeyPair");
      const machine = stack.one("ecs/instance:Instance", "ams-test-database");
      assert.equal(machine.inputs["keyName"], pair?.inputs["keyPairName"]);
      assert.deepEqual(machine.propertyDependencies["keyName"], [pair?.urn]);
      return pair?.inputs["keyPairName"];
    };
    assert.notEqual(await nameOf("ssh-ed25519 AAAA me"), await nameOf("ssh-ed25519 BBBB me"));
    assert.deepEqual((await render()).all("ecs/ecsKeyPair:EcsKeyPair"), []);
  });
});
