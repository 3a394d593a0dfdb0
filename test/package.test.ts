import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support/contract.ts";
import { startOnEngine } from "./support/on-engine.ts";
import { PackageUnderTest } from "./support/package.ts";
import { succeeded } from "./support/stack.ts";

const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const tsc = join(root, "node_modules/typescript/lib/tsc.js");

/** As Pulumi's aws-typescript template has them. */
const template = { module: "commonjs", moduleResolution: "node", ignoreDeprecations: "6.0" };

const program = [
  'import { Key } from "@pulumi/aws/kms/key.js";',
  'import { AmsCluster } from "ams-cluster";',
  'const key = new Key("key");',
  'const args = { cloud: "aws", region: "eu-west-1", network: { zones: ["a", "b"] }, certificate: { source: "none" } } as const;',
  "// @ts-expect-error: the compiler refuses a key that there is not",
  'export const wrong = () => new AmsCluster("wrong", { ...args, networc: {} });',
  'const images = { media: "ami-0123456789abcdef0" };',
  'export const make = () => new AmsCluster("live", { ...args, encryption: { keyId: key.arn }, aws: { images } }).playUrl;',
].join("\n");

describe("The package", () => {
  let made: PackageUnderTest;
  before(() => {
    made = new PackageUnderTest();
  });
  after(() => made.remove());

  it("has the machines' programs, the command line with its data, and no tests", () => {
    const paths = made.files;
    assert.ok(paths.includes("dist/ams-cluster.js"));
    assert.ok(paths.some((path) => path.startsWith("dist/machine/agent/media/") && path.endsWith(".py")));
    assert.ok(paths.includes("dist/bin.js") && paths.includes("dist/tools/cost/books/aws.json"));
    assert.deepEqual(
      paths.filter((path) => /(^|\/)(test|dev|node_modules)\/|\.ts(?<!\.d\.ts)$/.test(path)),
      [],
    );
  });

  for (const { kind, type, options } of [
    {
      kind: "CommonJS, as Pulumi's aws-typescript template",
      type: "commonjs",
      options: template,
    },
    { kind: "ES modules", type: "module", options: { module: "nodenext" } },
  ]) {
    it(`is checked by tsc and loaded by a program of ${kind}, with one cloud's SDK`, () => {
      const folder = join(made.directory, type);
      mkdirSync(folder);
      made.installInto(folder, ["alicloud"]);
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "program", type }));
      writeFileSync(join(folder, "index.ts"), program);
      const compilerOptions = {
        ...options,
        strict: true,
        target: "es2020",
        types: ["node"],
        outDir: "bin",
        rootDir: ".",
      };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
      const checked = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" });
      assert.equal(checked.stdout, "");
      const words = [
        'const pulumi = await import("@pulumi/pulumi");',
        "const seen = [];",
        "const arn = 'arn:aws:logs:eu-west-1:123456789012:x';",
        "const newResource = ({ name, inputs }) => (seen.push(name), { id: name, state: { ...inputs, arn } });",
        "await pulumi.runtime.setMocks({ newResource, call: () => ({}) });",
        'await pulumi.runtime.runInPulumiStack(async () => ({ url: (await import("./bin/index.js")).make() }));',
        "console.log(seen.length);",
      ];
      const run = spawnSync(process.execPath, ["--input-type=module", "-e", words.join("\n")], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.ok(Number(run.stdout) > 100, run.stdout + run.stderr);
    });
  }

  it("plans, prices and compares the stack files of a program of another name, with one cloud's SDK", () => {
    const folder = join(made.directory, "commands");
    mkdirSync(folder);
    made.installInto(folder, ["alicloud"]);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "program", private: true }));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: video\nruntime: nodejs\nconfig:\n  ams:name: { value: live }\n");
    const stackFile = readFileSync(join(root, "Pulumi.aws.yaml"), "utf8");
    writeFileSync(join(folder, "Pulumi.aws.yaml"), `${stackFile}  title: a key of the program's own\n`);
    const run = (...words: readonly string[]) => {
      const { HOME, PATH } = process.env;
      const env = { HOME, PATH, NO_COLOR: "1" };
      const { status, stdout, stderr } = spawnSync("npx", ["--no-install", "ams-cluster", ...words], {
        ...{ cwd: folder, encoding: "utf8", env },
      });
      return { status, stdout, stderr };
    };
    const help = run("--help");
    assert.deepEqual([help.status, help.stderr], [0, ""]);
    assert.match(help.stdout, /^Usage: npx ams-cluster COMMAND[\s\S]*Commands:\n[\s\S]*\n {2}plan /);
    const plan = run("plan", "aws");
    assert.equal(plan.status, 0, plan.stderr);
    assert.match(plan.stdout, /^aws {2}aws .*: \d+ resources in \d+ parts$/m);
    assert.match(plan.stdout, /NodeGroup live-origin/);
    const cost = run("cost", "aws");
    assert.match(cost.stdout, /To estimate the usage: npx ams-cluster cost aws --config/);
    const diff = run("diff", "--files", "Pulumi.aws.yaml", "Pulumi.aws.yaml", "--config", "edge.max=20");
    assert.match(diff.stdout, /live-edge +maxSize \d+ -> 20/);
    const wrong = run("plann", "aws");
    assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /Did you mean plan\?/);
  });

  it("says which SDK to install when the cloud's is not there", () => {
    const folder = join(made.directory, "without");
    mkdirSync(folder);
    made.installInto(folder, ["aws"]);
    const words = 'new (require("ams-cluster").AmsCluster)("live", { cloud: "aws" })';
    const { stderr } = spawnSync(process.execPath, ["-e", words], { cwd: folder, encoding: "utf8" });
    assert.match(stderr, /npm install @pulumi\/aws/);
  });

  it("has the examples that its documents name", () => {
    assert.deepEqual([...examples].sort(), [
      "both-clouds",
      "bring-your-own-network",
      "production",
      "proxies",
      "smallest",
    ]);
  });

  it("has examples that the compiler takes, with the options of Pulumi's templates", () => {
    const folder = join(made.directory, "examples");
    mkdirSync(folder);
    made.installInto(folder);
    for (const name of examples) cpSync(join(root, "examples", name), join(folder, name), { recursive: true });
    const compilerOptions = { ...template, strict: true, target: "es2020", types: ["node"], noEmit: true };
    const files = examples.map((name) => `${name}/index.ts`);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    assert.equal(spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" }).stdout, "");
  });

  for (const example of examples) {
    it(`makes examples/${example} on the real engine, and changes nothing when it runs again`, async () => {
      const source = join(root, "examples", example);
      assert.match(readFileSync(join(source, "README.md"), "utf8"), /pulumi up/);
      const { stack, close } = await startOnEngine({
        stack: "dev",
        source,
        checkpoints: "end",
        environment: { NODE_OPTIONS: "", PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      });
      try {
        for (const file of ["package.json", "tsconfig.json"]) copyFileSync(join(source, file), stack.file(file));
        rmSync(stack.file("node_modules"));
        made.installInto(stack.directory);
        succeeded(await stack.up());
        for (const [name, value] of Object.entries(await stack.outputs())) assert.notEqual(value, "", name);
        const again = succeeded(await stack.up());
        assert.deepEqual(again.steps, []);
      } finally {
        close();
      }
    });
  }
});
