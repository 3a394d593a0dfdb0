import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { maxUserDataBytes } from "../machine/index.ts";
import { groupsOf } from "../model/cluster.ts";
import { databaseMembers } from "../model/database.ts";
import { ConfigError } from "../model/fault.ts";
import { tagsOf } from "../model/naming.ts";
import type { RawConfig } from "../model/parse.ts";
import { deploy } from "../providers/index.ts";
import { valueAt } from "../tools/plan/show.ts";
import { originsOf, Unknown } from "../tools/record/value.ts";
import { type Recording, record, recordProgram } from "../tools/record.ts";
import { clouds, onBothClouds, onEachCloud, read, render, root, stackFiles } from "./support/contract.ts";
import { canary } from "./support/databases.ts";
import { nameLike, nameLimits, physicalName } from "./support/names.ts";
import { observe } from "./support/read/observed.ts";
import * as rules from "./support/rules.ts";

/** Each rule of `providers/contract.ts`, by its number, over both adapters, both stack files and random clusters. */

describe("Contract rule 1: equal component trees", () => {
  onBothClouds((aws, alibaba) => {
    assert.deepEqual(rules.treeOf(aws), rules.treeOf(alibaba));
    // Without database, edge group, certificate and domain these remain.
    assert.ok(rules.treeOf(aws).length >= 6);
  });
});

describe("Contract rule 2: every resource descends from the one Cluster part", () => {
  onEachCloud((one) => {
    const { resources } = one.recording;
    const urns = new Set(resources.map(({ urn }) => urn));
    const tops = resources.filter(({ parent }) => parent === undefined).map(({ type, name }) => `${type} ${name}`);
    assert.deepEqual(tops, [`antmedia:cluster:Cluster ${one.cluster.name}`]);
    for (const { urn, parent } of resources) assert.ok(parent === undefined || urns.has(parent), urn);
  });
});

describe("Contract rule 3: the resources, read back, are the model", () => {
  onEachCloud(({ cloud, cluster, recording }) => assert.deepEqual(read[cloud](recording), observe(cluster)));
});

describe("Contract rule 4: nothing is more open than the firewall table says", () => {
  onEachCloud(({ cloud, cluster, recording }) => {
    const allowed = new Set(observe(cluster).grants);
    const { grants, database } = read[cloud](recording);
    const wider = grants.filter((grant) => !allowed.has(grant));
    assert.deepEqual(wider, []);
    const fromOutside = grants.filter((grant) => /^in database .*\//.test(grant) && !/ tcp 22-22 /.test(grant));
    assert.deepEqual(fromOutside, []);
    assert.ok(database.every(({ hasPublicAddress }) => !hasPublicAddress));
  });
});

describe("Contract rule 5: the machines' user data is the same text on both clouds", () => {
  onBothClouds((aws, alibaba) => {
    const [one, other] = [read.aws(aws.recording).userData, read.alibaba(alibaba.recording).userData];
    // The shipped stacks have names of their own, which stand in compressed files too.
    if (aws.cluster.name === alibaba.cluster.name) assert.deepEqual(one, other);
    for (const text of [...Object.values(one), ...Object.values(other)]) {
      assert.ok(text.startsWith("#cloud-config\n"), text.slice(0, 80));
      assert.ok(Buffer.byteLength(text) <= maxUserDataBytes, `${Buffer.byteLength(text)} bytes`);
    }
  });
});

/** As a text stands in a JSON text, its line ends escaped. */
const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);

describe("Contract rule 6: no secret stands in clear", () => {
  onEachCloud((one) => {
    const isSecret = (text: string): boolean => text.includes(canary) || text.includes("PRIVATE KEY");
    assert.deepEqual(rules.textsIn(one, "hidden").filter(isSecret), []);
    const generated = rules.everything(one).flatMap(originsOf);
    assert.deepEqual(
      generated.filter(({ secret }) => secret),
      [],
      "a generated secret lost its mark",
    );
    assert.deepEqual(
      rules.markedInputs(one).filter((key) => !rules.secretInputs.includes(key)),
      [],
    );
    const revealed = rules.textsIn(one, "revealed");
    const lost = Object.entries(one.raw.secrets).filter(([, secret]) => {
      return (
        secret !== undefined && !revealed.some((text) => text.includes(secret.trim()) || text.includes(asJson(secret)))
      );
    });
    assert.deepEqual(
      lost.map(([key]) => key),
      [],
      "a secret reached no store",
    );
  });
});

describe("Contract rule 7: equal output keys", () => {
  onEachCloud(({ cluster, recording: { outputs } }) => {
    assert.deepEqual(Object.keys(outputs).sort(), rules.outputKeys);
    const images = outputs["imageIds"] ?? null;
    const machines: readonly string[] = [
      ...groupsOf(cluster).map(({ role }) => role),
      ...(databaseMembers(cluster) > 0 ? ["database"] : []),
    ];
    for (const role of ["origin", "edge", "database"])
      assert.equal(valueAt(images, role) === "", !machines.includes(role), `image of ${role}`);
    assert.equal(outputs["edgeGroup"] === "", cluster.mode === "standalone");
    assert.equal(outputs["databaseEndpoint"] === "none", cluster.mode === "standalone");
    assert.equal(outputs["databaseEndpoint"] === "external", cluster.database.kind === "external");
  });
});

describe("Contract rule 8: tags on everything that takes them", () => {
  onEachCloud((one) => {
    const taggable = rules.custom(one).filter(({ type }) => one.recording.propertiesOf(type).has("tags"));
    assert.ok(taggable.length > 20, `${taggable.length} resources take tags`);
    for (const { urn, inputs } of taggable) {
      // The data volumes have one more, by which the snapshots' policy knows them.
      const { Name: name, "ams-cluster-data": data, ...tags } = rules.tagsIn(inputs["tags"]);
      assert.ok(data === undefined || data === one.cluster.name, urn);
      assert.deepEqual(tags, tagsOf(one.cluster), urn);
      assert.ok(typeof name === "string" && name.startsWith(one.cluster.name), `${urn} has no Name`);
    }
  });
});

describe("Contract rule 9: the same input, the same recording; a preview registers what an update registers", () => {
  const urnsOf = ({ resources }: Recording) => resources.map(({ urn }) => urn);
  const plain = ({ resources, outputs }: Recording) => JSON.parse(JSON.stringify({ resources, outputs }));
  onEachCloud(
    async ({ raw, recording }) => {
      const again = await record(raw);
      assert.deepEqual(plain(again), plain(recording));
      const preview = await record(raw, { preview: true });
      assert.deepEqual(urnsOf(preview), urnsOf(recording));
    },
    { numRuns: 5 },
  );
});

const changed = (raw: RawConfig, values: Readonly<Record<string, unknown>>): RawConfig => ({
  ...raw,
  values: { ...raw.values, ...values },
});

describe("Contract rule 10: no provider invokes, unless the stack asks for a marketplace lookup", () => {
  onEachCloud(({ recording }) => assert.deepEqual(recording.lookups, []));

  it("looks an image up where the stack asks for it", async () => {
    const aws = { images: { media: "marketplace" }, hostedZoneId: "Z0123456789ABC" };
    const { recording } = await render("aws", changed(stackFiles.aws, { aws }));
    assert.ok(recording.lookups.length > 0);
    assert.ok(recording.lookups.every(({ token }) => token === "aws:ec2/getAmi:getAmi"));
    assert.ok(valueAt(recording.outputs["imageIds"] ?? null, "origin") instanceof Unknown);
  });
});

describe("Contract rule 11: an unsupported field is refused before the first resource", () => {
  const faulty = {
    aws: { path: "ams:aws.images.media", values: { aws: { images: { media: "m-gw8123456789abcdefgh" } } } },
    alibaba: { path: "ams:certificate.source", values: { certificate: { source: "issued" } } },
  };
  for (const cloud of clouds) {
    const { path, values } = faulty[cloud];
    it(`holds on ${cloud} for ${path}`, async () => {
      let thrown: unknown;
      const { resources } = await recordProgram({ stack: cloud }, async () => {
        await deploy(changed(stackFiles[cloud], values), {}).catch((error: unknown) => {
          thrown = error;
        });
        return {};
      });
      assert.ok(thrown instanceof ConfigError);
      assert.deepEqual(
        thrown.faults.map((fault) => fault.path),
        [path],
      );
      assert.deepEqual(resources, []);
    });
  }
});

describe("Contract rule 12: physical names stay within each cloud's limits", () => {
  const isReference = (key: string): boolean => /^(instance|role|ramRole|policy|host|key|keyPair)Name$/.test(key);
  onEachCloud((one) => {
    for (const resource of rules.custom(one)) {
      const limit = nameLimits[resource.type];
      const unknown = nameLike(resource, one.cluster.name).filter(
        (key) => key !== limit?.property && !isReference(key),
      );
      assert.deepEqual(unknown, [], `${resource.type} has a name without a limit`);
      const name = physicalName(resource) ?? "";
      assert.ok(name.length <= (limit?.max ?? 0), `${resource.type} ${name} has ${name.length} characters`);
    }
  });
});

describe("Contract rule 13: only the chosen cloud's SDK is loaded", () => {
  const sdks = { aws: "@pulumi/aws", alibaba: "@pulumi/alicloud" };
  for (const cloud of clouds) {
    it(`holds for ${cloud}`, async () => {
      const script = `
        import { createRequire } from "node:module";
        const { readStack } = await import("./tools/stack-file.ts");
        const { record } = await import("./tools/record.ts");
        await record(readStack(".", "${cloud}"));
        console.log(Object.keys(createRequire(import.meta.url).cache).join("\\n"));`;
      const words = ["--import", "tsx", "--input-type=module", "-e", script];
      const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root, maxBuffer: 2 ** 24 });
      const loaded = Object.values(sdks).filter((name) => stdout.includes(`/${name}/`));
      assert.deepEqual(loaded, [sdks[cloud]]);
    }).timeout(60_000);
  }
});

describe("Contract rule 14: durable things are protected while the stack's protect is on", () => {
  onEachCloud((one) => {
    const found = rules.custom(one).filter(({ type }) => type in rules.durable);
    // The media machines' secret and a balancer always, and what holds a database.
    const database = databaseMembers(one.cluster) > 0 ? databaseMembers(one.cluster) * 2 + 1 : 0;
    const managed = one.cluster.database.kind === "managed" ? 1 : 0;
    assert.ok(found.length >= 2 + database + managed, `${found.length} durable things`);
    for (const { urn, type, protect, inputs } of found) {
      assert.equal(protect, one.cluster.protect, urn);
      const property = rules.durable[type] ?? "";
      if (property !== "") assert.equal(inputs[property], one.cluster.protect, `${urn} ${property}`);
    }
  });
});
