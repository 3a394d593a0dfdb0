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
    return spawnSync(process.execPath, [join(project, "start.mjs"), "tools/tool.ts", ...words], {
      cwd: tmpdir(),
      encoding: "utf8",
      env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" },
    });
  }

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
