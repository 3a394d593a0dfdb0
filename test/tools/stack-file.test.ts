import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { chooseStacks, readStack, stackNames } from "../../tools/stack-file/read.ts";

/** What the libraries ask Node to print meanwhile. */
function warningsOf(work: () => void): readonly unknown[] {
  const [emit, warnings]: [typeof process.emitWarning, unknown[]] = [process.emitWarning, []];
  process.emitWarning = (warning: unknown) => void warnings.push(warning);
  try {
    work();
  } finally {
    process.emitWarning = emit;
  }
  return warnings;
}

describe("The stack file", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "stack-file-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: ams\nconfig:\n  cloud: {type: string}\n");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (text: string, file = "Pulumi.test.yaml") => writeFileSync(join(directory, file), text);
  const read = (...changes: readonly string[]) => readStack(directory, "test", changes.map(parseChange));

  it("gives the values below ams: and the regions", () => {
    write("config:\n  ams:cloud: aws\n  aws:region: ap-south-1\n  ams:origin: {max: 4}\n  other:key: 1\n");
    assert.deepEqual(read(), {
      stack: "test",
      values: { cloud: "aws", origin: { max: 4 } },
      secrets: {},
      regions: { aws: "ap-south-1", alibaba: undefined },
      directory,
    });
  });

  it("takes the project's defaults where the stack says nothing, as the engine does", () => {
    const project =
      "config:\n  generation: {type: integer, default: 1}\n  origin: {default: {}}\n  ams:name: {value: own}\n";
    write(project, "Pulumi.yaml");
    write("config:\n  ams:generation: 7\n");
    assert.deepEqual(read().values, { generation: 7, origin: undefined, name: "own" });
    write("config: {}\n");
    assert.deepEqual(read().values["generation"], 1);
  });

  it("knows that a value is encrypted, at any depth, without its text", () => {
    write("config:\n  ams:licenceKey: {secure: v1:abc}\n  ams:tags: {a: {secure: v1:def}}\n");
    const { secrets, values } = read();
    assert.deepEqual(secrets, { licenceKey: undefined, tags: undefined });
    assert.deepEqual(values, {});
  });

  const changes: readonly (readonly [change: string, key: string, value: unknown])[] = [
    ["origin.max=20", "origin", { min: 1, max: 20 }],
    ["ams:origin.max=20", "origin", { min: 1, max: 20 }],
    ["edge.machine=compute-8", "edge", { machine: "compute-8" }],
    ["network.zones[2]=c", "network", { zones: ["a", "b", "c"] }],
    ["network.zones[0]=d", "network", { zones: ["d", "b"] }],
    ["access.adminCidrs[0]=203.0.113.7/32", "access", { adminCidrs: ["203.0.113.7/32"] }],
    ["balancer.rtmp=false", "balancer", { rtmp: false }],
    ["balancer.rtmp=no", "balancer", { rtmp: "no" }],
    ["database.version=07", "database", { version: "07" }],
    ["aws.images.media=ami-1=2", "aws", { images: { media: "ami-1=2" } }],
    ['tags["cost.center"]=7', "tags", { "cost.center": 7 }],
    ["protect=false", "protect", false],
    ["name=123", "name", "123"],
    ['access={"adminCidrs":[]}', "access", { adminCidrs: [] }],
    ['network.zones=["c","d"]', "network", { zones: ["c", "d"] }],
    ['origin.surge={"addPercent":60}', "origin", { min: 1, max: 10, surge: { addPercent: 60 } }],
    ["origin.max=null", "origin", { min: 1 }],
    ["network.zones[0]=null", "network", { zones: ["b"] }],
    ["origin=null", "origin", undefined],
    ["tags.__proto__=x", "tags", JSON.parse('{"__proto__":"x"}')],
  ];
  for (const [change, key, value] of changes) {
    it(`is changed by --config ${change} as by pulumi config set --path`, () => {
      write("config:\n  ams:origin: {min: 1, max: 10}\n  ams:network: {zones: [a, b]}\n");
      assert.deepEqual(read(change).values[key], value);
    });
  }

  it("takes a placeholder for a secret, and no secret", () => {
    write("config: {}\n");
    const { secrets, values } = read("databaseUrl=placeholder");
    assert.deepEqual([secrets, values], [{ databaseUrl: undefined }, {}]);
    assert.throws(() => parseChange("databaseUrl=mongodb://a:b@c"), /cannot be set on the command line.*=placeholder$/);
    assert.throws(() => parseChange("network.zones=[a"), /as JSON, such as/);
  });

  it("takes a region of --config, and later changes after earlier ones", () => {
    write("config: {}\n");
    const { regions, values } = read("aws:region=eu-west-1", "origin.max=2", "origin.max=3");
    assert.equal(regions.aws, "eu-west-1");
    assert.deepEqual(values["origin"], { max: 3 });
  });

  const misfits = [
    ["origin", "must be key=value"],
    ["=3", "must be key=value"],
    ["origin..max=3", "names, dots and [numbers]"],
    ["network.zones[9]=c", "the next index is [2]"],
    ["network.zones.a=c", "requires an object, but the stack file contains a list"],
    ["origin[0]=c", "requires a list, but the stack file contains an object"],
  ] as const;
  for (const [change, message] of misfits) {
    it(`refuses --config ${change}`, () => {
      write("config:\n  ams:origin: {min: 1}\n  ams:network: {zones: [a, b]}\n");
      assert.throws(
        () => read(change),
        (error) => error instanceof Error && error.message.includes(message),
      );
    });
  }

  const broken = [
    ["config:\n  ams:cloud: [aws\n", /^Pulumi\.test\.yaml:3:1: /],
    ["config:\n  a: 1\n  a: 2\n", /^Pulumi\.test\.yaml:3:3: Map keys must be unique/],
    ["config: [a]\n", /^Pulumi\.test\.yaml: config: must be a map/],
    ["just text\n", /^Pulumi\.test\.yaml: must be a map/],
    ["config:\n  ams:tags:\n    {a: b}: c\n", /^Pulumi\.test\.yaml:3:5: a key must be a string, not a list or a map/],
    ["config:\n  ams:x: &a [b]\n  *a : c\n", /^Pulumi\.test\.yaml:3:3: a key must be a string/],
    ["config: *none\n", /^Pulumi\.test\.yaml: Unresolved alias/],
    ["config:\n  ams:x: &a [&b [*a, *a], *a]\n", /^Pulumi\.test\.yaml: Converting circular structure/],
  ] as const;
  for (const [text, message] of broken) {
    it(`says where ${JSON.stringify(text)} is broken`, () => {
      write(text);
      const warned = warningsOf(() => assert.throws(() => read(), { message }));
      assert.deepEqual(warned, []);
    });
  }

  it("says that a file is missing", () => {
    assert.throws(() => readStack(directory, "none"), { message: /^Pulumi\.none\.yaml: cannot be read/ });
  });

  it("lists the stacks that have a file", () => {
    write("", "Pulumi.b-prod.yaml");
    write("", "Pulumi.a.yaml");
    write("", "Pulumi.yml");
    assert.deepEqual(stackNames(directory), ["a", "b-prod"]);
  });

  it("lists the stacks of AWS before those of Alibaba Cloud, whatever their names and faults", () => {
    write("config:\n  ams:cloud: alibaba\n", "Pulumi.a.yaml");
    write("config:\n  ams:cloud: aws # not alibaba\n", "Pulumi.z.yaml");
    write('config:\n  "cloud": "alibaba"\n  ams:tags: [\n', "Pulumi.b.yaml");
    write("config:\n  ams:tags: { cloud: alibaba }\n", "Pulumi.c.yaml");
    assert.deepEqual(chooseStacks(["all"], directory), ["c", "z", "a", "b"]);
    assert.deepEqual(chooseStacks(["a", "z"], directory), ["a", "z"]);
  });
});
