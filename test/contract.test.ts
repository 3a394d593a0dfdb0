import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConfigError } from "../config/fault.ts";
import type { RawConfig } from "../config/raw.ts";
import { loadAdapter, type Recording, record, recordProgram, renderCluster } from "../recording/record.ts";
import { Unknown, valueAt } from "../recording/value.ts";
import { clouds, onBothClouds, onEachCloud, render, root, stackFiles } from "./support/contract.ts";
import * as rules from "./support/contract-rules.ts";

/** Each rule of `providers/contract.ts`, by its number, over both adapters, both stack files and random clusters. */

describe("Contract rule 1: equal component trees", () => {
  onBothClouds(rules.equalTrees);
});

describe("Contract rule 2: every resource descends from the one Cluster part", () => {
  onEachCloud(rules.oneRoot);
});

describe("Contract rule 3: the rendered resources match the model", () => {
  onEachCloud(rules.readsBack);
});

describe("Contract rule 4: only traffic in the firewall table is allowed", () => {
  onEachCloud(rules.notMoreOpen);
});

describe("Contract rule 5: the machines' user data is the same text on both clouds", () => {
  onBothClouds(rules.equalUserData);
});

describe("Contract rule 6: no secret is in plain text", () => {
  onEachCloud(rules.noSecretInClear);
});

describe("Contract rule 7: equal output keys", () => {
  onEachCloud(rules.equalOutputs);
});

describe("Contract rule 8: tags on everything that takes them", () => {
  onEachCloud(rules.tagged);
});

describe("Contract rule 9: the same input gives the same recording, and a preview registers the same resources as an update", () => {
  const urnsOf = ({ resources }: Recording) => resources.map(({ urn }) => urn);
  const plain = ({ resources, outputs }: Recording) => JSON.parse(JSON.stringify({ resources, outputs }));
  onEachCloud(
    async ({ raw, recording }) => {
      const again = await record(raw);
      assert.deepEqual(plain(again), plain(recording));
      const preview = await record(raw, { preview: true });
      assert.deepEqual(urnsOf(preview), urnsOf(recording));
    },
    { numRuns: 5 },
  );
});

const changed = (raw: RawConfig, values: Readonly<Record<string, unknown>>): RawConfig => ({
  ...raw,
  values: { ...raw.values, ...values },
});

describe("Contract rule 10: no provider invokes, unless the stack asks for a marketplace lookup", () => {
  onEachCloud(({ recording }) => assert.deepEqual(recording.lookups, []));

  it("looks an image up where the stack asks for it", async () => {
    const aws = { images: { media: "marketplace" }, hostedZoneId: "Z0123456789ABC" };
    const { recording } = await render("aws", changed(stackFiles.aws, { aws }));
    assert.ok(recording.lookups.length > 0);
    assert.ok(recording.lookups.every(({ token }) => token === "aws:ec2/getAmi:getAmi"));
    assert.ok(valueAt(recording.outputs["imageIds"] ?? null, "origin") instanceof Unknown);
  });
});

describe("Contract rule 11: an unsupported field is refused before the first resource", () => {
  const faulty = {
    aws: { path: "ams:aws.images.media", values: { aws: { images: { media: "m-gw8123456789abcdefgh" } } } },
    alibaba: { path: "ams:certificate.source", values: { certificate: { source: "issued" } } },
  };
  for (const cloud of clouds) {
    const { path, values } = faulty[cloud];
    it(`holds on ${cloud} for ${path}`, async () => {
      const raw = changed(stackFiles[cloud], values);
      await loadAdapter(raw);
      let thrown: unknown;
      const { resources } = await recordProgram({ stack: cloud }, async () => {
        try {
          return renderCluster(raw, {});
        } catch (error) {
          thrown = error;
          return {};
        }
      });
      assert.ok(thrown instanceof ConfigError);
      assert.deepEqual(
        thrown.faults.map((fault) => fault.path),
        [path],
      );
      assert.deepEqual(resources, []);
    });
  }
});

describe("Contract rule 12: physical names stay within each cloud's limits", () => {
  onEachCloud(rules.shortNames);
});

describe("Contract rule 13: only the chosen cloud's SDK is loaded", () => {
  const sdks = { aws: "@pulumi/aws", alibaba: "@pulumi/alicloud" };
  for (const cloud of clouds) {
    it(`holds for ${cloud}`, async () => {
      const script = `
        import { createRequire } from "node:module";
        const { readStack } = await import("./tools/stack-file/read.ts");
        const { record } = await import("./recording/record.ts");
        await record(readStack(".", "${cloud}"));
        console.log(Object.keys(createRequire(import.meta.url).cache).join("\\n"));`;
      const words = ["--import", "tsx", "--input-type=module", "-e", script];
      const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root, maxBuffer: 2 ** 24 });
      const loaded = Object.values(sdks).filter((name) => stdout.includes(`/${name}/`));
      assert.deepEqual(loaded, [sdks[cloud]]);
    });
  }
});

describe("Contract rule 14: durable resources are protected while ams:protect is true", () => {
  onEachCloud(rules.durableIsProtected);
});

describe("Contract rule 15: a new template rolls by its number, at no less than the model's share in service, or waits", () => {
  onEachCloud(rules.rollsAsAsked);
});
