import * as fc from "fast-check";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud, Cluster } from "../../config/types.ts";
import { type Recording, record } from "../../recording/record.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { type Sample, samples } from "./clusters.ts";

export const clouds: readonly Cloud[] = ["aws", "alibaba"];

/** A configuration and what became of it. */
export interface Rendered {
  readonly cloud: Cloud;
  readonly raw: RawConfig;
  readonly cluster: Cluster;
  readonly recording: Recording;
}

export const root = new URL("../..", import.meta.url).pathname;

/** The two stack files that the project ships. */
export const stackFiles: Sample = { aws: readStack(root, "aws"), alibaba: readStack(root, "alibaba") };

const rendered = new Map<string, Promise<Rendered>>();

/** Renders a configuration, once for all rules that look at it. */
export function render(cloud: Cloud, raw: RawConfig): Promise<Rendered> {
  const key = `${cloud} ${JSON.stringify(raw)}`;
  const made = rendered.get(key) ?? renderAnew(cloud, raw);
  rendered.set(key, made);
  return made;
}

async function renderAnew(cloud: Cloud, raw: RawConfig): Promise<Rendered> {
  const { cluster, faults } = parse(raw);
  if (cluster === undefined) throw new Error(`an invalid sample: ${JSON.stringify(faults, undefined, 2)}`);
  return { cloud, raw, cluster, recording: await record(raw) };
}

interface Runs {
  readonly numRuns: number;
}

/** A rendering costs a fifth of a second. */
const usual: Runs = { numRuns: Number(process.env["FC_RUNS"] ?? 8) };

/** A test for each cloud, over its stack file and over random clusters. FC_RUNS asks for more, FC_SEED for others. */
export function onEachCloud(check: (one: Rendered) => void | Promise<void>, runs: Runs = usual): void {
  for (const cloud of clouds) {
    it(`holds for the stack file of ${cloud}`, async () => check(await render(cloud, stackFiles[cloud])));
    it(`holds for random clusters on ${cloud}`, async () => {
      await fc.assert(
        fc.asyncProperty(samples, async (sample) => check(await render(cloud, sample[cloud]))),
        runs,
      );
    });
  }
}

/** A test over both clouds' renderings of the same cluster. */
export function onBothClouds(check: (aws: Rendered, alibaba: Rendered) => void): void {
  const both = async (sample: Sample) =>
    check(await render("aws", sample.aws), await render("alibaba", sample.alibaba));
  it("holds for the stack files", () => both(stackFiles));
  it("holds for random clusters", () => fc.assert(fc.asyncProperty(samples, both), usual));
}
