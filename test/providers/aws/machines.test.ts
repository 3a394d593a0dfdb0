import assert from "node:assert/strict";
import { databaseAddress, subnetsOf } from "../../../model/network/network.ts";
import { contains, toRange } from "../../../model/network/ranges.ts";
import { admins, block, render, renderCluster, types, type Values } from "../../support/aws.ts";
import { cluster } from "../../support/cluster.ts";
import { at, has, listAt, Recorded, referenceTo, textAt, textsAt } from "../../support/read/recorded.ts";

const { group, instance, listener, record, template } = types;

describe("AWS machines", () => {
  it("require a token for metadata requests, which only the machine itself can obtain", async () => {
    const recorded = await render();
    const machines = [...recorded.ofType(template), recorded.one(instance)];
    assert.equal(machines.length, 4);
    for (const machine of machines) {
      const expected = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
      assert.deepEqual(at(machine, "metadataOptions"), expected, machine.name);
    }
  });

  it("have no disk that is not encrypted", async () => {
    const recorded = await render();
    for (const one of recorded.ofType(template)) {
      assert.equal(listAt(one, "blockDeviceMappings").length, 1);
      assert.equal(textAt(one, "blockDeviceMappings[0].ebs.encrypted"), "true");
    }
    assert.equal(at(recorded.one("aws:ebs/volume:Volume"), "encrypted"), true);
  });

  it("have a public address if media passes them, and else none", async () => {
    const recorded = await render();
    for (const subnet of recorded.ofType("aws:ec2/subnet:Subnet"))
      assert.equal(at(subnet, "mapPublicIpOnLaunch"), false);
    for (const role of ["origin", "edge"]) {
      const path = "networkInterfaces[0].associatePublicIpAddress";
      assert.equal(textAt(recorded.one(template, `ams-test-${role}`), path), "true");
    }
    assert.equal(at(recorded.one(instance), "associatePublicIpAddress"), false);
    assert.equal(has(recorded.one(template, "ams-test-database"), "networkInterfaces"), false);
  });

  it("may each read their own secret and no other, fetch the agent, and write the cluster's log", async () => {
    const recorded = await render();
    for (const [role, reader] of [
      ["origin", "media"],
      ["edge", "media"],
      ["database", "database"],
    ]) {
      const name = `ams-test-secrets-${role}`;
      const secret = `ams-test-secrets-${reader}`;
      const policy = JSON.parse(JSON.stringify(at(recorded.one("aws:iam/rolePolicy:RolePolicy", name), "policy")));
      assert.deepEqual(JSON.parse(policy.text).Statement.slice(0, 3), [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: `{${secret}.arn}` },
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::ams-test-agent-ap-south-1-/agent/*" },
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "{ams-test-secrets-log.arn}:*",
        },
      ]);
      assert.equal(policy.unknown, `${recorded.one("aws:secretsmanager/secret:Secret", secret).urn}.arn`);
    }
    assert.deepEqual(
      recorded.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").length,
      1,
      "of the snapshots",
    );
    const profile = (one: string, path: string) => recorded.referred(recorded.one(template, one), path).name;
    assert.equal(profile("ams-test-origin", "iamInstanceProfile.arn"), "ams-test-secrets-origin");
    assert.equal(profile("ams-test-edge", "iamInstanceProfile.arn"), "ams-test-secrets-edge");
    const own = recorded.referred(recorded.one(instance), "iamInstanceProfile");
    assert.equal(own.name, "ams-test-secrets-database");
  });

  it("get the SSH key if there is one, the database's through what is read only once", async () => {
    const key = { ...admins.access, sshPublicKey: "ssh-ed25519 AAAA me" };
    const recorded = await render({ access: key });
    for (const one of recorded.ofType(template))
      assert.equal(recorded.referred(one, "keyName").type, "aws:ec2/keyPair:KeyPair");
    assert.equal(has(recorded.one(instance), "keyName"), false);
    assert.deepEqual((await render()).ofType("aws:ec2/keyPair:KeyPair"), []);
  });
});

describe("The AWS database", () => {
  it("is in the first zone, at its planned address, with a separate volume", async () => {
    const { network } = cluster();
    const recorded = await render();
    const machine = recorded.one(instance);
    const subnet = recorded.referred(machine, "subnetId");
    assert.equal(textAt(machine, "privateIp"), databaseAddress(network, 0));
    assert.ok(contains(toRange(textAt(subnet, "cidrBlock")), toRange(`${textAt(machine, "privateIp")}/32`)));
    assert.equal(textAt(subnet, "cidrBlock"), subnetsOf(network, "database")[0]?.cidr);
    assert.equal(textAt(recorded.one("aws:ebs/volume:Volume"), "availabilityZone"), textAt(subnet, "availabilityZone"));
    assert.deepEqual(textsAt(recorded.one(record, "ams-test-database-db1"), "records"), [databaseAddress(network, 0)]);
  });

  it("is not replaced by a new image, new user data or a new version of its template", async () => {
    const machine = (await render()).one(instance);
    for (const path of ["launchTemplate", "ami", "userData"]) assert.ok(machine.ignoreChanges.includes(path), path);
    assert.equal(machine.deleteBeforeReplace, true);
    assert.equal(has(machine, "ami"), false);
  });

  it("boots from Canonical's newest image, resolved at launch, or from the one that the stack pins", async () => {
    const image = async (images: Values) =>
      textAt(
        (await render({}, { ...block, images: { ...block.images, ...images } })).one(template, "ams-test-database"),
        "imageId",
      );
    assert.match(await image({}), /^resolve:ssm:\/aws\/service\/canonical\/ubuntu\/server\/24\.04\/.*amd64/);
    assert.equal(await image({ database: "ami-0fedcba9876543210" }), "ami-0fedcba9876543210");
  });

  it("comes up after its firewall and its right to the secret, and beside its way out", async () => {
    const recorded = await render();
    const before = new Set(recorded.one(instance).dependencies);
    const needed = recorded.resources.filter(({ type }) =>
      /:(SecurityGroup(In|E)gressRule|RolePolicy|SecretVersion)$/.test(type),
    );
    assert.ok(needed.length > 20);
    for (const { urn } of needed) assert.ok(before.has(urn), urn);
    const wayOut = recorded.resources.filter(({ type }) => /:(NatGateway|Route|RouteTableAssociation)$/.test(type));
    assert.ok(wayOut.length > 3);
    for (const { urn } of wayOut) assert.ok(!before.has(urn), urn);
  });
});

describe("AWS node groups", () => {
  it("see each new version of their template", async () => {
    const recorded = await render();
    for (const one of recorded.ofType(group)) {
      const value = at(one, "launchTemplate.version");
      assert.match(JSON.stringify(value), /LaunchTemplate::ams-test-(origin|edge)\.latestVersion"/);
      assert.equal(referenceTo(value, one.name), recorded.one(template, one.name).urn);
      assert.equal(has(one, "desiredCapacity"), false);
    }
  });

  it("start when the database's machine and name are there, beside each other and the balancers", async () => {
    const recorded = await render();
    const groups = recorded.ofType(group);
    assert.equal(groups.length, 2);
    const needed = [...recorded.ofType(record), recorded.one(instance)];
    const beside = [...recorded.ofType(listener), ...groups];
    for (const one of groups) {
      // The deployment ends when the balancers call one of its machines healthy.
      assert.equal(at(one, "minElbCapacity"), 1);
      for (const { urn } of needed) assert.ok(one.dependencies.includes(urn), urn);
      for (const { urn } of beside) assert.ok(!one.dependencies.includes(urn), urn);
    }
  });

  it("do not move machines between zones while publishers are live", async () => {
    const recorded = await render();
    assert.deepEqual(textsAt(recorded.one(group, "ams-test-origin"), "suspendedProcesses"), ["AZRebalance"]);
    assert.equal(has(recorded.one(group, "ams-test-edge"), "suspendedProcesses"), false);
  });

  it("are given longer to end than their connections to drain", async () => {
    for (const drainSeconds of [10, 900]) {
      const recorded = await render({ balancer: { drainSeconds } });
      for (const { timeouts } of recorded.ofType(group)) {
        assert.match(timeouts.delete, /^\d+m$/);
        assert.ok(Number.parseInt(timeouts.delete, 10) * 60 >= drainSeconds + 600, timeouts.delete);
      }
    }
  });

  it("run types of the stack's choice in the place of the sizes'", async () => {
    const recorded = await render({}, { ...block, instanceTypes: { edge: "c6i.large", database: "m6i.large" } });
    assert.equal(textAt(recorded.one(template, "ams-test-origin"), "instanceType"), "c5.xlarge");
    assert.equal(textAt(recorded.one(template, "ams-test-edge"), "instanceType"), "c6i.large");
    assert.equal(textAt(recorded.one(instance), "instanceType"), "m6i.large");
  });
});

describe("AMS images on AWS", () => {
  const imagesOf = async (images: Values, values: Values = {}) => {
    const recording = await renderCluster(cluster(values), { images });
    const recorded = new Recorded(recording);
    const image = (role: string) => at(recorded.one(template, `ams-test-${role}`), "imageId");
    return { lookups: recording.lookups, origin: image("origin"), edge: image("edge") };
  };

  it("are looked up only if the stack says marketplace, once for both groups", async () => {
    const pinned = await imagesOf({ media: "ami-01234567" });
    assert.deepEqual(pinned, { lookups: [], origin: "ami-01234567", edge: "ami-01234567" });
    const { lookups } = await imagesOf({ media: "marketplace" });
    assert.equal(lookups.length, 1);
    assert.match(JSON.stringify(lookups[0]), /4wh7rhpic3wfwamyp5905tsbt.*AntMedia-AWS-Marketplace-EE-\*.*x86_64/);
  });

  it("are the GPU image for origins with a GPU alone", async () => {
    const images = { media: "ami-01234567", gpu: "ami-89abcdef" };
    const { origin, edge } = await imagesOf(images, { origin: { machine: "gpu-4" } });
    assert.deepEqual([origin, edge], ["ami-89abcdef", "ami-01234567"]);
    assert.equal((await imagesOf(images)).origin, "ami-01234567");
    const looked = await imagesOf({ ...images, gpu: "marketplace" }, { origin: { machine: "gpu-4" } });
    assert.match(JSON.stringify(looked.lookups), /8kf9kapq2qbo37fuekp8k7o6r.*AntMedia-AWS-Marketplace-GPU-\*/);
  });
});
