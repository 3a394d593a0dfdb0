import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { parse } from "../../../config/parse.ts";
import { findCheckov } from "../../../dev/checkov.ts";
import { partitionOf } from "../../../model/network/partitions.ts";
import { amsClasses } from "../../ams/classes.ts";
import { run } from "../../machine/rig.ts";
import { renderCluster } from "../../support/aws.ts";
import { raw } from "../../support/raw.ts";

/** AWS's own table, endpoints.json, in two of its SDKs: Java's, by which AMS sends recordings, and Python's, of Checkov. */
const places: Readonly<Record<string, () => string>> = {
  "aws-java-sdk": () => join(amsClasses(), "aws-java-sdk-core-*.jar"),
  botocore: () => {
    const checkov = findCheckov();
    assert.ok(checkov !== undefined, "Checkov is not installed; run: npm run setup:test");
    return join(dirname(dirname(checkov)), "lib/python*/site-packages/botocore/data/endpoints.json");
  },
};

/** Prints region, partition and suffix, line by line. */
const program = `
import glob, json, sys, zipfile
[path] = glob.glob(sys.argv[1])
jar = path.endswith(".jar")
text = zipfile.ZipFile(path).read("com/amazonaws/partitions/endpoints.json") if jar else open(path).read()
for one in json.loads(text)["partitions"]:
    for region in one["regions"]:
        print(region, one["partition"], one["dnsSuffix"])
`;

/** What AWS gets in a region from a cluster with all that names an ARN or a service. */
async function inputsIn(region: string): Promise<string> {
  const keyId = `arn:${partitionOf(region).id}:kms:${region}:123456789012:key/01234567-89ab-cdef-0123-456789abcdef`;
  const values = {
    balancer: { kind: "haproxy" },
    recordings: { store: "bucket" },
    alarms: { emails: ["ops@a.example"] },
    encryption: { keyId },
  };
  const { cluster, faults } = parse(raw(values, { regions: { aws: region } }));
  assert.ok(cluster !== undefined, JSON.stringify(faults));
  const { resources } = await renderCluster(cluster);
  return JSON.stringify(resources.map(({ inputs }) => inputs));
}

/** Prints where Route 53 is in each partition, by botocore's table and by the agent's. */
const route53 = `
import glob, json, sys
import dns
[path] = glob.glob(sys.argv[1])
known = {}
for one in json.load(open(path))["partitions"]:
    for place in one["services"].get("route53", {}).get("endpoints", {}).values():
        if not place.get("deprecated"):
            known[one["partition"]] = (place["hostname"], place["credentialScope"]["region"])
ours = {"aws": dns.USUAL, **dns.PLACES}
assert len(ours) == 3 and all(known[name] == place for name, place in ours.items()), (known, ours)
`;

describe("AWS's partitions", () => {
  it("have Route 53 where the proxies ask it", () => {
    const agent = (part: string): string => new URL(`../../../machine/agent/${part}`, import.meta.url).pathname;
    const PYTHONPATH = ["core", "clouds/aws"].map(agent).join(":");
    const done = run("python3", ["-c", route53, places["botocore"]?.() ?? ""], {
      PYTHONPATH,
      PYTHONDONTWRITEBYTECODE: "1",
    });
    assert.equal(done.status, 0, done.all);
  });

  for (const [witness, place] of Object.entries(places)) {
    it(`are those of each region that ${witness} knows`, () => {
      const done = run("python3", ["-c", program, place()]);
      assert.equal(done.status, 0, done.all);
      const known = done.out.trimEnd().split("\n");
      assert.ok(known.length > 35, done.out);
      const ours = known.map((line) => line.split(" ")[0] ?? "").map((region) => ({ region, ...partitionOf(region) }));
      assert.deepEqual(
        ours.map(({ region, id, dnsSuffix }) => `${region} ${id} ${dnsSuffix}`),
        known,
      );
    });
  }

  for (const region of ["ap-south-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"]) {
    it(`are what a stack's ARNs have in ${region}, and the ends of the services through which a key is used`, async () => {
      const { id, dnsSuffix } = partitionOf(region);
      const text = await inputsIn(region);
      const found = [...text.matchAll(/\barn:([\w-]+):/g)].map(([, partition]) => partition);
      assert.ok(found.length > 10, `${found.length} ARNs`);
      assert.deepEqual([...new Set(found)], [id]);
      const services = new Set(text.match(new RegExp(`\\b(secretsmanager|s3)\\.${region}\\.[\\w.-]+`, "g")));
      const names = ["secretsmanager", "s3"].flatMap((service) =>
        ["amazonaws.com", dnsSuffix].map((suffix) => `${service}.${region}.${suffix}`),
      );
      assert.deepEqual([...services].sort(), [...new Set(names)].sort());
    });
  }

  it("call EC2 in China as its roles know it there", async () => {
    const trusted = async (region: string) => new Set((await inputsIn(region)).match(/\bec2\.amazonaws[.\w]+/g));
    assert.deepEqual([...(await trusted("cn-north-1"))], ["ec2.amazonaws.com.cn"]);
    assert.deepEqual([...(await trusted("us-iso-east-1"))], ["ec2.amazonaws.com"]);
  });
});
