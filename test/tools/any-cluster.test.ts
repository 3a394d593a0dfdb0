import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../config/types.ts";
import { run as capacity } from "../../tools/capacity.ts";
import { offlineCommands } from "../../tools/cli/offline.ts";
import { readWords } from "../../tools/cli/run.ts";
import { run as cost } from "../../tools/cost.ts";
import { run as diagram } from "../../tools/diagram.ts";
import { reportOnPair } from "../../tools/diff/extras.ts";
import { jsonText } from "../../tools/diff/machine.ts";
import { markdownText } from "../../tools/diff/page/markdown.ts";
import { terminalText } from "../../tools/diff/page/terminal.ts";
import { readPlan } from "../../tools/diff/planned.ts";
import { run as plan } from "../../tools/plan.ts";
import { run as report } from "../../tools/report.ts";
import { samples } from "../support/clusters.ts";
import { existingNetwork } from "../support/existing.ts";
import { raw } from "../support/raw.ts";
import "../support/seed.ts";
import { checkGeometry } from "./diagram/geometry.ts";

/** Every offline command for every cluster that parses, in process; FC_RUNS asks for more of them. */

const clouds: readonly Cloud[] = ["aws", "alibaba"];
const images = {
  aws: { media: "ami-0123456789abcdef0" },
  alibaba: { media: "m-gw8123456789abcdefgh" },
} as const;

/** What random clusters have not, or seldom have together. */
const edges = (cloud: Cloud): Readonly<Record<string, RawConfig>> => {
  const of = (values: object, secrets: Readonly<Record<string, string>> = {}) =>
    raw({ cloud, [cloud]: { images: images[cloud] }, ...values }, { secrets });
  const applications = { live: { publish: "jwt", play: "open" } };
  return {
    "a lone machine with recordings": of({ mode: "standalone", recordings: { store: "bucket" } }),
    "an existing network of three zones, and an audience": of({
      network: existingNetwork(cloud, ["a", "b", "c"]),
      audience: { publishers: 10, viewers: 1000 },
    }),
    "an external database, recordings and applications": of(
      { database: { kind: "external" }, recordings: { store: "bucket" }, applications },
      { databaseUrl: "mongodb://db.example.net/" },
    ),
  };
};

function toFile({ values, secrets, regions }: RawConfig): string {
  const entries = [
    ...Object.entries(values).map(([key, value]) => [`ams:${key}`, value] as const),
    ...Object.keys(secrets).map((key) => [`ams:${key}`, { secure: "v1:text" }] as const),
    ["aws:region", regions.aws] as const,
    ["alicloud:region", regions.alibaba] as const,
  ];
  return stringify({ config: Object.fromEntries(entries) });
}

/** What a command writes to standard output and standard error. */
async function written(command: () => Promise<number>): Promise<{ readonly code: number; readonly text: string }> {
  const parts: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream } of streams) stream.write = (part: string | Uint8Array) => parts.push(String(part)) > 0;
  try {
    return { code: await command(), text: parts.join("") };
  } finally {
    for (const { stream, write } of streams) stream.write = write;
  }
}

/** The commands on one stack file; each gets the same --config. */
async function runAll(config: RawConfig): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "ams-any-"));
  try {
    writeFileSync(join(directory, "Pulumi.yaml"), "name: ams\n");
    writeFileSync(join(directory, "Pulumi.test.yaml"), toFile(config));
    const common = ["--config", "tags.tried=yes", "-C", directory];
    const page = join(directory, "report.html");
    const say = async (name: string, command: () => Promise<number>): Promise<string> => {
      const { code, text } = await written(command);
      assert.equal(code, 0, `${name}: ${text}`);
      assert.doesNotMatch(text, /undefined|\bNaN\b|\[object /, name);
      return text;
    };
    const { diagram: d, report: r, cost: c, capacity: k, plan: p } = offlineCommands;
    const drawn = await readWords(d, ["test", "--out", directory, ...common]);
    await say("diagram", () => diagram(drawn.given, drawn.words));
    checkGeometry(readFileSync(join(directory, "test.svg"), "utf8"), JSON.stringify(config.values));
    assert.match(readFileSync(join(directory, "test.mmd"), "utf8"), /^flowchart TB/);
    const { given: asPage } = await readWords(r, ["--stack", "test", "--out", page, ...common]);
    await say("report", () => report(asPage));
    assert.doesNotMatch(readFileSync(page, "utf8"), /\bundefined\b|\bNaN\b|\[object /);
    const priced = await readWords(c, ["test", ...common]);
    assert.match(await say("cost", () => cost(priced.given, priced.words)), /US dollars per month/);
    const { given: asked } = await readWords(k, ["--stack", "test", ...common]);
    await say("capacity", () => capacity(asked));
    const shown = await readWords(p, ["test", "--json", ...common]);
    // A plan holds the machines' programs, which may say anything.
    const { code, text: plans } = await written(() => plan(shown.given, shown.words));
    assert.equal(code, 0, plans.slice(0, 500));
    const [after] = readPlan(plans.slice(plans.indexOf('{"stacks"')));
    assert.ok(after !== undefined);
    const before = { ...after, resources: after.resources.slice(Math.ceil(after.resources.length / 2)) };
    for (const pair of [
      { before, after },
      { before: after, after: before },
    ]) {
      const one = { title: "test", notes: [], stacks: [reportOnPair({ ...pair, secrets: new Set<string>() })] };
      const texts = [terminalText(one, { paint: (_, text) => text, width: 80 }), markdownText(one), jsonText(one)];
      for (const text of texts) assert.doesNotMatch(text, /\bNaN\b|\[object /, "diff");
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe("diagram, report, cost, capacity and diff", function () {
  this.timeout(600_000 + 10_000 * Number(process.env["FC_RUNS"] ?? 2));
  for (const cloud of clouds) {
    it(`work for random clusters on ${cloud}`, async () => {
      await fc.assert(
        fc.asyncProperty(samples, async (sample) => {
          fc.pre(parse(sample[cloud]).cluster !== undefined);
          await runAll(sample[cloud]);
        }),
        { numRuns: Number(process.env["FC_RUNS"] ?? 2), endOnFailure: true },
      );
    });

    for (const [what, config] of Object.entries(edges(cloud)))
      it(`work for ${what} on ${cloud}`, async () => runAll(config));
  }

  it("take --config in one form, as plan does", () => {
    // It writes a stack file and reads none.
    const { init: _, ...readers } = offlineCommands;
    for (const [name, { options }] of Object.entries(readers)) {
      assert.ok("config" in options, `${name} has no --config`);
      assert.equal(options.config, offlineCommands.plan.options.config, name);
    }
  });
});
