import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./support/contract.ts";

describe("start.mjs", () => {
  let project = "";

  before(() => {
    project = mkdtempSync(join(tmpdir(), "ams-start-"));
    for (const folder of ["model", "providers", "tools"]) mkdirSync(join(project, folder));
    for (const file of [
      "start.mjs",
      "providers/sdk.cjs",
      "package.json",
      "tsconfig.json",
      "model/project.ts",
      "model/project.cjs",
    ])
      copyFileSync(join(root, file), join(project, file));
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  });

  after(() => rmSync(project, { recursive: true, force: true }));

  function run(lines: readonly string[], ...words: readonly string[]) {
    writeFileSync(join(project, "tools/tool.ts"), lines.join("\n"));
    return start(words);
  }

  const start = (words: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [join(project, "start.mjs"), "tools/tool.ts", ...words], {
      cwd: tmpdir(),
      encoding: "utf8",
      env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1", ...environment },
    });

  it("runs a tool from any folder, with its words, and finds the project's files and packages", () => {
    const tool = [
      'import { stringify } from "yaml";',
      'import { projectFile } from "../model/project.ts";',
      "const said: readonly string[] = process.argv.slice(1);",
      'process.stdout.write(stringify({ said, readme: projectFile("README.md") }));',
    ];
    const { stdout, stderr } = run(tool, "aws", "--json");
    assert.equal(stderr, "");
    const readme = join(project, "README.md");
    assert.equal(stdout, `said:\n  - ${join(project, "tools/tool.ts")}\n  - aws\n  - --json\nreadme: ${readme}\n`);
  });

  it("says where an error of the TypeScript was thrown", () => {
    const { status, stderr } = run([
      "interface Given {",
      "  readonly name: string;",
      "}",
      'throw new Error("broken");',
    ]);
    assert.equal(status, 1);
    assert.match(stderr, /Error: broken\n +at .*tools\/tool\.ts:4:7/);
  });

  it("keeps a tool's script, without esbuild, until a file changes that it is made of", async () => {
    const part = (text: string) => writeFileSync(join(project, "tools/part.ts"), `export const text = "${text}";`);
    const without = { ESBUILD_BINARY_PATH: "/bin/false" };
    const settled = () => new Promise((resolve) => setTimeout(resolve, 100));
    part("first");
    writeFileSync(join(project, "tools/tool.ts"), 'import { text } from "./part.ts";\nprocess.stdout.write(text);\n');
    await settled();
    assert.equal(start().stdout, "first");
    assert.equal(start([], without).stdout, "first");
    part("other");
    await settled();
    assert.notEqual(start([], without).status, 0);
    assert.equal(start().stdout, "other");
    assert.equal(start([], without).stdout, "other");
  });

  it("leaves the SDK's serializer of functions unloaded until something asks for it", () => {
    const { stdout } = run([
      'import * as pulumi from "@pulumi/pulumi";',
      'const loaded = () => Object.keys(require.cache).some((file) => file.includes("/node_modules/typescript/"));',
      "const before = loaded();",
      'const said = "said by a cloud function";',
      "void pulumi.runtime.serializeFunction(() => said).then(({ text }) =>",
      "  process.stdout.write(JSON.stringify([before, loaded(), text.includes(said)])),",
      ");",
    ]);
    assert.equal(stdout, "[false,true,true]");
  });

  it("names file and line of what is no TypeScript, and runs nothing", () => {
    const { status, stdout, stderr } = run(['console.log("ran");', "const one: = 1;"]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /SyntaxError: Build failed with 1 error:\ntools\/tool\.ts:2:11: ERROR: Unexpected "="/);
  });
});

describe("The serializer of functions", () => {
  const mark = 'Object.defineProperty(exports, "__esModule", { value: true });';
  const given = (name: string, text: string) => `${text}\nexports.${name} = ${name};`;
  let project = "";

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "ams-sdk-"));
    copyFileSync(join(root, "providers/sdk.cjs"), join(project, "sdk.cjs"));
  });

  afterEach(() => rmSync(project, { recursive: true, force: true }));

  /** What an SDK with this module gives, and whether it was loaded at once. */
  function asked(file: string, lines: readonly string[]): readonly unknown[] {
    const folder = join(project, "node_modules/@pulumi/pulumi/runtime/closure");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), ["global.loaded = true;", ...lines].join("\n"));
    const script = [
      'require("./sdk.cjs");',
      'const given = require("@pulumi/pulumi/runtime/closure/codePaths.js");',
      "const early = global.loaded === true;",
      "const said = Object.entries(given).map(([k, v]) => [k, typeof v === 'function' ? v(2) : v]);",
      "console.log(JSON.stringify([early, Object.fromEntries(said)]));",
    ];
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script.join("\n")], {
      cwd: project,
      encoding: "utf8",
    });
    return stdout === "" ? [stderr] : JSON.parse(stdout);
  }

  it("gives all of its functions, which load it", () => {
    const lines = [
      mark,
      given("one", "function one(n) { return n; }"),
      given("two", "function two(n) { return 2 * n; }"),
    ];
    assert.deepEqual(asked("codePaths.js", lines), [false, { one: 2, two: 4 }]);
  });

  it("is loaded at once where it gives something else, or in another way", () => {
    const one = given("one", "function one(n) { return n; }");
    assert.deepEqual(asked("codePaths.js", [mark, one, given("limit", "const limit = 3;")]), [
      true,
      { one: 2, limit: 3 },
    ]);
    assert.deepEqual(asked("codePaths.js", ["module.exports = { one: 1 };"]), [true, { one: 1 }]);
    assert.deepEqual(asked("codePaths.js", [mark, one, "exports.three = function (n) { return 3 * n; };"]), [
      true,
      { one: 2, three: 6 },
    ]);
  });

  it("is left alone where the SDK has none of that name", () => {
    const [error] = asked("another.js", []);
    assert.match(
      String(error),
      /Cannot find module '@pulumi\/pulumi\/runtime\/closure\/codePaths\.js'\nRequire stack:\n- .*\[eval\]/,
    );
  });
});
