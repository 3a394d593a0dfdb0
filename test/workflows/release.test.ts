import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/contract.ts";
import { Bench, type Ran, script, workflows } from "../support/workflow.ts";

const { version }: { readonly version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const env = { REPO: "acme/cluster", TAG: `v${version}` };

describe("The release", () => {
  let bench: Bench;
  const git = (...words: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...words], {
      cwd: bench.path("source"),
      encoding: "utf8",
    });
  const step = (name: string, more: Readonly<Record<string, string>> = {}): Ran =>
    bench.run(script("release", "pack", name), { ...env, ...more }, "source");

  // A repository with the working copy as main.
  before(() => {
    bench = new Bench();
    const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
    for (const file of listed.split("\n").filter((name) => name !== "" && !name.startsWith("test/")))
      cpSync(join(root, file), bench.path("source", file));
    symlinkSync(join(root, "node_modules"), bench.path("source/node_modules"));
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--quiet", "--message=all");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
  });
  after(() => bench.remove());

  it("starts from a tag, and publishes nothing when it is started by hand", () => {
    const { on, jobs } = workflows()["release"] ?? assert.fail("no such workflow");
    assert.deepEqual(on, { push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] }, workflow_dispatch: null });
    const order = Object.entries(jobs).map(([name, { needs, environment }]) => [name, needs, environment]);
    assert.deepEqual(order, [
      ["check", undefined, undefined],
      ["pack", "check", undefined],
      ["publish", "pack", "npm"],
      ["announce", "publish", undefined],
    ]);
    assert.equal(jobs["publish"]?.if, "github.event_name == 'push' && github.ref_type == 'tag'");
  });

  it("refuses a tag of another version, or of a commit that is not on main", () => {
    const compare = (more = {}): Ran => step("Compare the tag with the sources", more);
    assert.equal(compare().status, 0);
    const other = compare({ TAG: "v9.9.9" });
    assert.equal(other.status, 1);
    assert.match(other.stderr, new RegExp(`v9\\.9\\.9.*${version}`));
    git("commit", "--quiet", "--allow-empty", "--message=beside");
    const beside = compare();
    git("reset", "--quiet", "--hard", "HEAD^");
    assert.equal(beside.status, 1);
    assert.match(beside.stderr, /not on main/);
  });

  it("takes the notes from the version's section of the change log, and stops without one", () => {
    assert.equal(step("Write the release notes").status, 0);
    const notes = bench.read("source/out/notes.md");
    assert.match(notes, /### Added/);
    assert.doesNotMatch(notes, /^## /m);
    bench.write("source/CHANGELOG.md", "## [Unreleased]\n\n- one\n\n## [0.0.1]\n\n- two\n");
    const none = step("Write the release notes");
    git("checkout", "--quiet", "CHANGELOG.md");
    assert.equal(none.status, 1);
    assert.match(none.stderr, /no section/);
  });

  it("packs what a program loads, names the repository in it, and gives its digest and bill of materials", () => {
    assert.equal(step("Write the release notes").status, 0);
    for (const name of ["Pack", "Write the bill of materials and the digests"]) {
      const run = step(name);
      assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
    }
    const out = bench.path("source/out");
    const archive = `ams-cluster-${version}.tgz`;
    const materials = `ams-cluster-${version}.cdx.json`;
    assert.deepEqual(readdirSync(out).sort(), ["SHA256SUMS", materials, archive, "notes.md"].sort());
    const digest = createHash("sha256")
      .update(readFileSync(join(out, archive)))
      .digest("hex");
    for (const file of ["SHA256SUMS", "notes.md"])
      assert.ok(readFileSync(join(out, file), "utf8").includes(digest), file);
    const inArchive = (file: string): string =>
      execFileSync("tar", ["xzOf", join(out, archive), `package/${file}`], { encoding: "utf8" });
    const packed = JSON.parse(inArchive("package.json"));
    assert.deepEqual(packed.repository, { type: "git", url: "git+https://github.com/acme/cluster.git" });
    assert.equal(packed.version, version);
    assert.ok(packed.keywords.includes("pulumi"));
    assert.match(inArchive("dist/ams-cluster.js"), /AmsCluster/);
    const bill = JSON.parse(readFileSync(join(out, materials), "utf8"));
    assert.equal(bill.bomFormat, "CycloneDX");
    assert.ok(bill.components.some(({ name }: { readonly name: string }) => name === "zod"));
    assert.ok(!bill.components.some(({ name }: { readonly name: string }) => name === "mocha"));
  });

  for (const { job, last, call } of [
    {
      job: "publish",
      last: "Publish to npm",
      call: `npm publish ./ams-cluster-${version}.tgz --provenance --access public --ignore-scripts`,
    },
    {
      job: "announce",
      last: "Create the GitHub release",
      call: `gh release create v${version} --verify-tag --title v${version} --notes-file notes.md ./ams-cluster-${version}.tgz ./ams-cluster-${version}.cdx.json SHA256SUMS`,
    },
  ]) {
    it(`verifies the digests before it ${job === "publish" ? "publishes to npm" : "creates the GitHub release"}`, () => {
      const other = new Bench();
      try {
        const fetch = `case "$*" in "run download"*) rm -rf out; cp -r ${bench.path("source/out")} out; eval "$TAMPER" ;; *) echo "gh $*" >> ../calls.txt ;; esac`;
        other.standIn("gh", fetch);
        other.standIn("npm", 'echo "npm $*" >> ../calls.txt');
        const steps = workflows()["release"]?.jobs[job]?.steps.filter(({ run }) => run !== undefined) ?? [];
        assert.equal(steps.at(-1)?.name, last);
        const run = (tamper: string): boolean => {
          other.write("calls.txt", "");
          return steps.every(
            ({ run: text = "" }) => other.run(text, { ...env, RUN_ID: "7", TAMPER: tamper }).status === 0,
          );
        };
        assert.equal(run("echo x >> out/*.tgz"), false);
        assert.equal(other.read("calls.txt"), "");
        assert.equal(run(""), true);
        assert.equal(other.read("calls.txt"), `${call}\n`);
      } finally {
        other.remove();
      }
    });
  }
});
