import assert from "node:assert/strict";
import { formatFault } from "../../../config/fault.ts";
import { parse } from "../../../config/parse.ts";
import { certificateHome } from "../../../config/remedy/examples.ts";
import { adapter } from "../../../providers/alibaba/index.ts";
import { zoneId } from "../../../providers/alibaba/network/network.ts";
import { cluster } from "../../support/cluster.ts";
import { raw } from "../../support/raw.ts";

const media = "m-gw8bwy1fbwc5cadiupo4";
const snapshot = "s-gw8f1e2d3c4b5a697887";

type Values = Readonly<Record<string, unknown>>;

/** The block's and the cluster's faults as this cloud's adapter sees them, in eu-central-1 unless told. */
function faultsOf(block: unknown, values: Values = {}, region = "eu-central-1"): readonly string[] {
  const config = raw({ cloud: "alibaba", ...values }, { regions: { alibaba: region } });
  const { cluster, faults } = parse(config);
  assert.deepEqual(faults, [], "the neutral part is right");
  const prepared = adapter.prepare(block, cluster);
  assert.equal(prepared.render === undefined, prepared.faults.length > 0, "it renders only without faults");
  return prepared.faults.map(formatFault);
}

const withDomain = { domain: { name: "live.example.com", zone: "example.com" } };
const existing = (id: string) => ({ ...withDomain, certificate: { source: "existing", id } });

describe("The Alibaba block, when it is right", () => {
  const rows: readonly [string, unknown, Values?, string?][] = [
    ["only names its image", { images: { media } }],
    [
      "has an image of a region that the program doesn't know by its prefix",
      { images: { media: "m-zzz0123456789abcdef0" } },
    ],
    ["has an image of a region without a digit", { images: { media: "m-bp1bwy1fbwc5cadiupo4" } }, {}, "cn-hangzhou"],
    ["has the GPU image that the origin needs", { images: { media, gpu: media } }, { origin: { machine: "gpu-8" } }],
    [
      "names its own instance types",
      { images: { media }, instanceTypes: { origin: "ecs.g7.2xlarge", edge: "ecs.r6.large" } },
    ],
    ["has an own image for the database", { images: { media, database: "m-gw8aaaaaaaaaaaaaaaaa" } }],
    [
      "puts secrets into a purchased KMS",
      { images: { media }, secretStore: "kms", kms: { instanceId: "kst-fra1", keyId: "key-fra1" } },
    ],
    [
      "has a class of ApsaraDB for the managed database",
      { images: { media }, instanceTypes: { database: "mdb.shard.8x.large.d" } },
      { database: { kind: "managed" } },
    ],
    [
      "keeps the database's settings while there is none",
      { images: { media }, instanceTypes: { database: "ecs.g7.xlarge" }, databaseSnapshots: { db1: snapshot } },
      { mode: "standalone" },
    ],
    [
      "has a snapshot for each member",
      { images: { media }, databaseSnapshots: { db1: snapshot, db2: snapshot, db3: snapshot } },
      { database: { kind: "replica-set" } },
    ],
    ["has the least bandwidth", { images: { media }, publicBandwidthMbps: 1 }],
    ["has a certificate of the service's home abroad", { images: { media } }, existing("1234-ap-southeast-1")],
    ["has a certificate of the listener's own region", { images: { media } }, existing("1234-eu-central-1")],
  ];
  for (const [what, block, values, region] of rows) {
    it(`${what}: no fault`, () => assert.deepEqual(faultsOf(block, values, region), []));
  }
});

describe("The Alibaba block, when it is wrong", () => {
  /** Each row: what is wrong, what its single fault says, the block, the neutral values. */
  const rows: readonly [string, RegExp, unknown, Values?][] = [
    [
      "no block",
      /^ams:alibaba\.images\.media: not set; allowed: an image id that begins with m-.*--path ams:alibaba\.images\.media/,
      undefined,
    ],
    ["no image", /^ams:alibaba\.images\.media: not set/, {}],
    [
      "AWS's word for the newest image",
      /^ams:alibaba\.images\.media: got "marketplace"; .*marketplace image to which you subscribe/,
      { images: { media: "marketplace" } },
    ],
    [
      "an image of AWS",
      /^ams:alibaba\.images\.media: got "ami-0123456789abcdef0"; /,
      { images: { media: "ami-0123456789abcdef0" } },
    ],
    [
      "an image of another region",
      /^ams:alibaba\.images\.media: .* an image in cn-hangzhou; allowed: an image in eu-central-1 \(alicloud:region\)/,
      { images: { media: "m-bp1bwy1fbwc5cadiupo4" } },
    ],
    [
      "a database image of another region",
      /^ams:alibaba\.images\.database: .*an image in us-west-1/,
      { images: { media, database: "m-rj9bwy1fbwc5cadiupo4" } },
    ],
    [
      "a database image of no known form",
      /^ams:alibaba\.images\.database: got "ubuntu"; allowed: a public system image/,
      { images: { media, database: "ubuntu" } },
    ],
    [
      "a GPU origin without a GPU image",
      /^ams:alibaba\.images\.gpu: not set; allowed: an AMS image with the NVIDIA driver, because ams:origin\.machine is gpu-4/,
      { images: { media } },
      { origin: { machine: "gpu-4" } },
    ],
    [
      "an instance type of AWS",
      /^ams:alibaba\.instanceTypes\.origin: got "c5\.xlarge"; allowed: an x86 ECS instance type/,
      { images: { media }, instanceTypes: { origin: "c5.xlarge" } },
    ],
    [
      "a class of ApsaraDB that can't encrypt its disks",
      /^ams:alibaba\.instanceTypes\.database: got "mdb\.shard\.4x\.large\.c"; allowed: an x86 ECS instance type/,
      { images: { media }, instanceTypes: { database: "mdb.shard.4x.large.c" } },
      { database: { kind: "managed" } },
    ],
    [
      "an ECS type for a managed database",
      /^ams:alibaba\.instanceTypes\.database: .*kind is managed; allowed: a dedicated ApsaraDB for MongoDB class/,
      { images: { media }, instanceTypes: { database: "ecs.g6e.xlarge" } },
      { database: { kind: "managed" } },
    ],
    [
      "a class of ApsaraDB for a machine",
      /^ams:alibaba\.instanceTypes\.database: .*kind is instance; allowed: an ECS instance type/,
      { images: { media }, instanceTypes: { database: "mdb.shard.4x.large.d" } },
    ],
    [
      "storage that ApsaraDB doesn't sell",
      /^ams:database\.diskGiB: got 55; allowed: a multiple of 10 GiB on Alibaba Cloud.*ams:database\.diskGiB 60/,
      { images: { media } },
      { database: { kind: "managed", diskGiB: 55 } },
    ],
    [
      "a snapshot of AWS",
      /^ams:alibaba\.databaseSnapshots\.db1: got "snap-0123456789abcdef0"; allowed: a snapshot id in this region/,
      { images: { media }, databaseSnapshots: { db1: "snap-0123456789abcdef0" } },
    ],
    [
      "a snapshot of another region",
      /^ams:alibaba\.databaseSnapshots\.db1: .*a snapshot in cn-hangzhou; allowed: a snapshot in eu-central-1/,
      { images: { media }, databaseSnapshots: { db1: "s-bp1f1e2d3c4b5a697887" } },
    ],
    [
      "a snapshot for a member that is not there",
      /^ams:alibaba\.databaseSnapshots\.db2: .*kind is instance; allowed: at most one snapshot per database member/,
      { images: { media }, databaseSnapshots: { db2: snapshot } },
    ],
    [
      "a snapshot for a managed database",
      /^ams:alibaba\.databaseSnapshots\.db1: .*kind is managed/,
      { images: { media }, databaseSnapshots: { db1: snapshot } },
      { database: { kind: "managed" } },
    ],
    [
      "too much bandwidth",
      /^ams:alibaba\.publicBandwidthMbps: got 101; allowed: a whole number from 1 to 100/,
      { images: { media }, publicBandwidthMbps: 101 },
    ],
    [
      "an unknown store",
      /^ams:alibaba\.secretStore: got "vault"; allowed: oos or kms/,
      { images: { media }, secretStore: "vault" },
    ],
    [
      "KMS without its instance",
      /^ams:alibaba\.kms: not set; allowed: the instanceId and keyId of your KMS instance in eu-central-1/,
      { images: { media }, secretStore: "kms" },
    ],
    [
      "a KMS instance that nothing uses",
      /^ams:alibaba\.kms: .*allowed: not set, because ams:alibaba\.secretStore is oos/,
      { images: { media }, kms: { instanceId: "kst-1", keyId: "key-1" } },
    ],
    [
      "an unknown key",
      /^ams:alibaba\.hostedZoneId: got an unknown key; allowed: images, instanceTypes/,
      { images: { media }, hostedZoneId: "Z1" },
    ],
    [
      "a certificate to be issued",
      /^ams:certificate\.source: got "issued"; allowed: existing \(requires id\), uploaded \(requires pem\), or issued .* on Alibaba Cloud/,
      { images: { media } },
      { ...withDomain, certificate: { source: "issued" } },
    ],
    [
      "a certificate of AWS",
      /^ams:certificate\.id: got "arn:aws:acm:x"; allowed: .*12345678-ap-southeast-1/,
      { images: { media } },
      existing("arn:aws:acm:x"),
    ],
    ["a certificate without its home", /^ams:certificate\.id: got "1234"/, { images: { media } }, existing("1234")],
    [
      "a certificate of the other home",
      /^ams:certificate\.id: got "1234-cn-hangzhou"/,
      { images: { media } },
      existing("1234-cn-hangzhou"),
    ],
    [
      "a tag that the cloud keeps for itself",
      /^ams:tags\.aliyunOwner: .* on Alibaba Cloud/,
      { images: { media } },
      { tags: { aliyunOwner: "me" } },
    ],
    [
      "a tag's value that the cloud keeps for itself",
      /^ams:tags\.docs: got "https:\/\/example\.com"/,
      { images: { media } },
      { tags: { docs: "https://example.com" } },
    ],
    [
      "more tags than a resource holds",
      /^ams:tags: got 19 tags; allowed: at most 18 tags on Alibaba Cloud/,
      { images: { media } },
      { tags: Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`t${i}`, "x"])) },
    ],
  ];
  for (const [what, expected, block, values] of rows) {
    it(`${what}: one fault that says so`, () => {
      const faults = faultsOf(block, values);
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", expected);
    });
  }

  for (const type of ["ecs.g6r.large", "ecs.c6r.xlarge", "ecs.g8y.large", "ecs.c8y.4xlarge", "ecs.r8y.xlarge"]) {
    it(`${type}, which is ARM: refused`, () => {
      const faults = faultsOf({ images: { media }, instanceTypes: { edge: type } });
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", /^ams:alibaba\.instanceTypes\.edge: .*an Arm type; allowed: an x86 type/);
    });
  }

  it("many faults: all at once", () => {
    const paths = faultsOf(
      { images: { media: "m-bp1bwy1fbwc5cadiupo4" }, instanceTypes: { edge: "ecs.g8y.large" } },
      { origin: { machine: "gpu-4" }, ...withDomain, certificate: { source: "issued" } },
    ).map((fault) => fault.split(":", 2).join(":"));
    assert.deepEqual(paths.sort(), [
      "ams:alibaba.images.gpu",
      "ams:alibaba.images.media",
      "ams:alibaba.instanceTypes.edge",
      "ams:certificate.source",
    ]);
  });

  it("is checked even while the neutral part is wrong and there is no cluster", () => {
    const { faults, render } = adapter.prepare({ images: { media: "marketplace" } }, undefined);
    assert.deepEqual(
      faults.map(({ path }) => path),
      ["ams:alibaba.images.media"],
    );
    assert.equal(render, undefined);
  });
});

describe("Regions of Alibaba Cloud", () => {
  it("name their zones with a letter, after a dash where the region ends in a city", () => {
    const inRegion = (region: string) => ({ ...cluster(), region });
    assert.equal(zoneId(inRegion("eu-central-1"), "a"), "eu-central-1a");
    assert.equal(zoneId(inRegion("cn-hangzhou"), "h"), "cn-hangzhou-h");
    assert.equal(zoneId(inRegion("cn-hongkong"), "b"), "cn-hongkong-b");
  });

  it("keep their certificates at home or abroad, and Hong Kong is abroad", () => {
    const homes = ["cn-hangzhou", "cn-zhangjiakou", "cn-hongkong", "eu-central-1", "ap-southeast-1"].map(
      certificateHome,
    );
    assert.deepEqual(homes, ["cn-hangzhou", "cn-hangzhou", "ap-southeast-1", "ap-southeast-1", "ap-southeast-1"]);
  });
});
