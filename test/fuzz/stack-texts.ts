import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import type { Cloud } from "../../config/types.ts";
import { readStack, StackFileError } from "../../tools/stack-file/read.ts";
import { clouds, root } from "../support/contract.ts";
import { misplaced } from "./hostile.ts";
import { judgeOne } from "./judge.ts";

/** Stack files whose text was broken, read as `npm run plan` reads them. */

const textOf = (name: string): string => readFileSync(join(root, name), "utf8");
const originals: Readonly<Record<Cloud, string>> = {
  aws: textOf("Pulumi.aws.yaml"),
  alibaba: textOf("Pulumi.alibaba.yaml"),
};
const project = textOf("Pulumi.yaml");

const snippets = [
  "\t",
  ":",
  "- ",
  "{",
  "]",
  "'",
  '"',
  "#",
  "&a *a ",
  "*nobody ",
  "<<: *a\n",
  "!!js/function x",
  "!!binary =",
  "!!set {a}",
  "|\n",
  ">-\n",
  "---\n",
  "...\n",
  "%YAML 9.9\n",
  "? ",
  "\u0000",
  "\ufeff",
  "\r",
  "😀",
  "  ams:origin: {max: .inf, min: .nan}\n",
  "  ams:origin: {max: 0o17, min: 1_000}\n",
  "  ams:generation: 99999999999999999999999999\n",
  "  ams:tags: {2001-01-01: 1, ~: 2, [a, b]: 3}\n",
  "  ams:cloud: aws\n",
  "  ams:x: &a [&b [*a, *a], *a]\n",
  "  ams:y: &l [1,1,1,1,1,1,1,1,1]\n  ams:z: &m [*l,*l,*l,*l,*l,*l,*l,*l,*l]\n  ams:w: &n [*m,*m,*m,*m,*m,*m,*m,*m]\n",
  `  ams:panelPassword: ${misplaced}7abcdefghijk\n`,
  `  ams:databaseUrl: mongodb://ams:${misplaced}7abc@db.example.net/\n`,
  "  ams:panelPassword: {secure: v1:AAAA:BBBB}\n",
  "  ams:origin: {secure: v1:AAAA:BBBB}\n",
];

type Edit =
  | { readonly kind: "insert"; readonly at: number; readonly text: string }
  | { readonly kind: "cut"; readonly at: number; readonly length: number }
  | { readonly kind: "line"; readonly at: number; readonly text: string };

const at = fc.nat({ max: 4000 });
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...snippets) },
  fc.string({ unit: "binary", maxLength: 8 }),
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), at, text }),
  fc.record({ kind: fc.constant("cut" as const), at, length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant("line" as const), at, text }),
);

function apply(before: string, change: Edit): string {
  const place = change.at % (before.length + 1);
  if (change.kind === "insert") return before.slice(0, place) + change.text + before.slice(place);
  if (change.kind === "cut") return before.slice(0, place) + before.slice(place + change.length);
  const start = before.lastIndexOf("\n", place) + 1;
  return `${before.slice(0, start)}${change.text}\n${before.slice(start)}`;
}

export interface BrokenTexts {
  readonly stack: Readonly<Record<Cloud, string>>;
  readonly project: string;
}

/** Both clouds' stack files and the project's file, with one or two edits of the same kind and place. */
export const brokenTexts: fc.Arbitrary<BrokenTexts> = fc
  .tuple(fc.array(edit, { minLength: 1, maxLength: 2 }), fc.array(edit, { maxLength: 1 }))
  .map(([changes, ofProject]) => ({
    stack: { aws: changes.reduce(apply, originals.aws), alibaba: changes.reduce(apply, originals.alibaba) },
    project: ofProject.reduce(apply, project),
  }));

export type TextOutcome = "unreadable" | "rendered" | "refused";

/** Reads both stack files and judges what came of them. */
export async function judgeTexts(texts: BrokenTexts): Promise<readonly TextOutcome[]> {
  const directory = mkdtempSync(join(tmpdir(), "ams-fuzz-"));
  try {
    writeFileSync(join(directory, "Pulumi.yaml"), texts.project);
    const outcomes: TextOutcome[] = [];
    for (const cloud of clouds) {
      writeFileSync(join(directory, `Pulumi.${cloud}.yaml`), texts.stack[cloud]);
      outcomes.push(await judgeText(directory, cloud));
    }
    return outcomes;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function judgeText(directory: string, stack: Cloud): Promise<TextOutcome> {
  try {
    const raw = readStack(directory, stack);
    const cloud = raw.values["cloud"] === "alibaba" ? "alibaba" : "aws";
    return (await judgeOne(cloud, raw)) === undefined ? "refused" : "rendered";
  } catch (error) {
    if (!(error instanceof StackFileError)) throw error;
    assert.match(error.message, /^Pulumi\.([a-z]+\.)?yaml(:\d+:\d+)?: ./);
    assert.ok(!error.message.includes("\n") && !error.message.includes(misplaced), error.message);
    return "unreadable";
  }
}
