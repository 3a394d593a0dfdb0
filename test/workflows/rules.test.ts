import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { actionlintTool } from "../../dev/actionlint.ts";
import { goTool } from "../../dev/go-tool.ts";
import { type Job, type Step, sharedSteps, sources, workflows } from "../support/workflow.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const all = workflows();

const jobs: readonly (readonly [name: string, job: Job])[] = Object.entries(all).flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => [`${file}.${name}`, job] as const),
);

const scripts: readonly (readonly [name: string, step: Step])[] = [
  ...jobs.flatMap(([name, job]) => job.steps.map((step) => [name, step] as const)),
  ...sharedSteps().map((step) => ["shared", step] as const),
].filter(([, step]) => step.run !== undefined);

const namesOf = (pick: (job: Job) => boolean): readonly string[] =>
  jobs
    .filter(([, job]) => pick(job))
    .map(([name]) => name)
    .sort();

const uses = (job: Job, action: string): boolean => job.steps.some((step) => step.uses?.startsWith(action) ?? false);

describe("The workflows", () => {
  it("satisfy actionlint, with shellcheck over their scripts", () => {
    assert.equal(spawnSync("shellcheck", ["--version"]).status, 0, "shellcheck is not installed");
    const run = spawnSync(goTool(actionlintTool), ["-no-color"], { cwd: project, encoding: "utf8" });
    assert.equal(run.stdout, "");
    assert.equal(run.status, 0, run.stderr);
  });

  it("are the ten files that this test knows", () => {
    const names = [
      "check",
      "comment",
      "deploy",
      "drift",
      "nightly",
      "preview",
      "prices",
      "release",
      "restore-drill",
      "site",
    ];
    assert.deepEqual(Object.keys(all).sort(), names);
  });

  it("pin each action by a full commit, with its version beside it, and one commit per action", () => {
    const pins = new Map<string, string>();
    const lines = sources().flatMap(([, text]) => text.split("\n").filter((line) => /\buses:/.test(line)));
    assert.ok(lines.length > 10);
    for (const line of lines) {
      if (/uses: \.\/\.github\//.test(line)) continue;
      const match = line.match(/uses: ([\w-]+\/[\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/);
      assert.ok(match, line);
      const [, action = "", pin = ""] = match;
      assert.equal(pins.get(action) ?? pin, pin, action);
      pins.set(action, pin);
    }
  });

  it("give no permission at the top, and each job only what this list says", () => {
    for (const [name, workflow] of Object.entries(all)) assert.deepEqual(workflow.permissions, {}, name);
    const granted = jobs.map(
      ([name, job]) =>
        `${name}: ${Object.entries(job.permissions ?? {})
          .flat()
          .join(" ")}`,
    );
    assert.deepEqual(granted.sort(), [
      "check.check: contents read",
      "comment.comment: actions read pull-requests write",
      "deploy.check: contents read",
      "deploy.preview: contents read id-token write",
      "deploy.up: contents read id-token write",
      "drift.drift: contents read id-token write issues write",
      "nightly.audit: contents read",
      "nightly.fuzz: contents read",
      "nightly.heal: contents read",
      "nightly.newest: contents read",
      "nightly.stacks: contents read",
      "nightly.tests: contents read",
      "preview.live: contents read id-token write",
      "preview.offline: contents read",
      "prices.ask: contents read",
      "prices.propose: actions read contents write pull-requests write",
      "prices.told: ",
      "release.announce: actions read contents write",
      "release.check: contents read",
      "release.pack: contents read",
      "release.publish: actions read id-token write",
      "restore-drill.drill: contents read id-token write",
      "site.build: contents read",
      "site.publish: pages write id-token write",
    ]);
  });

  it("hand secrets to nothing but the steps that start Pulumi in an environment's job", () => {
    const withSecrets = jobs.flatMap(([name, job]) => {
      const { steps, ...rest } = job;
      assert.doesNotMatch(JSON.stringify(rest), /secrets\./, name);
      return steps.filter((step) => /secrets[.[]/.test(JSON.stringify(step))).map((step) => [name, job, step] as const);
    });
    assert.equal(withSecrets.length, 4);
    for (const [name, job, step] of withSecrets) {
      assert.ok(job.environment !== undefined, name);
      assert.match(step.run ?? "", /pulumi (preview|up) /, name);
    }
  });

  it("run foreign code only with a token that reads, without secrets, environment or OIDC", () => {
    const foreign = namesOf((job) => uses(job, "actions/checkout") && job.environment === undefined);
    assert.deepEqual(foreign, [
      "check.check",
      "nightly.audit",
      "nightly.fuzz",
      "nightly.heal",
      "nightly.newest",
      "nightly.stacks",
      "nightly.tests",
      "preview.offline",
      "prices.ask",
      "release.pack",
      "site.build",
    ]);
    for (const [name, job] of jobs.filter(([one]) => foreign.includes(one))) {
      assert.deepEqual(job.permissions, { contents: "read" }, name);
      assert.doesNotMatch(JSON.stringify(job), /secrets[.[]|github\.token|GITHUB_TOKEN|vars\./, name);
    }
  });

  it("reach the clouds from a pull request only for branches of this repository", () => {
    const condition = all["preview"]?.jobs["live"]?.if ?? "";
    assert.match(condition, /&& github\.event\.pull_request\.head\.repo\.full_name == github\.repository &&/);
    assert.doesNotMatch(condition, /\|\|/);
  });

  it("never run a pull request's code with the rights of the base", () => {
    for (const [name, workflow] of Object.entries(all)) {
      assert.equal("pull_request_target" in workflow.on, false, name);
      if (!("workflow_run" in workflow.on)) continue;
      for (const job of Object.values(workflow.jobs)) {
        assert.deepEqual(
          job.steps.filter((step) => step.uses !== undefined),
          [],
          name,
        );
        for (const { run = "" } of job.steps) assert.doesNotMatch(run, /\b(npm|node|npx|git|source|eval)\b/, name);
      }
    }
  });

  it("check out without leaving the token in the working copy", () => {
    const checkouts = jobs.flatMap(([, job]) => job.steps.filter((step) => step.uses?.startsWith("actions/checkout@")));
    assert.ok(checkouts.length >= 5);
    for (const { with: inputs } of checkouts) assert.equal(inputs["persist-credentials"], "false");
  });

  it("put no expression into a script: values come through the environment", () => {
    assert.ok(scripts.length > 15);
    for (const [name, step] of scripts) assert.doesNotMatch(step.run ?? "", /\$\{\{/, `${name}: ${step.name}`);
  });

  it("restore no cache where credentials are", () => {
    const cached = namesOf((job) => uses(job, "actions/cache") || job.steps.some((step) => "cache" in step.with));
    assert.deepEqual(cached, [
      "check.check",
      "nightly.fuzz",
      "nightly.heal",
      "nightly.newest",
      "nightly.stacks",
      "nightly.tests",
    ]);
    assert.equal(
      sharedSteps().some((step) => step.uses?.startsWith("actions/cache") || "cache" in step.with),
      false,
    );
  });

  it("end in a known time", () => {
    for (const [name, job] of jobs) {
      if (job.uses === undefined) assert.ok((job["timeout-minutes"] ?? 0) > 0, name);
    }
  });

  it("run every script with bash that stops at a failing part", () => {
    for (const [name, workflow] of Object.entries(all)) {
      assert.deepEqual(workflow.defaults, { run: { shell: "bash" } }, name);
    }
  });

  it("use only commands that package.json has", () => {
    const known = Object.keys(JSON.parse(readFileSync(`${project}/package.json`, "utf8")).scripts);
    const asked = scripts.flatMap(([, step]) =>
      [...(step.run ?? "").matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] ?? ""),
    );
    assert.ok(asked.includes("types"));
    for (const name of new Set([...asked, "test"])) assert.ok(known.includes(name), `npm run ${name}`);
  });

  it("never update one stack twice at once, never cancel an update, and never skip its preview", () => {
    const up = all["deploy"]?.jobs["up"];
    assert.match(up?.concurrency?.group ?? "", /^up-\$\{\{ matrix\.stack \}\}$/);
    assert.equal(up?.concurrency?.["cancel-in-progress"], false);
    assert.equal(all["deploy"]?.concurrency, undefined);
    assert.equal(up?.needs, "preview");
    const updates = scripts.filter(([, step]) =>
      /pulumi (up|destroy|refresh|import|cancel|state)\b/.test(step.run ?? ""),
    );
    assert.deepEqual(
      updates.map(([name]) => name),
      ["deploy.up"],
    );
    assert.doesNotMatch(updates[0]?.[1].run ?? "", /--skip-preview|--target|--refresh/);
  });

  it("ask each night for known weaknesses, and try ten thousand configurations from no fixed seed, a fault at every operation, each pair of variants, and what no commit waits for", () => {
    const commands = scripts.filter(([name]) => name.startsWith("nightly.")).map(([, step]) => step.run ?? "");
    for (const command of ["npm audit", "npm audit signatures"]) assert.ok(commands.includes(command));
    assert.ok(commands.includes("npm run fuzz -- --runs 10000"));
    assert.ok(commands.includes("npm run clusters"));
    assert.ok(commands.includes("npm run heal -- --mixed --every 1"));
    assert.ok(commands.includes("npm run variants"));
    assert.ok(commands.some((command) => command.endsWith("npm run test:nightly -- --tests")));
    assert.ok("schedule" in (all["nightly"]?.on ?? {}));
  });

  it("install the pinned Pulumi before anything that starts it", () => {
    const starting = jobs.filter(([, job]) =>
      job.steps.some(({ run = "" }) =>
        /\bpulumi (preview|up) |npm (run (heal|variants|newest|test|setup)|test)/.test(run),
      ),
    );
    assert.ok(starting.length >= 9, starting.map(([name]) => name).join(" "));
    const shared = ["./.github/actions/pulumi", "./.github/actions/stack"];
    for (const [name, { steps }] of starting) {
      const install = steps.findIndex(({ uses = "" }) => shared.includes(uses));
      const start = steps.findIndex(({ run = "" }) => /pulumi |npm run (heal|variants|newest|setup)/.test(run));
      assert.ok(install !== -1 && install < start, name);
    }
    assert.ok(sharedSteps().some(({ uses }) => uses === shared[0]));
  });

  it("deploy from main alone, after the checks", () => {
    assert.deepEqual(all["deploy"]?.on, { push: { branches: ["main"] }, workflow_dispatch: null });
    assert.match(all["deploy"]?.jobs["preview"]?.if ?? "", /&& github\.ref == 'refs\/heads\/main'$/);
    assert.equal(all["deploy"]?.jobs["preview"]?.needs, "check");
    assert.match(all["drift"]?.jobs["drift"]?.if ?? "", /&& github\.ref == 'refs\/heads\/main'$/);
    assert.match(all["restore-drill"]?.jobs["drill"]?.if ?? "", /&& github\.ref == 'refs\/heads\/main'$/);
    assert.match(all["site"]?.jobs["publish"]?.if ?? "", /&& github\.ref == 'refs\/heads\/main'$/);
    assert.equal(all["site"]?.jobs["publish"]?.needs, "build");
  });
});
