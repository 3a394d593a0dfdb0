import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Package } from "../support/cloud/sdk.ts";
import type { Cloud } from "../support/cloud/server.ts";
import { isKept } from "../support/kept.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { type Run, type StackUnderTest, type Step, succeeded } from "../support/stack.ts";
import { atEachCommit, refusesLosses } from "./durable.ts";
import { bucketTypes, comesBackBesideItsBucket, recordingsOf } from "./recordings.ts";

interface StackFile {
  readonly stack: "aws" | "alibaba";
  readonly sdk: Package;
  readonly group: string;
  /** Property of the group that holds the largest number of machines. */
  readonly most: string;
}

const stackFiles: readonly StackFile[] = [
  { stack: "aws", sdk: "aws", group: "aws:autoscaling/group:Group", most: "maxSize" },
  { stack: "alibaba", sdk: "alicloud", group: "alicloud:ess/scalingGroup:ScalingGroup", most: "maxSize" },
];

/** A secret that a person sets: it must be seen nowhere in clear but in the cloud. */
const canary = "CanaryCanaryCanaryCanary27";

const operations = (steps: readonly Step[]): readonly string[] => [...new Set(steps.map((step) => step.op))];

/** Every file below a directory, as one text. */
function textOf(directory: string): string {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" }).map((name) => join(directory, name));
  return paths
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

for (const { stack: name, sdk, group, most } of stackFiles) {
  describe(`Pulumi.${name}.yaml on the real engine`, () => {
    const printed: string[] = [];
    let cloud: Cloud;
    let stack: StackUnderTest;
    let close: (() => void) | undefined;
    let planned: readonly Step[] = [];

    const seen = (run: Run): Run => {
      printed.push(run.text);
      return run;
    };

    const secretsInTheCloud = (): readonly string[] => {
      const generated = cloud
        .store("random")
        .all()
        .filter(({ type }) => type === "random:index/randomPassword:RandomPassword")
        .map((password) => String(password.outputs["result"]));
      return [canary, ...generated];
    };

    before(async () => {
      ({ cloud, stack, close } = await startOnEngine({ stack: name, ...quick }));
      stack.set("ams:recordings.store", "bucket");
      await stack.setSecret("ams:panelPassword", canary);
    });

    after(() => close?.());

    it("reports every fault in an invalid configuration, fails, and creates no resources", async () => {
      const file = stack.file(`Pulumi.${name}.yaml`);
      const good = readFileSync(file, "utf8");
      stack.set("ams:origin.min", "30");
      stack.set("ams:edge.cpuTargetPercent", "500");
      const run = seen(await stack.up());
      writeFileSync(file, good);
      assert.notEqual(run.code, 0);
      assert.match(run.text, /ams:origin\.m(in|ax)/);
      assert.match(run.text, /ams:edge\.cpuTargetPercent/);
      assert.deepEqual(cloud.standing(), []);
    });

    it("previews without making anything", async () => {
      const run = seen(succeeded(await stack.previewAnew("--diff")));
      planned = run.steps;
      assert.deepEqual(operations(planned), ["create"]);
      assert.deepEqual(cloud.standing(), []);
    });

    it("makes exactly what the preview said", async () => {
      const run = seen(succeeded(await stack.up()));
      const urns = (steps: readonly Step[]): readonly string[] => steps.map((step) => step.urn).sort();
      assert.deepEqual(urns(run.steps), urns(planned));
      assert.ok(cloud.store(sdk).all().length > 50, `${cloud.store(sdk).all().length} resources stand in the cloud`);
    });

    it("gives a host name in every URL of its outputs", async () => {
      const outputs = await stack.outputs();
      for (const key of ["publishUrl", "playUrl", "rtmpUrl", "panelUrl"]) {
        assert.match(String(outputs[key]), /^(https?|rtmps?):\/\/[a-z0-9.-]+/, key);
      }
    });

    it("has a page for Pulumi Cloud's console, which names outputs that there are", async () => {
      const outputs = await stack.outputs();
      const named = [...String(outputs["readme"]).matchAll(/\$\{outputs\.(\w+)\}/g)].map(([, key = ""]) => key);
      assert.ok(named.length > 5, `${named.length} outputs`);
      assert.deepEqual(
        named.filter((key) => !(key in outputs)),
        [],
      );
    });

    it("changes nothing when it runs again", async () => {
      const run = seen(succeeded(await stack.up("--expect-no-changes")));
      assert.deepEqual(run.steps, []);
    });

    it("updates exactly the origin group in place when origin.max changes", async () => {
      stack.set("ams:origin.max", "20");
      const run = seen(succeeded(await stack.up()));
      assert.deepEqual(
        run.steps.map((step) => [step.op, step.type, step.diffs]),
        [["update", group, [most]]],
      );
      const sizes = cloud
        .store(sdk)
        .all()
        .filter(({ type }) => type === group);
      assert.deepEqual(sizes.map(({ inputs }) => inputs[most]).sort(), [10, 20]);
    });

    it("finds no drift", async () => {
      const run = seen(succeeded(await stack.refresh("--expect-no-changes")));
      assert.deepEqual(operations(run.steps), ["refresh"]);
    });

    it("contains no unencrypted secret in its output, its state or its backend's files", async () => {
      const texts = [...printed, await stack.exported(), textOf(stack.file("backend"))].join("\n");
      const secrets = secretsInTheCloud();
      assert.ok(secrets.length > 4, "the stack has generated secrets");
      const stored = JSON.stringify(cloud.store(sdk).all());
      assert.ok(
        secrets.every((secret) => stored.includes(secret)),
        "the cloud's secret store has them all",
      );
      assert.deepEqual(
        secrets.filter((secret) => texts.includes(secret)),
        [],
      );
    });

    it("is not destroyed while it is protected", async () => {
      const before = cloud.standing().length;
      const run = seen(await stack.destroy());
      assert.notEqual(run.code, 0);
      assert.match(run.text, /protect/);
      assert.equal(cloud.standing().length, before);
    });

    refusesLosses(
      name,
      () => stack,
      (what) => atEachCommit.includes(what),
    );

    it("has lost nothing by it, and replaces nothing when the protection is switched off", async () => {
      stack.set("ams:protect", "false");
      const run = seen(succeeded(await stack.up()));
      assert.deepEqual(operations(run.steps), ["update"]);
    });

    it("leaves nothing behind when it is destroyed then but what holds data, recordings with what keeps them private", async () => {
      const recordings = recordingsOf(name, cloud.standing());
      seen(succeeded(await stack.destroy()));
      const left = cloud.standing();
      assert.ok(left.some(isKept));
      assert.deepEqual(
        recordings.filter(({ id }) => !left.some((one) => one.id === id)),
        [],
      );
      assert.deepEqual(
        left.filter((one) => !isKept(one) && !bucketTypes[name].test(one.type)),
        [],
      );
    });

    if (name === "alibaba")
      it("comes back with another generation beside the bucket that stayed", async () =>
        comesBackBesideItsBucket(stack, cloud));
  });
}
