import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "../../config/parse.ts";
import { userData } from "../../machine/index.ts";
import { machineOf } from "../../model/capacity/machines.ts";
import { record } from "../../recording/record.ts";
import { paintFor } from "../../tools/cli/terminal.ts";
import { toJson } from "../../tools/plan/json.ts";
import { page } from "../../tools/plan/page.ts";
import { summarize } from "../../tools/plan/summaries.ts";
import { clouds, root, stackFiles } from "../support/contract.ts";
import { canary } from "../support/databases.ts";

const plain = { paint: (_: string, text: string) => text, width: Number.POSITIVE_INFINITY };

function plan(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [join(root, "start.mjs"), "tools/cli.ts", "plan", ...words], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    maxBuffer: 2 ** 26,
  });
}

const longerThan = (width: number, text: string): readonly string[] =>
  text.split("\n").filter((line) => line.length > width);

describe("npm run plan", () => {
  it("shows both clouds in plain text in a pipe, each resource in one line", () => {
    const { stdout, stderr, status } = plan(["all"]);
    assert.equal(status, 0, stderr);
    for (const cloud of clouds)
      assert.match(stdout, new RegExp(`^${cloud}  ${cloud} .*: \\d+ resources in \\d+ parts$`, "m"));
    assert.match(stdout, /443 +https/);
    assert.match(stdout, /publishUrl +https:\/\/live\.example\.com\//);
    assert.match(stdout, /iam\.RolePolicyAttachment +snapshots +arn:aws:iam::aws:policy\/service-role\/\w+\n/);
    assert.ok(!stdout.includes("\u001b"), "colours in a pipe");
  });

  it("keeps to the width in COLUMNS", () => {
    const { stdout } = plan(["aws"], { COLUMNS: "80" });
    assert.deepEqual(longerThan(80, stdout), []);
  });

  it("prints one JSON object on standard output and nothing else, with decoded user data", () => {
    const { stdout, stderr, status } = plan(["aws", "--json"]);
    assert.equal(status, 0);
    const { stacks, ...rest } = JSON.parse(stdout);
    assert.deepEqual(
      [rest, stacks.length, Object.keys(stacks[0])],
      [{}, 1, ["stack", "cloud", "resources", "outputs", "stated"]],
    );
    assert.deepEqual(Object.keys(stacks[0].resources[0]), ["urn", "type", "name", "parent", "dependencies", "inputs"]);
    assert.match(stderr, /warning: aws: ams:domain\.name still has the example value/);
    const { cluster } = parse(stackFiles.aws);
    assert.ok(
      cluster !== undefined &&
        stdout.includes(JSON.stringify(userData(cluster, "edge", [machineOf("aws", "c5.xlarge")]))),
    );
  });

  it("tries changes, and says a fault as the program does, with exit code 1", () => {
    const tried = plan(["aws", "--config", "edge.max=20", "--config", "ams:balancer.rtmp=false"]);
    assert.match(tried.stdout, /2 to 20 machines/);
    assert.ok(!tried.stdout.includes("1935  tcp"));
    const { stdout, stderr, status } = plan(["aws", "--config", "origin.max=0", "--config=edge.min=x"]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /2 errors; no resources were created:\n {2}- ams:origin\.max: got 0; allowed/);
    assert.doesNotMatch(stderr, /\n\s+at /, "a stack trace");
  });

  const misuse: readonly (readonly [words: readonly string[], message: RegExp])[] = [
    [[], /no stack specified; available stacks: aws, alibaba/],
    [["nosuch"], /no file Pulumi\.nosuch\.yaml; available stacks: aws, alibaba/],
    [["aws", "--colour"], /unknown option '--colour'/],
    [["aws", "--config"], /option '--config <key=value>' argument missing/],
    [["aws", "--config", "origin.max"], /must be key=value/],
  ];
  for (const [words, message] of misuse) {
    it(`explains the misuse ${JSON.stringify(words)} with exit code 2`, () => {
      const { stdout, stderr, status } = plan(words);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, message);
    });
  }

  it("says where a stack file is broken, with exit code 1, and plans any stack that has a file", () => {
    const directory = mkdtempSync(join(tmpdir(), "plan-"));
    try {
      for (const file of ["Pulumi.yaml", "Pulumi.aws.yaml"]) cpSync(join(root, file), join(directory, file));
      writeFileSync(join(directory, "Pulumi.bad.yaml"), "config:\n  ams:cloud: [aws\n");
      const text = readFileSync(join(directory, "Pulumi.aws.yaml"), "utf8");
      writeFileSync(join(directory, "Pulumi.aws-prod.yaml"), `${text}  ams:panelPassword:\n    secure: v1:${canary}\n`);
      const bad = plan(["bad", "-C", directory]);
      assert.deepEqual([bad.status, bad.stdout], [1, ""]);
      assert.match(bad.stderr, /^bad: Pulumi\.bad\.yaml:3:1: /);
      const good = plan(["aws-prod", "--cwd", directory, "--json"]);
      assert.equal(good.status, 0, good.stderr);
      assert.ok(good.stdout.includes('"stack":"aws-prod"') && !good.stdout.includes(canary));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("explains itself", () => {
    const { stdout, status } = plan(["--help"]);
    assert.equal(status, 0);
    assert.match(stdout, /Usage: npm run plan -- STACK/);
  });
});

describe("A plan's text and JSON", () => {
  for (const cloud of clouds) {
    it(`holds no secret on ${cloud}`, async () => {
      const secret = `${canary}0123456789`;
      const secrets = { panelPassword: secret, databasePassword: secret };
      const raw = { ...stackFiles[cloud], secrets };
      const recording = await record(raw);
      const { cluster } = parse(raw);
      assert.ok(cluster !== undefined);
      const json = JSON.stringify(toJson(cloud, cluster, recording));
      assert.ok(json.includes('"[secret]"'));
      assert.ok(!json.includes(canary) && !page(cloud, cluster, recording, plain).includes(canary));
    });

    it(`names each part and each kind of resource on ${cloud}`, async () => {
      const recording = await record(stackFiles[cloud]);
      const { cluster } = parse(stackFiles[cloud]);
      assert.ok(cluster !== undefined);
      const text = page(cloud, cluster, recording, plain);
      const kinds = recording.resources.map(({ type }) => type.split(":").at(-1) ?? "");
      assert.deepEqual(
        kinds.filter((kind) => !text.includes(kind)),
        [],
      );
    });
  }
});

describe("A plan's page", () => {
  for (const cloud of clouds) {
    it(`breaks the lines of ${cloud}'s tables at a terminal's width and cuts no text`, async () => {
      const recording = await record(stackFiles[cloud]);
      const { cluster } = parse(stackFiles[cloud]);
      assert.ok(cluster !== undefined);
      const letters = (text: string): string => [...text.replace(/\s/g, "")].sort().join("");
      const whole = page(cloud, cluster, recording, plain);
      assert.ok(!whole.includes("…"));
      for (const width of [80, 120]) {
        const text = page(cloud, cluster, recording, { ...plain, width });
        assert.deepEqual([longerThan(width, text), letters(text)], [[], letters(whole)], `${width} columns`);
      }
    });

    it(`names the metric of each alarm, and says that nobody may open the panel, on ${cloud}`, async () => {
      const recording = await record(stackFiles[cloud]);
      const { cluster } = parse(stackFiles[cloud]);
      assert.ok(cluster !== undefined && cluster.access.adminCidrs.length === 0);
      const lines = page(cloud, cluster, recording, plain).split("\n");
      const alarms = recording.resources.filter(({ type }) => /:(MetricAlarm|Alarm)$/.test(type));
      const unnamed = alarms.filter(
        (alarm) => !/^(?!GreaterThan|LessThan)[A-Za-z_]\w+[, ]/.test(summarize(alarm, cluster.name).join(", ")),
      );
      assert.deepEqual([alarms.length > 10, unnamed.map(({ name }) => name)], [true, []]);
      assert.ok(lines.some((line) => /^ +4444 .*blocked: no admin ranges$/.test(line)));
    });
  }
});

describe("Colours", () => {
  const stream = (isTTY: boolean) => Object.assign(Object.create(process.stdout), { isTTY, hasColors: () => true });
  const rows: readonly (readonly [boolean, NodeJS.ProcessEnv, boolean])[] = [
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ];
  for (const [isTTY, environment, coloured] of rows) {
    const where = isTTY ? "a terminal" : "a pipe";
    it(`are ${coloured ? "on" : "off"} in ${where} with ${JSON.stringify(environment)}`, () => {
      assert.equal(paintFor(stream(isTTY), environment)("bold", "x") !== "x", coloured);
    });
  }
});
