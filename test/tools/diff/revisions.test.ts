import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, UsageError } from "../../../tools/cli/faults.ts";
import { compare } from "../../../tools/diff/compare.ts";
import { revisionSides } from "../../../tools/diff/sides.ts";

const packages = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** A program whose plan tells who made it, with what words and what environment; a stack file `fault` is one. */
const program = (version: string) => `
import { readFileSync } from "node:fs";
const words = process.argv.slice(2);
const names = words.slice(0, words.indexOf("--json"));
const changes = words.flatMap((word, index) => (words[index - 1] === "--config" ? [word] : []));
const stacks = names.map((stack) => {
  const text = readFileSync(\`Pulumi.\${stack}.yaml\`, "utf8");
  if (text.includes("fault")) { console.error(\`\${stack}: a fault\`); process.exit(1); }
  const inputs = { version: "${version}", text, changes, environment: Object.keys(process.env).sort().join() };
  const options = { secrets: { token: ["config.ams:token"] } };
  return { stack, cloud: "aws", resources: [{ urn: "urn:pulumi:s::ams::aws:ec2/vpc:Vpc::v", type: "aws:ec2/vpc:Vpc", name: "v", inputs, options }] };
});
console.log(JSON.stringify({ stacks }));
`;

describe("The sides of a diff", () => {
  let root = "";

  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@t", ...args], {
      stdio: "pipe",
    }).toString();
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  const commit = () => {
    git("add", "-A");
    git("commit", "-qm", "step");
    return git("rev-parse", "HEAD").trim();
  };
  const sides = (base?: string, stack = "all", ...changes: readonly string[]) =>
    revisionSides({ base, stack, changes, directory: root });
  const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith("ams-diff-"));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "ams-revisions-"));
    mkdirSync(join(root, "tools"));
    symlinkSync(packages, join(root, "node_modules"));
    write(".gitignore", "node_modules\n");
    write("package.json", '{"type": "module"}');
    write("package-lock.json", "1");
    git("init", "-q", "-b", "main");
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it("are each revision's own program, stack files and configuration, tried changes on the newer side alone", async () => {
    write("tools/plan.ts", program("old"));
    write("Pulumi.a.yaml", "one");
    const base = commit();
    write("tools/plan.ts", program("new"));
    write("Pulumi.a.yaml", "two");
    const { pairs, notes } = await sides(base, "all", "x=1");
    const [pair] = pairs;
    const shown = ({ resources }: NonNullable<typeof pair>["before"]) =>
      ["version", "text", "changes"].map((key) => resources[0]?.inputs[key]);
    assert.ok(pair !== undefined && pairs.length === 1);
    assert.deepEqual(shown(pair.before), ["old", "one", []]);
    assert.deepEqual(shown(pair.after), ["new", "two", ["x=1"]]);
    assert.deepEqual(notes, []);
  });

  it("give the base no credentials and leave nothing behind", async () => {
    write("tools/plan.ts", program("old"));
    write("Pulumi.a.yaml", "one");
    commit();
    const before = leftovers();
    process.env["AWS_SECRET_ACCESS_KEY"] = "canary";
    process.env["GITHUB_TOKEN"] = "canary";
    try {
      const { pairs } = await sides("HEAD");
      const seen = String(pairs[0]?.before.resources[0]?.inputs["environment"]);
      assert.match(seen, /PATH/);
      assert.doesNotMatch(seen, /AWS|TOKEN|PULUMI|HOME|PASSPHRASE/);
    } finally {
      delete process.env["AWS_SECRET_ACCESS_KEY"];
      delete process.env["GITHUB_TOKEN"];
    }
    assert.deepEqual(leftovers(), before);
  });

  it("start from the merge base with main", async () => {
    write("tools/plan.ts", program("1"));
    write("Pulumi.a.yaml", "x");
    commit();
    git("switch", "-qc", "change");
    write("tools/plan.ts", program("2"));
    commit();
    git("switch", "-q", "main");
    write("tools/plan.ts", program("3"));
    commit();
    git("switch", "-q", "change");
    const { pairs } = await sides();
    assert.equal(pairs[0]?.before.resources[0]?.inputs["version"], "1");
  });

  it("take stacks that one side alone has for new, or for gone", async () => {
    write("tools/plan.ts", program("1"));
    write("Pulumi.gone.yaml", "x");
    write("Pulumi.stays.yaml", "x");
    const base = commit();
    rmSync(join(root, "Pulumi.gone.yaml"));
    write("Pulumi.new.yaml", "x");
    const { pairs } = await sides(base);
    const counts = pairs.map(({ after, before }) => [after.stack, before.resources.length, after.resources.length]);
    assert.deepEqual(counts, [
      ["gone", 1, 0],
      ["new", 0, 1],
      ["stays", 1, 1],
    ]);
    assert.deepEqual(
      (await sides(base, "new")).pairs.map(({ after }) => after.stack),
      ["new"],
    );
    await assert.rejects(sides(base, "other"), UsageError);
  });

  it("say so where the base has no plan, other packages, or faults", async () => {
    write("Pulumi.a.yaml", "x");
    const first = commit();
    write("tools/plan.ts", program("1"));
    write("Pulumi.a.yaml", "fault");
    write("Pulumi.b.yaml", "x");
    write("package-lock.json", "2");
    const second = commit();
    write("Pulumi.a.yaml", "x");
    const early = await sides(first);
    assert.deepEqual(
      early.notes.map((note) =>
        /packages|does not contain the plan command yet, so all resources are shown as new/.test(note),
      ),
      [true, true],
    );
    assert.equal(early.pairs[0]?.before.resources.length, 0);
    const later = await sides(second);
    assert.match(
      later.notes.join("\n"),
      /a in the base revision cannot be planned, so all its resources are shown as new: a: a fault/,
    );
    assert.deepEqual(
      later.pairs.map(({ before }) => before.resources.length),
      [0, 1],
    );
  });

  it("fail with the newer side's faults", async () => {
    write("tools/plan.ts", program("1"));
    write("Pulumi.a.yaml", "x");
    commit();
    write("Pulumi.a.yaml", "fault");
    await assert.rejects(sides("HEAD"), (error) => error instanceof CommandError && /a: a fault/.test(error.message));
  });

  it("notice a secret that was set anew by its encrypted text", async () => {
    write("tools/plan.ts", program("1"));
    write("Pulumi.a.yaml", "config:\n  ams:token: {secure: v1:a}\n  ams:other: {secure: v1:c}\n");
    commit();
    write("Pulumi.a.yaml", "config:\n  ams:token: {secure: v1:b}\n  ams:other: {secure: v1:c}\n");
    const [pair] = (await sides("HEAD")).pairs;
    assert.ok(pair !== undefined);
    assert.deepEqual([...pair.secrets], ["token"]);
    const changes = compare(pair.before, pair.after, pair.secrets).resources[0]?.changes.map(({ path }) => path);
    assert.deepEqual(changes, ["text", "token"]);
  });

  it("refuse what names no commit, and a directory without history", async () => {
    write("tools/plan.ts", program("1"));
    commit();
    await assert.rejects(sides("no-such-branch"), UsageError);
    await assert.rejects(sides("HEAD:tools/plan.ts"), UsageError);
    rmSync(join(root, ".git"), { recursive: true });
    await assert.rejects(sides("HEAD"), /not in a Git repository/);
  });
});
