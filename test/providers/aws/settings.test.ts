import assert from "node:assert/strict";
import { formatFault } from "../../../config/fault.ts";
import { machineSizes } from "../../../model/groups/machine-size.ts";
import { instanceTypes } from "../../../providers/aws/compute/instance-types.ts";
import { adapter } from "../../../providers/aws/index.ts";
import { cluster, withTls } from "../../support/cluster.ts";
import { assertOnlyFault } from "../../support/faults.ts";
import { selfSigned } from "../../support/self-signed.ts";

const good = { images: { media: "ami-0123456789abcdef0" } };
const withGpu = { ...good.images, gpu: "marketplace" };
const arn = "arn:aws:acm:ap-south-1:123456789012:certificate/12345678-90ab-cdef-1234-567890abcdef";
const managed = { domain: withTls.domain };
const accessWith = (type: string) => ({ access: { adminCidrs: ["203.0.113.7/32"], sshPublicKey: `${type} AAAA me` } });

const faultsOf = (block: unknown, values: Readonly<Record<string, unknown>> = {}): readonly string[] =>
  adapter.prepare(block, cluster(values)).faults.map(formatFault);

const documentDbValues = { database: { kind: "managed" }, media: { version: "3.1.0" } };
const documentDb = { instanceTypes: { database: "db.r6g.large" }, documentDbCa: selfSigned().pem };
const replicaSet = { database: { kind: "replica-set" } };
const snapshot = "snap-0123456789abcdef0";

type Accepted = readonly [string, unknown, Readonly<Record<string, unknown>>?];
type Refused = readonly [string, unknown, RegExp, Readonly<Record<string, unknown>>?];

describe("ams:aws", () => {
  const accepted: readonly Accepted[] = [
    ["a pinned image", good],
    ["an image id of the old form", { images: { media: "ami-01234567" } }],
    ["the marketplace's newest image", { images: { media: "marketplace" } }],
    ["an image of its own for the database", { images: { ...good.images, database: "ami-0fedcba9876543210" } }],
    [
      "a GPU image for a GPU origin",
      { images: { ...good.images, gpu: "marketplace" } },
      { origin: { machine: "gpu-8" } },
    ],
    ...["c6i.2xlarge", "c7i-flex.large", "g5.xlarge", "gr6.4xlarge", "m5a.large", "u-6tb1.metal", "x2iedn.xlarge"].map(
      (origin) => [`the x86_64 type ${origin}`, { images: withGpu, instanceTypes: { origin } }] as const,
    ),
    ["a managed domain with its zone", { ...good, hostedZoneId: "Z0123456789ABCDEFGHIJ" }, managed],
    ["an external domain without a zone", good, { domain: { ...withTls.domain, dns: "external" } }],
    [
      "a certificate of the region",
      { ...good, hostedZoneId: "Z0123456789" },
      { ...managed, certificate: { source: "existing", id: arn } },
    ],
    ["an ED25519 key", good, accessWith("ssh-ed25519")],
    ["DocumentDB with a class and an authority", { ...good, ...documentDb }, documentDbValues],
    ["snapshots for each member", { ...good, databaseSnapshots: { db1: snapshot, db3: snapshot } }, replicaSet],
    ["settings of a database that waits for the way back", { ...good, ...documentDb }, { mode: "standalone" }],
  ];
  for (const [what, block, values] of accepted) {
    it(`accepts ${what}`, () => {
      const prepared = adapter.prepare(block, cluster(values ?? {}));
      assert.deepEqual(prepared.faults, []);
      assert.ok(prepared.render);
    });
  }

  const refused: readonly Refused[] = [
    ["no block", undefined, /^ams:aws\.images: not set/],
    ["no image", { images: {} }, /^ams:aws\.images\.media: not set; .*--path ams:aws\.images\.media/],
    [
      "an image of the other cloud",
      { images: { media: "m-gw8bwy1fbwc5cadiupo4" } },
      /^ams:aws\.images\.media: got "m-gw8/,
    ],
    ["an image id cut short", { images: { media: "ami-0123456789abcde" } }, /^ams:aws\.images\.media: got "ami-/],
    [
      "a lookup for the database",
      { images: { ...good.images, database: "marketplace" } },
      /^ams:aws\.images\.database/,
    ],
    [
      "a GPU origin without an image",
      good,
      /^ams:aws\.images\.gpu: not set; .*gpu-4/,
      { origin: { machine: "gpu-4" } },
    ],
    [
      "a typo",
      { ...good, instanceType: {} },
      /^ams:aws\.instanceType: got an unknown key; .*images, instanceTypes, unlistedTypes, quotas, hostedZoneId/,
    ],
    [
      "a typo further down",
      { ...good, instanceTypes: { orgin: "c5.large" } },
      /^ams:aws\.instanceTypes\.orgin: .*origin, edge, database/,
    ],
    [
      "a type of the other cloud",
      { ...good, instanceTypes: { edge: "ecs.c6e.xlarge" } },
      /^ams:aws\.instanceTypes\.edge: got "ecs/,
    ],
    ["a size for a type", { ...good, instanceTypes: { edge: "compute-4" } }, /^ams:aws\.instanceTypes\.edge/],
    ...[
      "a1.large",
      "c6g.xlarge",
      "c7gn.large",
      "g5g.xlarge",
      "im4gn.large",
      "is4gen.large",
      "m7g.large",
      "mac2.metal",
      "t4g.small",
      "x2gd.large",
    ].map(
      (edge) =>
        [
          `the Arm type ${edge}`,
          { ...good, instanceTypes: { edge } },
          /^ams:aws\.instanceTypes\.edge: .*x86_64/,
        ] as const,
    ),
    ["a managed domain without its zone", good, /^ams:aws\.hostedZoneId: not set; .*example\.com/, managed],
    [
      "a zone's name for its id",
      { ...good, hostedZoneId: "example.com" },
      /^ams:aws\.hostedZoneId: got "example\.com"/,
    ],
    ["an id that is no ARN", { ...good, hostedZoneId: "Z0123456789" }, /^ams:certificate\.id: got "x"/, withTls],
    [
      "a certificate of another region",
      { ...good, hostedZoneId: "Z0123456789" },
      /^ams:certificate\.id: .*ACM certificate in ap-south-1/,
      { ...managed, certificate: { source: "existing", id: arn.replace("ap-south-1", "us-east-1") } },
    ],
    [
      "a snapshot for a member that isn't there",
      { ...good, databaseSnapshots: { db2: snapshot } },
      /^ams:aws\.databaseSnapshots\.db2: got .*instance; /,
    ],
    [
      "an image for a snapshot",
      { ...good, databaseSnapshots: { db1: "ami-0123456789abcdef0" } },
      /^ams:aws\.databaseSnapshots\.db1: got "ami-/,
    ],
    [
      "a snapshot for DocumentDB",
      { ...good, databaseSnapshots: { db1: snapshot } },
      /^ams:aws\.databaseSnapshots\.db1: .*managed/,
      documentDbValues,
    ],
    [
      "a DocumentDB class for a machine",
      { ...good, instanceTypes: { database: "db.r5.large" } },
      /^ams:aws\.instanceTypes\.database: .*EC2 instance type/,
    ],
    [
      "an EC2 type for DocumentDB",
      { ...good, instanceTypes: { database: "m5.large" } },
      /^ams:aws\.instanceTypes\.database: .*DocumentDB class/,
      documentDbValues,
    ],
    [
      "an authority of DocumentDB without one",
      { ...good, documentDbCa: documentDb.documentDbCa },
      /^ams:aws\.documentDbCa: got a certificate while/,
    ],
    [
      "a text without a certificate",
      { ...good, documentDbCa: "PEM" },
      /^ams:aws\.documentDbCa: .*PEM form/,
      documentDbValues,
    ],
    [
      "another version of DocumentDB",
      good,
      /^ams:database\.version: got "7\.0"; .*5\.0.* on AWS/,
      { ...documentDbValues, database: { kind: "managed", version: "7.0" } },
    ],
    [
      "DocumentDB with an AMS that takes no options in a URL",
      good,
      /^ams:media\.version: got "3\.0\.3"; .*3\.1\.0 or newer/,
      { database: { kind: "managed" } },
    ],
    ["two dashes in a row for DocumentDB", good, /^ams:name: got "a--b"/, { ...documentDbValues, name: "a--b" }],
    [
      "an SSH key that EC2 doesn't know",
      good,
      /^ams:access\.sshPublicKey: .*on AWS\. .*id_ed25519\.pub/,
      accessWith("ecdsa-sha2-nistp256"),
    ],
  ];
  for (const [what, block, expected, values] of refused) {
    it(`refuses ${what}`, () => {
      const faults = faultsOf(block, values);
      assertOnlyFault(faults, expected);
    });
  }

  const inRegion = (region: string): readonly string[] =>
    adapter.prepare(good, { ...cluster(documentDbValues), region }).faults.map(formatFault);

  for (const region of ["us-west-1", "ca-west-1", "eu-central-2", "ap-southeast-3"]) {
    it(`refuses DocumentDB in ${region}, which has none`, () => {
      const faults = inRegion(region);
      assertOnlyFault(faults, new RegExp(`^ams:database\\.kind: got "managed"; .*${region}.*replica-set`));
    });
  }

  it("takes DocumentDB in the regions of its list, and in one that is newer than this program", () => {
    for (const region of ["ap-south-1", "ap-southeast-5", "mx-central-1", "xx-north-1"])
      assert.deepEqual(inRegion(region), [], region);
  });

  it("reports every fault at once", () => {
    const block = { images: { media: "x", gpu: "y" }, instanceTypes: { origin: "c6g.large" }, hostedZoneId: "z", a: 1 };
    assert.deepEqual(
      adapter.prepare(block, undefined).faults.map(({ path }) => path),
      ["images.media", "images.gpu", "instanceTypes.origin", "hostedZoneId", "a"].map((key) => `ams:aws.${key}`),
    );
  });

  it("has an instance type for each size that the settings would accept too", () => {
    for (const size of machineSizes) {
      const block = { images: withGpu, instanceTypes: { origin: instanceTypes[size] } };
      assert.deepEqual(faultsOf(block, { origin: { machine: size } }), []);
    }
  });
});
