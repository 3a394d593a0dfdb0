import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile, projectFolder } from "../../model/project.ts";
import { record } from "../../recording/record.ts";
import { type Cloud, startCloud } from "../../test/support/cloud/server.ts";
import { requireEngine, StackUnderTest, succeeded } from "../../test/support/stack.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { nodeOptions } from "../engine.ts";
import { outputsOf } from "./empty-cluster.ts";
import { alternate, ratiosOf, spreadOf } from "./rounds.ts";
import type { Options, Row } from "./row.ts";
import { type Measure, measured, measuring, type Usage } from "./usage.ts";

const here = (name: string): string => projectFile(`dev/bench/${name}`);

/** The script of the SDK in which the language host runs a program. */
const marker = "cmd/run";

interface Program {
  readonly stack: string;
  readonly source?: string;
  /** Node's options. @default those of the engine's language host */
  readonly options?: string;
  /** Changes the project before it is previewed. */
  readonly prepare?: (under: StackUnderTest) => void;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A preview of a stack; gives what the program's process took, without the engine's. */
async function preview(cloud: Cloud, { prepare, environment: more, ...program }: Program): Promise<Usage> {
  const { stack, source, options = nodeOptions(requireEngine()) } = program;
  return measured(marker, async (out) => {
    const environment = { ...out, ...more, NODE_OPTIONS: `${options} ${measuring}`.trim() };
    const under = new StackUnderTest({ stack, cloud, environment, ...(source === undefined ? {} : { source }) });
    try {
      prepare?.(under);
      await under.init();
      succeeded(await under.run(["preview", "--stack", stack, "--suppress-progress"]));
    } finally {
      under.remove();
    }
  });
}

/** With all that the SDK loads by itself, as it comes to every program of Pulumi's. */
const withWholeSdk = (under: StackUnderTest): void => writeFileSync(under.file("providers/sdk.cjs"), "");

/** An empty program through tsx in place of start.mjs. */
const byTsx = (): Partial<Program> => ({
  options: `${nodeOptions(requireEngine())} --import tsx/esm`,
  prepare: (under) => {
    const text = readFileSync(under.file("Pulumi.yaml"), "utf8");
    writeFileSync(under.file("Pulumi.yaml"), text.replace(/^main: .*$/m, "main: index.ts"));
  },
});

/** With the SDK's own ts-node in place of start.mjs: a project of another kind, with files of its own. */
const usual: Program = {
  stack: "usual",
  source: here("usual"),
  options: "",
  prepare: (under) => {
    for (const file of ["package.json", "tsconfig.json"]) copyFileSync(here(`usual/${file}`), under.file(file));
  },
};

const clouds = ["aws", "alibaba"] as const;

interface Against {
  readonly program: "empty" | "emptyWithLess" | "emptyByTsx" | "resources" | "usual";
  readonly as: string;
  readonly aims: Readonly<Record<Measure, number>>;
}

const floor: Against = {
  program: "empty",
  as: "an empty program",
  aims: { cpuSeconds: 1.5, wallSeconds: 1.5, peakMiB: 1.3 },
};

const comparisons: readonly Against[] = [
  floor,
  { ...floor, program: "emptyWithLess", as: "an empty program that skips the same SDK parts" },
  { ...floor, program: "emptyByTsx", as: "an empty program with tsx" },
  { ...floor, program: "resources", as: "the same number of resources and outputs with only the SDK" },
  {
    program: "usual",
    as: "Pulumi's usual setup (ts-node, both SDKs' root modules)",
    aims: { cpuSeconds: 0.25, wallSeconds: 0.25, peakMiB: 0.25 },
  },
];

const measures: readonly (readonly [Measure, string, string])[] = [
  ["cpuSeconds", "CPU", "s"],
  ["wallSeconds", "time", "s"],
  ["peakMiB", "memory", "MiB"],
];

/** A preview's program on the real engine, against the least that one takes and against the usual way to write it. */
export async function previews({ rounds }: Options): Promise<readonly Row[]> {
  const state = mkdtempSync(join(tmpdir(), "ams-cloud-"));
  const cloud = await startCloud(state);
  const empty: Program = { stack: "empty", source: here("empty") };
  try {
    const recording = await record(readStack(projectFolder, "aws"));
    const outputs = outputsOf({ ...recording, resources: recording.resources.filter(({ custom }) => custom) });
    const environment = { AMS_BENCH_OUTPUTS: JSON.stringify(outputs) };
    const resources = { stack: "resources", source: here("resources"), prepare: withWholeSdk, environment };
    const results = await alternate(rounds, {
      empty: () => preview(cloud, { ...empty, prepare: withWholeSdk }),
      emptyWithLess: () => preview(cloud, empty),
      emptyByTsx: () => preview(cloud, { ...empty, ...byTsx() }),
      resources: () => preview(cloud, resources),
      aws: () => preview(cloud, { stack: "aws" }),
      alibaba: () => preview(cloud, { stack: "alibaba" }),
      usual: () => preview(cloud, usual),
    });
    return comparisons.flatMap((against) => clouds.flatMap((name) => rowsOf(results, name, against)));
  } finally {
    cloud.stop();
    rmSync(state, { recursive: true });
  }
}

function rowsOf(
  results: ReadonlyMap<string, readonly Usage[]>,
  name: string,
  { program, as, aims }: Against,
): readonly Row[] {
  return measures.map(([measure, kind, unit]) => {
    const figures = (of: string): readonly number[] => (results.get(of) ?? []).map((usage) => usage[measure]);
    const median = (of: string): string => spreadOf(figures(of)).median.toFixed(unit === "s" ? 2 : 0);
    return {
      name: `preview of ${name} / ${as}: ${kind}`,
      ratio: ratiosOf(figures(name), figures(program)),
      aim: aims[measure],
      note: `${median(name)} ${unit} / ${median(program)} ${unit}`,
    };
  });
}
