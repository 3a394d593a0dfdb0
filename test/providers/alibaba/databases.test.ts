import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "../../../config/parse.ts";
import { databaseAddress, subnetsOf } from "../../../model/network/network.ts";
import { type RecordedResource, Secret } from "../../../recording/record.ts";
import { textsOf } from "../../../recording/value.ts";
import { images, type Rendered, render, renderCluster, sources, text, type Values } from "../../support/alibaba.ts";
import { cluster } from "../../support/cluster.ts";
import { raw } from "../../support/raw.ts";

const instance = "ecs/instance:Instance";
const disk = "ecs/ecsDisk:EcsDisk";
const apsaraDb = "mongodb/instance:Instance";
const parameter = "oos/secretParameter:SecretParameter";

const replicaSet = { database: { kind: "replica-set" } };
const managed = { database: { kind: "managed" } };
const threeZones = { network: { zones: ["a", "b", "c"] } };

const names = (stack: Rendered, type: string): readonly string[] => stack.all(type).map(({ name }) => name);

/** The content of a machine kind's secret, read as JSON. */
function secretOf(stack: Rendered, reader: "media" | "database"): Readonly<Record<string, string>> {
  const [value] = textsOf(stack.one(parameter, `ams-test-secrets-${reader}`).inputs["value"] ?? null, "revealed");
  return JSON.parse(value ?? "");
}

const hasDatabasePart = ({ resources }: Rendered): boolean =>
  resources.some(({ type }) => type === "antmedia:cluster:Database");

describe("A replica set on Alibaba Cloud", () => {
  it("has three machines over the zones, each with a disk, a name and its right to the secret", async () => {
    const stack = await render({ ...replicaSet, ...threeZones });
    const { network } = cluster({ ...threeZones, cloud: "alibaba" });
    const members = ["ams-test-database", "ams-test-database-2", "ams-test-database-3"];
    const disks = ["ams-test-database-data", "ams-test-database-data-2", "ams-test-database-data-3"];
    assert.deepEqual(names(stack, instance), members);
    assert.deepEqual(names(stack, disk), disks);
    assert.deepEqual(
      stack.all(disk).map((one) => [text(one, "zoneId"), one.inputs["encrypted"], one.protect]),
      ["a", "b", "c"].map((zone) => [`eu-central-1${zone}`, true, true]),
    );
    assert.deepEqual(
      stack.all(instance).map((one) => [text(one, "privateIp"), sources(one.inputs["vswitchId"])]),
      ["a", "b", "c"].map((zone, member) => [databaseAddress(network, member), [`ams-test-network-database-${zone}`]]),
    );
    assert.deepEqual(
      stack.all("pvtz/zoneRecord:ZoneRecord").map((one) => [text(one, "rr"), text(one, "value")]),
      [0, 1, 2].map((member) => [`db${member + 1}`, databaseAddress(network, member)]),
    );
    const pairs = stack.all("ecs/ecsDiskAttachment:EcsDiskAttachment");
    assert.deepEqual(
      pairs.map(({ inputs }) => [sources(inputs["instanceId"])[0], sources(inputs["diskId"])[0]]),
      members.map((member, index) => [member, disks[index]]),
    );
    const rights = stack.all("ecs/ramRoleAttachment:RamRoleAttachment");
    assert.deepEqual(
      rights.map(({ inputs }) => sources(inputs["instanceId"])[0]),
      members,
    );
  });

  it("appears in the media machines' database URL with all of its members and without options", async () => {
    const { mongoUrl } = secretOf(await render(replicaSet), "media");
    const hosts = [1, 2, 3].map((member) => `db${member}.ams-test.internal:27017`).join(",");
    assert.equal(mongoUrl?.replace(/:[^:@]+@/, ":PW@"), `mongodb://ams:PW@${hosts}`);
  });

  it("grows out of one machine without replacing or changing that machine, its disk or its name", async () => {
    const [before, after] = [await render(), await render(replicaSet)];
    const later = new Map(after.resources.map((one) => [one.urn, one]));
    const changes = before.resources.flatMap((one) => {
      const now = later.get(one.urn);
      if (now === undefined) return [`${one.name} is gone`];
      const keys = new Set([...Object.keys(one.inputs), ...Object.keys(now.inputs)]);
      return [...keys].filter((key) => plain(one, key) !== plain(now, key)).map((key) => `${one.name} ${key}`);
    });
    // The machine's start-up text is not looked at again; a new secret is read at the media machines' next boot.
    const inPlace = /^ams-test-((database|origin|edge) userData|secrets-media value)$/;
    assert.deepEqual(
      changes.filter((change) => !inPlace.test(change)),
      [],
    );
    assert.ok(changes.includes("ams-test-secrets-media value"));
    assert.ok(after.one(instance, "ams-test-database").ignoreChanges.includes("userData"));
  });
});

function plain({ inputs }: RecordedResource, key: string): string {
  return JSON.stringify([inputs[key] ?? null, textsOf(inputs[key] ?? null, "revealed")]);
}

describe("Snapshots of the Alibaba database", () => {
  const rows: readonly [everyHours: number, keep: number, timePoints: readonly string[], retentionDays: number][] = [
    [6, 28, ["0", "6", "12", "18"], 7],
    [24, 3, ["0"], 3],
    [8, 4, ["0", "8", "16"], 2],
    [12, 1, ["0", "12"], 1],
  ];
  for (const [everyHours, keep, timePoints, retentionDays] of rows) {
    it(`are made every ${everyHours} hours and kept for the days that ${keep} of them take`, async () => {
      const stack = await render({ database: { snapshots: { everyHours, keep } } });
      const { inputs } = stack.one("ecs/autoSnapshotPolicy:AutoSnapshotPolicy", "ams-test-database-snapshots");
      assert.deepEqual([inputs["timePoints"], inputs["retentionDays"]], [timePoints, retentionDays]);
      assert.deepEqual(inputs["repeatWeekdays"], ["1", "2", "3", "4", "5", "6", "7"]);
    });
  }

  it("are of every member's data disk", async () => {
    const stack = await render(replicaSet);
    const bound = stack.all("ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment");
    assert.deepEqual(
      bound.map(({ inputs }) => sources(inputs["diskId"])[0]),
      names(stack, disk),
    );
    for (const { inputs } of bound)
      assert.deepEqual(sources(inputs["autoSnapshotPolicyId"]), ["ams-test-database-snapshots"]);
    for (const { inputs } of stack.all(disk)) assert.equal(inputs["deleteAutoSnapshot"], false);
  });

  it("make a member's disk where the stack says so, and others stay empty", async () => {
    const databaseSnapshots = { db1: "s-gw8f1e2d3c4b5a697887", db3: "s-gw8f1e2d3c4b5a697889" };
    const stack = await render(replicaSet, { databaseSnapshots });
    const disks = stack.all(disk);
    assert.deepEqual(
      disks.map(({ inputs }) => inputs["snapshotId"]),
      ["s-gw8f1e2d3c4b5a697887", undefined, "s-gw8f1e2d3c4b5a697889"],
    );
    // Set for a disk that is in use, it must not be passed over in silence.
    for (const one of disks) assert.deepEqual([one.ignoreChanges, one.protect], [[], true]);
  });
});

describe("A managed database on Alibaba Cloud", () => {
  it("is an encrypted, protected and backed up ApsaraDB with a node in each of three zones", async () => {
    const stack = await render({ database: { kind: "managed", diskGiB: 80, version: "7.0" }, ...threeZones });
    const { inputs, protect } = stack.one(apsaraDb, "ams-test-database");
    const { network } = cluster({ ...threeZones, cloud: "alibaba" });
    const expected = {
      engineVersion: "7.0",
      dbInstanceClass: "mdb.shard.4x.xlarge.d",
      dbInstanceStorage: 80,
      replicationFactor: 3,
      storageType: "cloud_essd1",
      encrypted: true,
      networkType: "VPC",
      zoneId: "eu-central-1a",
      secondaryZoneId: "eu-central-1b",
      hiddenZoneId: "eu-central-1c",
      securityIpLists: subnetsOf(network, "media").map(({ cidr }) => cidr),
      dbInstanceReleaseProtection: true,
      enableBackupLog: 1,
      backupRetentionPolicyOnClusterDeletion: 1,
    };
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(inputs[key], value, key);
    assert.deepEqual(sources(inputs["vswitchId"]), ["ams-test-network-database-a"]);
    assert.ok(Number(inputs["backupRetentionPeriod"]) >= 7 && protect);
    const unprotected = await render({ ...managed, protect: false });
    assert.equal(unprotected.one(apsaraDb, "ams-test-database").inputs["dbInstanceReleaseProtection"], false);
  });

  it("stands in the first zone with two of them: the service takes zones of its own for each node or none", async () => {
    const { inputs } = (await render(managed)).one(apsaraDb, "ams-test-database");
    assert.equal(inputs["zoneId"], "eu-central-1a");
    for (const key of ["secondaryZoneId", "hiddenZoneId"]) assert.equal(key in inputs, false, key);
  });

  it("is reached by its user's URL without options, so that every release of AMS takes it", async () => {
    const stack = await render(managed);
    const { mongoUrl = "" } = secretOf(stack, "media");
    assert.match(mongoUrl, /^mongodb:\/\/root:\{ams-test-secrets-database-app\.result\}@[^/?]+$/);
    const service = stack.one(apsaraDb, "ams-test-database");
    const password = service.inputs["accountPassword"];
    assert.ok(password instanceof Secret);
    assert.deepEqual(sources(password.reveal()), ["ams-test-secrets-database-app"]);
    assert.match(mongoUrl, /@\{ams-test-database\..*connectionDomain\}:\{ams-test-database\..*connectionPort\}$/);
    for (const group of stack.all("ess/scalingGroup:ScalingGroup")) assert.ok(group.dependencies.includes(service.urn));
  });

  it("comes without machines, security group, secret and role of a database of our own", async () => {
    const stack = await render(managed);
    assert.ok(hasDatabasePart(stack));
    for (const type of [instance, disk, "pvtz/zone:Zone", "ecs/autoSnapshotPolicy:AutoSnapshotPolicy"])
      assert.deepEqual(names(stack, type), [], type);
    assert.deepEqual(names(stack, parameter), ["ams-test-secrets-media"]);
    assert.deepEqual(names(stack, "ram/role:Role"), ["ams-test-secrets-origin", "ams-test-secrets-edge"]);
    assert.deepEqual(
      names(stack, "ecs/securityGroup:SecurityGroup").map((name) => name.replace("ams-test-firewall-", "")),
      ["balancer", "origin", "edge"],
    );
    assert.equal(Object(stack.outputs["imageIds"]).database, "");
  });

  it("has a class for each machine, and takes the stack's own", async () => {
    const classOf = async (machine: string, block: Values = {}) => {
      const stack = await render({ database: { kind: "managed", machine } }, block);
      return stack.one(apsaraDb, "ams-test-database").inputs["dbInstanceClass"];
    };
    assert.equal(await classOf("compute-2"), "mdb.shard.4x.large.d");
    assert.equal(await classOf("general-16"), "mdb.shard.4x.4xlarge.d");
    const block = { instanceTypes: { database: "mdb.shard.8x.large.d" } };
    assert.equal(await classOf("general-4", block), "mdb.shard.8x.large.d");
  });
});

describe("A password for the managed database on Alibaba Cloud", () => {
  const faultsOf = (databasePassword: string, values: Values = {}) => {
    const { faults } = parse(raw({ cloud: "alibaba", ...managed, ...values }, { secrets: { databasePassword } }));
    return faults.map(({ path, got }) => `${path} ${got}`);
  };
  const refused = (length: number) => [
    `ams:databasePassword a secret of ${length} characters that ApsaraDB for MongoDB rejects`,
  ];

  for (const [what, password] of [
    ["is too long", `Aa1${"x".repeat(30)}`],
    ["has no digit", "abcdefABCDEF"],
    ["has no capital", "abcdef123456"],
    ["has no small letter", "ABCDEF123456"],
  ] as const) {
    it(`that ${what} is refused before anything is made`, () => {
      assert.deepEqual(faultsOf(password), refused(password.length));
      assert.deepEqual(faultsOf(password, { database: {} }), [], "our own database takes it");
    });
  }

  it("of each kind of character and 32 of them is fine", () => {
    assert.deepEqual(faultsOf(`Aa1${"x".repeat(29)}`), []);
  });
});

/** A cluster whose stack has secrets too, and what Alibaba Cloud gets for it. */
function renderWith(values: Values, secrets: Readonly<Record<string, string>>): Promise<Rendered> {
  const { cluster: model, faults } = parse(raw({ cloud: "alibaba", ...values }, { secrets }));
  assert.deepEqual(faults, []);
  assert.ok(model);
  const given = Object.entries(secrets).map(([key, value]) => [key, pulumi.secret(value)]);
  return renderCluster(model, { images }, Object.fromEntries(given));
}

describe("An external database on Alibaba Cloud", () => {
  it("is a URL in the media machines' secret and nothing else", async () => {
    const databaseUrl = "mongodb+srv://ams:hunter2@cluster.example.net/";
    const stack = await renderWith({ database: { kind: "external" } }, { databaseUrl });
    assert.equal(secretOf(stack, "media")["mongoUrl"], databaseUrl);
    assert.equal(hasDatabasePart(stack), false);
    assert.deepEqual(names(stack, parameter), ["ams-test-secrets-media"]);
    assert.equal(stack.outputs["databaseEndpoint"], "external");
    assert.doesNotMatch(JSON.stringify(stack.outputs), /hunter2/);
  });
});

describe("A lone machine on Alibaba Cloud", () => {
  it("is one group of one, without database, edge group and URL", async () => {
    const stack = await render({ mode: "standalone", origin: { min: 3, max: 9 } });
    const [group, ...more] = stack.all("ess/scalingGroup:ScalingGroup");
    assert.ok(group);
    assert.deepEqual(more, []);
    assert.deepEqual([group.name, group.inputs["minSize"], group.inputs["maxSize"]], ["ams-test-origin", 1, 1]);
    assert.equal(hasDatabasePart(stack), false);
    assert.deepEqual(Object.keys(secretOf(stack, "media")).sort(), ["clusterKey", "jwtKey", "panelPassword"]);
    assert.deepEqual([stack.outputs["edgeGroup"], stack.outputs["databaseEndpoint"]], ["", "none"]);
    assert.ok(!names(stack, "alb/serverGroup:ServerGroup").includes("ams-test-balancer-edge"));
  });

  it("comes out of a cluster and goes back with the origins' group, whose numbers alone change", async () => {
    const group = (stack: Rendered) => stack.one("ess/scalingGroup:ScalingGroup", "ams-test-origin");
    const [before, after] = [group(await render({ mode: "standalone" })), group(await render())];
    assert.equal(before.urn, after.urn);
    const changed = Object.keys(after.inputs).filter((key) => plain(before, key) !== plain(after, key));
    assert.deepEqual(changed, ["maxSize"]);
  });
});
