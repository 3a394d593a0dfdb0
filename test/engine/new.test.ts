import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse as parseYaml } from "yaml";
import { parse } from "../../config/parse.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { clouds, root } from "../support/contract.ts";
import { requireEngine } from "../support/stack.ts";

const files = ["Pulumi.yaml", "Pulumi.aws.yaml", "Pulumi.alibaba.yaml", "package.json", "start.mjs", "index.ts"];

/** In the place of npm, which would ask its registry. */
const npm = "#!/bin/sh\nmkdir -p node_modules\n";

describe("pulumi new", () => {
  let directory = "";

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "ams-new-"));
    for (const part of ["template", "bin", "home"]) mkdirSync(join(directory, part));
    for (const file of files) copyFileSync(join(root, file), join(directory, "template", file));
    writeFileSync(join(directory, "bin/npm"), npm);
    chmodSync(join(directory, "bin/npm"), 0o755);
  });

  after(() => rmSync(directory, { recursive: true, force: true }));

  function make(name: string, ...words: readonly string[]): string {
    const made = join(directory, name);
    // A backend has each project's name once.
    const backend = join(directory, `backend-${name}`);
    mkdirSync(backend);
    const engine = requireEngine();
    const run = spawnSync(engine.pulumi, ["new", join(directory, "template"), "--yes", "--dir", made, ...words], {
      cwd: directory,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: [join(directory, "bin"), engine.directory, process.env["PATH"]].join(delimiter),
        PULUMI_HOME: join(directory, "home"),
        PULUMI_BACKEND_URL: `file://${backend}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    });
    assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
    return made;
  }

  it("makes a project named ams, as the configuration's keys need it, without the template's own part", () => {
    const made = make("generated", "--generate-only");
    const { name, template, runtime } = parseYaml(readFileSync(join(made, "Pulumi.yaml"), "utf8"));
    assert.deepEqual([name, template, runtime.options], ["ams", undefined, { typescript: false }]);
    for (const file of files) assert.ok(existsSync(join(made, file)), file);
  });

  for (const cloud of clouds) {
    it(`makes a stack ${cloud} that has the shipped file's cluster, without an answer to any question`, () => {
      const made = make(cloud, "--stack", cloud);
      const { cluster, faults } = parse(readStack(made, cloud));
      assert.deepEqual(faults, []);
      assert.deepEqual(cluster, parse(readStack(root, cloud)).cluster);
    });
  }

  it("takes the answers into the stack's file, and would take a licence key as a secret", () => {
    const answers = { "ams:cloud": "aws", "aws:region": "eu-west-1" };
    const made = make(
      "answered",
      "--stack",
      "other",
      ...Object.entries(answers).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    );
    const { config } = parseYaml(readFileSync(join(made, "Pulumi.other.yaml"), "utf8"));
    assert.deepEqual(config, answers);
    const { template } = parseYaml(readFileSync(join(root, "Pulumi.yaml"), "utf8"));
    assert.deepEqual(Object.keys(template.config), ["ams:cloud", "aws:region", "alicloud:region", "ams:licenceKey"]);
    assert.equal(template.config["ams:licenceKey"].secret, true);
  });
});
