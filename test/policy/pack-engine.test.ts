import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { startOnEngine } from "../support/on-engine.ts";
import { type Run, type StackUnderTest, succeeded } from "../support/stack.ts";
import { placePack } from "./launcher.ts";

/** A secret that a person sets: the pack sees it in clear and must not show it. */
const canary = "CanaryCanaryCanaryCanary27";

/** The data volume, as somebody might spoil it. */
const volumes = { aws: "ams-aws-database-data", alibaba: "ams-alibaba-database-data" } as const;

for (const name of ["aws", "alibaba"] as const) {
  describe(`The policy pack on the real engine, over Pulumi.${name}.yaml`, () => {
    const refusal = new RegExp(
      `\\[mandatory\\] +encrypted-disks .*${volumes[name]}: encrypted is false, but must be true`,
      "s",
    );
    let stack: StackUnderTest;
    let close: (() => void) | undefined;
    let pack: string;

    before(async () => {
      ({ stack, close } = await startOnEngine({ stack: name, checkpoints: "end" }));
      await stack.setSecret("ams:panelPassword", canary);
      pack = placePack(stack);
    });

    after(() => close?.());

    const preview = async (...flags: readonly string[]): Promise<Run> => {
      const run = await stack.preview("--diff", "--policy-pack", pack, ...flags);
      assert.ok(!run.text.includes(canary), "the pack shows a secret");
      return run;
    };

    /** With the data volume unencrypted. */
    const carelessly = async <T>(act: () => Promise<T>): Promise<T> => {
      const file = stack.file(`providers/${name}/database/database.ts`);
      const good = readFileSync(file, "utf8");
      const bad = good.replaceAll(/\bencrypted: true\b/g, "encrypted: false");
      assert.notEqual(bad, good);
      writeFileSync(file, bad);
      return act().finally(() => writeFileSync(file, good));
    };

    /** With an exception for the volume, in a file as `--policy-pack-config` takes it. */
    const excepting = (until: string): readonly string[] => {
      const file = stack.file("exceptions.json");
      const exception = { resource: volumes[name], reason: "a copy through a snapshot is under way", until };
      writeFileSync(file, JSON.stringify({ "encrypted-disks": { exceptions: [exception] } }));
      return ["--policy-pack-config", file];
    };

    const clean = (run: Run): void => {
      succeeded(run);
      assert.match(run.text, /Policy Packs run:\n.*\n +ams-cluster/);
      assert.doesNotMatch(run.text, /\[(mandatory|advisory)\]/);
    };

    it("lets a new stack pass", async () => clean(await preview()));

    it("refuses an unencrypted volume with the rule's message, whatever an exception says that has ended", async () => {
      const run = await carelessly(() => preview(...excepting("2020-01-31")));
      assert.notEqual(run.code, 0);
      assert.match(run.text, refusal);
      assert.match(run.text, /the exception to encrypted-disks expired on 2020-01-31/);
    });

    it("lets it pass while an exception of the pack's configuration lasts", async () => {
      clean(await carelessly(() => preview(...excepting("2999-12-31"))));
    });

    it("lets the deployed stack pass, whose references are ids", async () => {
      succeeded(await stack.up());
      clean(await preview());
    });

    it("refuses the same volume of the deployed stack", async () => {
      const run = await carelessly(() => preview());
      assert.notEqual(run.code, 0);
      assert.match(run.text, refusal);
    });
  });
}
