import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commands } from "../../tools/cli/commands.ts";
import { UsageError } from "../../tools/cli/faults.ts";
import { readWords } from "../../tools/cli/run.ts";
import { run as diff } from "../../tools/diff.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

function run(...words: readonly string[]) {
  const args = ["start.mjs", "tools/cli.ts", "diff", ...words];
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8", env });
  return { status, stdout, stderr };
}

describe("npm run diff", () => {
  let directory = "";

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "ams-diff-test-"));
    for (const stack of ["aws", "alibaba"]) {
      const text = readFileSync(join(project, `Pulumi.${stack}.yaml`), "utf8");
      writeFileSync(join(directory, `Pulumi.${stack}.yaml`), text.replace("machine: compute-4", "machine: compute-8"));
    }
  });

  after(() => rmSync(directory, { recursive: true }));

  it("compares two stack files, as JSON of exactly the promised form", () => {
    const { status, stdout } = run("--json", "--files", "Pulumi.aws.yaml", join(directory, "Pulumi.aws.yaml"));
    assert.equal(status, 0);
    const json = JSON.parse(stdout);
    assert.deepEqual(Object.keys(json), ["stacks"]);
    const [stack] = json.stacks;
    assert.deepEqual(Object.keys(stack), ["stack", "create", "update", "replace", "delete"]);
    assert.deepEqual([stack.stack, stack.create, stack.replace, stack.delete], ["aws", [], [], []]);
    assert.deepEqual(
      stack.update.map((entry: object) => Object.keys(entry)),
      [
        ["urn", "type", "name", "changes"],
        ["urn", "type", "name", "changes"],
      ],
    );
    const change = { path: "instanceType", before: "c5.xlarge", after: "c5.2xlarge", replaces: false };
    // The machine's own figures are in its user data.
    const paths = stack.update[0].changes.map(({ path }: typeof change) => path);
    assert.deepEqual(paths, ["instanceType", "userData"]);
    assert.deepEqual(stack.update[0].changes[0], change);
    assert.equal(stdout.trim().split("\n").length, 1);
  });

  it("says that nothing changes, and ends well", () => {
    const { status, stdout } = run("--files", "Pulumi.alibaba.yaml", "Pulumi.alibaba.yaml");
    assert.deepEqual([status, stdout.split("\n").slice(1)], [0, ["", "alibaba: no changes", ""]]);
  });

  it("tries changes on the newer side, as Markdown", () => {
    const own = join(directory, "Pulumi.aws.yaml");
    const { status, stdout } = run("--markdown", "--files", own, own, "--config", "edge.max=20");
    assert.equal(status, 0);
    assert.match(stdout, /### <code>aws<\/code>: 0 create, 1 update in place, 0 replace, 0 delete, \d+ unchanged/);
    assert.match(stdout, /edge group: 2 to 10 machines -&#62; 2 to 20/);
  });

  it("ends with 1 and the faults for a faulty configuration", () => {
    const { status, stdout, stderr } = run("--files", "Pulumi.aws.yaml", "Pulumi.aws.yaml", "--config", "origin.max=0");
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /ams:origin\.max/);
  });

  it("summarizes a preview from a file, and refuses what is none", () => {
    const file = join(directory, "preview.json");
    const urn = "urn:pulumi:aws::ams::aws:ec2/vpc:Vpc::v";
    writeFileSync(
      file,
      JSON.stringify({ steps: [{ op: "create", urn, newState: { inputs: { cidrBlock: "10.0.0.0/16" } } }] }),
    );
    assert.match(run("--preview", file).stdout, /aws: no interruption\n {2}1 create, 0 update in place/);
    writeFileSync(file, "no JSON");
    assert.equal(run("--preview", file).status, 2);
    assert.equal(run("--preview", join(directory, "no-such-file")).status, 2);
  });

  it("says what is wrong with a command line, and exits with 2", async () => {
    const { status, stderr } = run("--colour");
    assert.deepEqual([status, stderr.split("\n")[0]], [2, "unknown option '--colour'"]);
    const wrong = [
      ["a", "b"],
      ["--json", "--markdown"],
      ["--files", "a.yaml"],
      ["--preview", "x", "--files", "a", "b"],
      ["HEAD", "--preview", "x"],
      ["--preview", "x", "--config", "a=1"],
      ["--config", "no-value"],
      ["--stack"],
      ["--stack", "aws", "--files", "a", "b"],
      ["--stack", "aws", "--preview", "x"],
    ];
    for (const words of wrong) {
      const asked = async () => {
        const { given, words: bases } = await readWords(commands.diff, words);
        await diff(given, bases);
      };
      await assert.rejects(asked, UsageError, words.join(" "));
    }
  });

  it("documents its options and exit codes", () => {
    const { status, stdout } = run("--help");
    assert.equal(status, 0);
    for (const word of ["--stack", "--config", "--files", "--preview", "--markdown", "--json", "Exit code: 0"]) {
      assert.ok(stdout.includes(word), word);
    }
  });
});
