import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { pulumiVersion } from "../../dev/engine.ts";
import { Bench, type Ran, script, sharedSteps } from "../support/workflow.ts";

const failedPreview = JSON.stringify({
  steps: [],
  diagnostics: [
    { severity: "warning", message: "old" },
    { severity: "error", message: "error: ams:network.cidr: too small" },
  ],
});

describe("The workflows' steps", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
    bench.write("answer", "");
    bench.standIn(
      "npm",
      `echo "npm $*" >> calls.txt; cat answer; cat errors-answer >&2 2>/dev/null; exit "\${NPM_STATUS:-0}"`,
    );
    bench.standIn(
      "pulumi",
      `echo "pulumi $*" >> calls.txt; cat preview-answer; echo note >&2; exit "\${PULUMI_STATUS:-0}"`,
    );
  });
  afterEach(() => bench.remove());

  const calls = (): string => (existsSync(bench.path("calls.txt")) ? bench.read("calls.txt") : "");

  describe("of the offline diff", () => {
    const compare = (env: Readonly<Record<string, string>>): Ran =>
      bench.run(script("preview", "offline", "Compare both clouds with main"), env);

    it("compare with the merge's first parent and keep the text", () => {
      bench.write("answer", "1 to create\n");
      const run = compare({});
      assert.equal(run.status, 0, run.stderr);
      assert.equal(bench.read("out/offline.md"), "1 to create\n");
      assert.equal(run.summary, "1 to create\n");
      assert.equal(run.output, "");
      assert.equal(calls(), "npm run --silent diff -- HEAD^1 --markdown\n");
    });

    it("show the faults of a configuration in the comment, and let a later step fail", () => {
      bench.write("answer", "half a text");
      bench.write("errors-answer", "ams:edge.max: got 0; allowed: 1 or more\n");
      const run = compare({ NPM_STATUS: "1" });
      assert.equal(run.status, 0, run.stderr);
      assert.equal(run.output, "failed=true\n");
      assert.match(bench.read("out/offline.md"), /could not be compared.*~~~~text\nams:edge\.max: got 0.*~~~~\n$/s);
      assert.doesNotMatch(bench.read("out/offline.md"), /half a text/);
    });
  });

  describe("of the live preview", () => {
    const env = { STACK: "aws" };
    const preview = (status = "0"): Ran =>
      bench.run(script("preview", "live", "Preview the live stack"), { ...env, PULUMI_STATUS: status });

    it("preview without asking and give the JSON to the project's own summary", () => {
      bench.write("preview-answer", `{"steps":[]}`);
      bench.write("answer", "nothing changes\n");
      assert.equal(preview().status, 0);
      assert.equal(bench.read("preview.json"), `{"steps":[]}`);
      const run = bench.run(script("preview", "live", "Summarise"), { ...env, FAILED: "" });
      assert.equal(run.status, 0, run.stderr);
      assert.equal(bench.read("out/aws.md"), "nothing changes\n");
      assert.equal(
        calls(),
        "pulumi preview --json --non-interactive --stack aws\nnpm run --silent diff -- --preview preview.json --markdown\n",
      );
    });

    it("say why a preview failed, also when Pulumi wrote no JSON", () => {
      for (const [answer, reason] of [
        [failedPreview, /error: ams:network\.cidr: too small/],
        ["", /note/],
      ] as const) {
        bench.write("preview-answer", answer);
        const run = preview("1");
        assert.equal(run.status, 0, run.stderr);
        assert.equal(run.output, "failed=true\n");
        bench.run(script("preview", "live", "Summarise"), { ...env, FAILED: "true" });
        assert.match(bench.read("out/aws.md"), reason);
        assert.doesNotMatch(bench.read("out/aws.md"), /\bold\b/);
      }
      assert.doesNotMatch(calls(), /npm/);
    });
  });

  describe("of the drift check", () => {
    const env = { STACK: "alibaba", REPO: "acme/cluster", RUN_URL: "https://github.com/acme/cluster/actions/runs/7" };
    const look = (status: string): Ran =>
      bench.run(script("drift", "drift", "Check for drift"), { ...env, PULUMI_STATUS: status });
    const keepIssue = (state: string, open: readonly object[]): Ran => {
      bench.standIn(
        "gh",
        `echo "gh $*" >> calls.txt; case "$*" in *--paginate*) cat issues-answer ;; *) cp "\${@: -1}" sent.json ;; esac`,
      );
      bench.write("issues-answer", JSON.stringify(open));
      bench.write("drift.md", "1 to update");
      return bench.run(script("drift", "drift", "Keep one issue"), { ...env, STATE: state });
    };

    it("know drift, no drift and a failure to look apart by Pulumi's exit code", () => {
      bench.write("preview-answer", "{}");
      for (const [status, state] of [
        ["0", "clean"],
        ["7", "drifted"],
        ["1", "failed"],
        ["255", "failed"],
      ] as const) {
        const run = look(status);
        assert.equal(run.status, 0, run.stderr);
        assert.equal(run.output, `state=${state}\n`);
      }
      assert.match(calls(), /^pulumi preview --refresh --expect-no-changes --json --non-interactive --stack alibaba\n/);
    });

    it("summarise what drifted, and what kept the check from looking", () => {
      bench.write("answer", "2 to update\n");
      bench.write("preview.json", failedPreview);
      bench.write("errors.txt", "no credentials\n");
      const summarise = (state: string): string => {
        assert.equal(bench.run(script("drift", "drift", "Summarise"), { ...env, STATE: state }).status, 0);
        return bench.read("drift.md");
      };
      assert.equal(summarise("clean"), "No drift.\n");
      assert.equal(summarise("drifted"), "2 to update\n");
      assert.match(summarise("failed"), /itself failed.*too small.*no credentials/s);
    });

    it("open an issue, update it, and close it, each once", () => {
      const issue = { number: 9, body: "<!-- ams-cluster drift: alibaba -->\nold" };
      const other = { number: 8, body: "<!-- ams-cluster drift: aws -->" };
      const empty = { number: 7, body: null };
      for (const [state, open, call] of [
        ["drifted", [other, empty], "--method POST repos/acme/cluster/issues "],
        ["failed", [other, empty], "--method POST repos/acme/cluster/issues "],
        ["drifted", [other, issue], "--method PATCH repos/acme/cluster/issues/9 "],
        ["clean", [other, issue], "--method PATCH repos/acme/cluster/issues/9 "],
      ] as const) {
        bench.write("calls.txt", "");
        const run = keepIssue(state, open);
        assert.equal(run.status, 0, run.stderr);
        assert.ok(calls().includes(call), calls());
        assert.equal(calls().match(/--method/g)?.length, 1);
        const sent: { body?: string; state?: string } = JSON.parse(bench.read("sent.json"));
        if (state === "clean") assert.equal(sent.state, "closed");
        else assert.match(sent.body ?? "", /^<!-- ams-cluster drift: alibaba -->\n.*actions\/runs\/7.*1 to update$/s);
      }
    });

    it("touch no issue when there is no drift and none is open", () => {
      assert.equal(keepIssue("clean", [{ number: 8, body: "<!-- ams-cluster drift: aws -->" }]).status, 0);
      assert.doesNotMatch(calls(), /--method/);
    });

    it("end red unless the stack is clean", () => {
      const end = (state: string) =>
        bench.run(script("drift", "drift", "Fail unless the stack is clean"), { ...env, STATE: state }).status;
      assert.deepEqual(["clean", "drifted", "failed", ""].map(end), [0, 1, 1, 1]);
    });
  });

  describe("of the deployment", () => {
    it("stop before the approval when the preview fails, with its reason in the log", () => {
      bench.write("preview-answer", failedPreview);
      const run = bench.run(script("deploy", "preview", "Preview for the approver"), {
        STACK: "aws",
        PULUMI_STATUS: "1",
      });
      assert.equal(run.status, 1);
      assert.match(run.stderr, /too small/);
    });

    it("give the approver the summary, or fail with it", () => {
      bench.write("answer", "3 to replace\n");
      const summarise = (status: string): Ran =>
        bench.run(script("deploy", "preview", "Summarise"), { STACK: "aws", NPM_STATUS: status });
      assert.equal(summarise("0").summary, "## aws\n3 to replace\n");
      assert.notEqual(summarise("2").status, 0);
    });

    it("update the one stack and pass Pulumi's failure on", () => {
      bench.write("preview-answer", "");
      const update = (status: string) =>
        bench.run(script("deploy", "up", "Update"), { STACK: "aws", PULUMI_STATUS: status }).status;
      assert.equal(update("0"), 0);
      assert.equal(update("255"), 255);
      assert.match(calls(), /^pulumi up --yes --non-interactive --suppress-outputs --stack aws\n/);
    });
  });

  it("of the shared action put the pinned Pulumi first on the PATH, and nothing with another digest", () => {
    const install = sharedSteps().find((step) => step.name === "Install Pulumi");
    assert.equal(install?.env["VERSION"], pulumiVersion);
    bench.standIn("curl", `echo "curl $*" >> calls.txt; while [ "$1" != --output ]; do shift; done; cp archive "$2"`);
    mkdirSync(bench.path("pulumi"));
    bench.write("pulumi/pulumi", "the program");
    execFileSync("tar", ["czf", bench.path("archive"), "-C", bench.directory, "pulumi"]);
    const digest = createHash("sha256")
      .update(readFileSync(bench.path("archive")))
      .digest("hex");
    const run = (SHA256: string): Ran => {
      bench.write("path", "");
      const env = { VERSION: pulumiVersion, SHA256, RUNNER_TEMP: bench.path("temp"), GITHUB_PATH: bench.path("path") };
      return bench.run(install?.run ?? "", env);
    };
    assert.notEqual(run("0".repeat(64)).status, 0);
    assert.equal(bench.read("path"), "");
    const right = run(digest);
    assert.equal(right.status, 0, right.stderr);
    assert.equal(bench.read("path"), `${bench.path("temp")}/pulumi-${pulumiVersion}\n`);
    assert.equal(bench.read(`temp/pulumi-${pulumiVersion}/pulumi`), "the program");
    assert.match(calls(), new RegExp(`/download/v${pulumiVersion}/pulumi-v${pulumiVersion}-linux-x64\\.tar\\.gz`));
  });
});
