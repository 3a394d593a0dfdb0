import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "../../../config/parse.ts";
import type { Cluster } from "../../../config/types.ts";
import { databaseAddress } from "../../../model/network/network.ts";
import type { RecordedResource, Recording } from "../../../recording/record.ts";
import { textsOf } from "../../../recording/value.ts";
import { block, render, renderCluster, types, type Values } from "../../support/aws.ts";
import { cluster } from "../../support/cluster.ts";
import { raw } from "../../support/raw.ts";
import {
  at,
  has,
  listAt,
  numberAt,
  Recorded,
  referenceTo,
  revealAt,
  textAt,
  textsAt,
} from "../../support/read/recorded.ts";
import { selfSigned } from "../../support/self-signed.ts";

const { group, instance, record, template } = types;
const volume = "aws:ebs/volume:Volume";
const secretVersion = "aws:secretsmanager/secretVersion:SecretVersion";
const documentDb = "aws:docdb/cluster:Cluster";
const randomPassword = "random:index/randomPassword:RandomPassword";

const managed = { database: { kind: "managed" }, media: { version: "3.1.0" } };

const named = (recorded: Recorded, type: string): readonly string[] => recorded.ofType(type).map(({ name }) => name);

/** The content of a machine kind's secret, read as JSON. */
function secretOf(recorded: Recorded, reader: "media" | "database"): Readonly<Record<string, string>> {
  const [text] = textsOf(at(recorded.one(secretVersion, `ams-test-secrets-${reader}`), "secretString"), "revealed");
  return JSON.parse(text ?? "");
}

const hasDatabasePart = ({ resources }: Recorded): boolean =>
  resources.some(({ type }) => type === "antmedia:cluster:Database");

describe("A replica set on AWS", () => {
  it("has three machines over the zones, each with a volume and a name of its own", async () => {
    const recorded = await render({ database: { kind: "replica-set" }, network: { zones: ["a", "b", "c"] } });
    assert.deepEqual(named(recorded, instance), ["ams-test-database", "ams-test-database-2", "ams-test-database-3"]);
    const volumes = recorded.ofType(volume);
    assert.deepEqual(
      volumes.map(({ name }) => name),
      ["ams-test-database-data", "ams-test-database-data-2", "ams-test-database-data-3"],
    );
    assert.deepEqual(
      volumes.map((one) => textAt(one, "availabilityZone")),
      ["ap-south-1a", "ap-south-1b", "ap-south-1c"],
    );
    const { network } = cluster({ network: { zones: ["a", "b", "c"] } });
    assert.deepEqual(
      recorded.ofType(record).map((one) => [textAt(one, "name"), textsAt(one, "records")]),
      [0, 1, 2].map((member) => [`db${member + 1}.ams-test.internal`, [databaseAddress(network, member)]]),
    );
    for (const one of [...recorded.ofType(instance), ...volumes]) assert.equal(one.protect, true, one.name);
  });

  it("boots all members from one template", async () => {
    const recorded = await render({ database: { kind: "replica-set" } });
    const used = recorded.ofType(instance).map((one) => recorded.referred(one, "launchTemplate.id").name);
    assert.deepEqual(used, ["ams-test-database", "ams-test-database", "ams-test-database"]);
  });

  it("appears in the media machines' database URL with all of its members and without options", async () => {
    const { mongoUrl } = secretOf(await render({ database: { kind: "replica-set" } }), "media");
    const hosts = [1, 2, 3].map((member) => `db${member}.ams-test.internal:27017`).join(",");
    assert.equal(mongoUrl?.replace(/:[^:@]+@/, ":PW@"), `mongodb://ams:PW@${hosts}`);
  });

  it("grows out of one machine without replacing or changing that machine, its volume or its name", async () => {
    const [before, after] = [await render(), await render({ database: { kind: "replica-set" } })];
    const later = new Map(after.resources.map((one) => [one.urn, one]));
    const changes = before.resources.flatMap((one) => {
      const now = later.get(one.urn);
      if (now === undefined) return [`${one.name} is gone`];
      const keys = new Set([...Object.keys(one.inputs), ...Object.keys(now.inputs)]);
      const differs = (key: string) => plain(one, key) !== plain(now, key);
      return [...keys].filter(differs).map((key) => `${one.name} ${key}`);
    });
    // The machine doesn't read its template again; a new version of the secret is read at the media machines' next boot.
    const inPlace = /^ams-test-((database|origin|edge) userData|secrets-media secretString)$/;
    assert.deepEqual(
      changes.filter((text) => !inPlace.test(text)),
      [],
    );
    assert.ok(changes.includes("ams-test-secrets-media secretString"));
    assert.ok(after.one(instance, "ams-test-database").ignoreChanges.includes("launchTemplate"));
  });
});

function plain({ inputs }: RecordedResource, key: string): string {
  return JSON.stringify([inputs[key] ?? null, textsOf(inputs[key] ?? null, "revealed")]);
}

describe("Snapshots of the AWS database", () => {
  it("are made and kept as the stack says, of the data volumes alone", async () => {
    const snapshots = { everyHours: 12, keep: 14 };
    const recorded = await render({ database: { kind: "replica-set", snapshots } });
    const policy = recorded.one("aws:dlm/lifecyclePolicy:LifecyclePolicy");
    const schedule = "policyDetails.schedules[0]";
    assert.equal(numberAt(policy, `${schedule}.createRule.interval`), 12);
    assert.equal(textAt(policy, `${schedule}.createRule.intervalUnit`), "HOURS");
    assert.equal(numberAt(policy, `${schedule}.retainRule.count`), 14);
    assert.deepEqual(at(policy, "policyDetails.resourceTypes"), ["VOLUME"]);
    const wanted = Object.entries(Object(at(policy, "policyDetails.targetTags")));
    assert.equal(wanted.length, 1);
    const tagged = recorded.resources.filter((one) =>
      wanted.every(([key, value]) => has(one, `tags.${key}`) && at(one, `tags.${key}`) === value),
    );
    assert.deepEqual(
      tagged.map(({ urn }) => urn),
      recorded.ofType(volume).map(({ urn }) => urn),
    );
    const role = recorded.referred(policy, "executionRoleArn");
    assert.match(textAt(role, "assumeRolePolicy"), /"Service":"dlm\.amazonaws\.com"/);
    assert.ok(
      policy.dependencies.includes(recorded.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", role.name).urn),
    );
  });

  it("make a member's volume where the stack says so, and others stay empty", async () => {
    const databaseSnapshots = { db1: "snap-0123456789abcdef0", db3: "snap-01234567" };
    const recorded = await render({ database: { kind: "replica-set" } }, { ...block, databaseSnapshots });
    const volumes = recorded.ofType(volume);
    assert.deepEqual(
      volumes.map((one) => (has(one, "snapshotId") ? textAt(one, "snapshotId") : "")),
      ["snap-0123456789abcdef0", "", "snap-01234567"],
    );
    // Set on a volume that is in use, it must not be passed over in silence.
    for (const one of volumes) assert.deepEqual([one.ignoreChanges, one.protect], [[], true]);
    for (const one of volumes) assert.equal(at(one, "finalSnapshot"), true);
    assert.ok((await render()).ofType(volume).every((one) => !has(one, "snapshotId")));
  });
});

describe("A managed database on AWS", () => {
  it("is an encrypted, protected and backed up DocumentDB with instances in two zones", async () => {
    const recorded = await render({ ...managed, network: { zones: ["a", "b", "c"], nat: "none" } });
    const service = recorded.one(documentDb);
    assert.equal(textAt(service, "engineVersion"), "5.0.0");
    for (const key of ["storageEncrypted", "deletionProtection"]) assert.equal(at(service, key), true, key);
    assert.equal(service.protect, true);
    assert.ok(numberAt(service, "backupRetentionPeriod") >= 7);
    assert.equal(at(service, "skipFinalSnapshot"), false);
    assert.equal(textAt(service, "finalSnapshotIdentifier"), "ams-test-database-final-1");
    assert.equal(recorded.referred(service, "vpcSecurityGroupIds[0]").name, "ams-test-firewall-database");
    const homes = recorded.referred(service, "dbSubnetGroupName");
    const subnets = listAt(homes, "subnetIds").map((_, index) => recorded.referred(homes, `subnetIds[${index}]`).name);
    assert.deepEqual(
      subnets,
      ["a", "b", "c"].map((zone) => `ams-test-network-database-${zone}`),
    );
    const machines = recorded.ofType("aws:docdb/clusterInstance:ClusterInstance");
    assert.deepEqual(
      machines.map((one) => [one.name, textAt(one, "availabilityZone"), textAt(one, "instanceClass")]),
      [
        ["ams-test-database-1", "ap-south-1a", "db.r5.xlarge"],
        ["ams-test-database-2", "ap-south-1b", "db.r5.xlarge"],
      ],
    );
    assert.equal(at((await render({ ...managed, protect: false })).one(documentDb), "deletionProtection"), false);
  });

  it("comes without machines, secret and role of a database of our own", async () => {
    const recorded = await render(managed);
    assert.ok(hasDatabasePart(recorded));
    for (const type of [instance, volume, "aws:route53/zone:Zone"]) assert.deepEqual(named(recorded, type), [], type);
    assert.deepEqual(named(recorded, "aws:secretsmanager/secret:Secret"), ["ams-test-secrets-media"]);
    assert.deepEqual(named(recorded, "aws:iam/role:Role"), ["ams-test-secrets-origin", "ams-test-secrets-edge"]);
    assert.deepEqual(named(recorded, template), ["ams-test-origin", "ams-test-edge"]);
  });

  const parameter = (recorded: Recorded, wanted: string) => {
    const parameters = recorded.one("aws:docdb/clusterParameterGroup:ClusterParameterGroup");
    const index = listAt(parameters, "parameters").findIndex(
      (_, i) => textAt(parameters, `parameters[${i}].name`) === wanted,
    );
    return textAt(parameters, `parameters[${index}].value`);
  };

  it("is reached by a URL with its options and the password that it was made with", async () => {
    const recorded = await render(managed);
    const { mongoUrl = "", databaseCa } = secretOf(recorded, "media");
    const [, password] = /^mongodb:\/\/ams:(.+)@\{ams-test-database\.endpoint\}:27017\/\?(.+)$/.exec(mongoUrl) ?? [];
    assert.match(mongoUrl, /\/\?replicaSet=rs0&retryWrites=false$/);
    assert.equal(textAt(recorded.one(documentDb), "masterUsername"), "ams");
    assert.equal(password, "{ams-test-secrets-database-app.result}");
    const given = revealAt(recorded.one(documentDb), "masterPassword");
    assert.equal(referenceTo(given, "the password"), recorded.one(randomPassword, "ams-test-secrets-database-app").urn);
    assert.deepEqual([databaseCa, parameter(recorded, "tls")], [undefined, "disabled"]);
    for (const one of recorded.ofType(group)) assert.ok(one.dependencies.includes(recorded.one(documentDb).urn));
  });

  it("speaks TLS once the stack names the authority to trust", async () => {
    const { pem } = selfSigned();
    const recorded = await render(managed, { ...block, documentDbCa: pem });
    const { mongoUrl = "", databaseCa } = secretOf(recorded, "media");
    assert.match(mongoUrl, /&tls=true$/);
    assert.deepEqual([databaseCa, parameter(recorded, "tls")], [pem, "enabled"]);
  });
});

/** A cluster whose stack has secrets too, and what AWS gets for it. */
async function renderWith(values: Values, secrets: Readonly<Record<string, string>>): Promise<[Recording, Recorded]> {
  const { cluster: model, faults } = parse(raw(values, { secrets }));
  assert.deepEqual(faults, []);
  assert.ok(model);
  const given = Object.entries(secrets).map(([key, text]) => [key, pulumi.secret(text)]);
  const recording = await renderCluster(model as Cluster, block, Object.fromEntries(given));
  return [recording, new Recorded(recording)];
}

describe("An external database on AWS", () => {
  it("is a URL in the media machines' secret and nothing else", async () => {
    const databaseUrl = "mongodb+srv://ams:hunter2@cluster.example.net/";
    const [recording, recorded] = await renderWith({ database: { kind: "external" } }, { databaseUrl });
    assert.equal(secretOf(recorded, "media")["mongoUrl"], databaseUrl);
    assert.equal(hasDatabasePart(recorded), false);
    assert.deepEqual(named(recorded, "aws:secretsmanager/secret:Secret"), ["ams-test-secrets-media"]);
    assert.deepEqual(
      named(recorded, "aws:ec2/securityGroup:SecurityGroup").map((name) => name.replace("ams-test-firewall-", "")),
      ["balancer", "origin", "edge"],
    );
    assert.equal(recording.outputs["databaseEndpoint"], "external");
    assert.doesNotMatch(JSON.stringify(recording.outputs), /hunter2/);
  });
});

describe("A lone machine on AWS", () => {
  it("is one group of one, without database, edge group and URL, that serves viewers too", async () => {
    const [recording, recorded] = await renderWith({ mode: "standalone", origin: { min: 3, max: 9 } }, {});
    const one = recorded.one(group);
    assert.deepEqual([one.name, numberAt(one, "minSize"), numberAt(one, "maxSize")], ["ams-test-origin", 1, 1]);
    assert.equal(hasDatabasePart(recorded), false);
    assert.deepEqual(Object.keys(secretOf(recorded, "media")).sort(), ["clusterKey", "jwtKey", "panelPassword"]);
    assert.deepEqual([recording.outputs["edgeGroup"], recording.outputs["databaseEndpoint"]], ["", "none"]);
    const targets = named(recorded, "aws:lb/targetGroup:TargetGroup");
    assert.ok(!targets.includes("ams-test-edge"), targets.join(" "));
  });

  it("comes out of a cluster and goes back with the origins' group, whose numbers alone change", async () => {
    const [alone, many] = [await render({ mode: "standalone" }), await render()];
    const [before, after] = [alone.one(group), many.one(group, "ams-test-origin")];
    assert.equal(before.urn, after.urn);
    const changed = Object.keys(after.inputs).filter((key) => plain(before, key) !== plain(after, key));
    assert.deepEqual(changed, ["maxSize"]);
  });
});

describe("The machines' log on AWS", () => {
  it("is one group with the cluster's name, kept for a year", async () => {
    const log = (await render()).one("aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual([textAt(log, "name"), numberAt(log, "retentionInDays")], ["/ams/ams-test", 365]);
  });
});
