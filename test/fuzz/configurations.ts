import * as fc from "fast-check";
import type { RawConfig } from "../../config/raw.ts";
import { fromText } from "../../config/text.ts";
import { type Sample, samples } from "../support/clusters.ts";
import { stackFiles } from "../support/contract.ts";
import { type Mutation, mutate, mutation } from "./mutation.ts";

/** As the engine hands it over: texts, and from them what the program takes them for. */
function throughTexts(raw: RawConfig): RawConfig {
  const entries = Object.entries(raw.values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [[key, fromText(key, typeof value === "object" ? JSON.stringify(value) : String(value))] as const];
  });
  return { ...raw, values: Object.fromEntries(entries) };
}

const mutated = (raw: RawConfig, changes: readonly Mutation[], texts: boolean): RawConfig => {
  const changed = changes.reduce(mutate, raw);
  return texts ? throughTexts(changed) : changed;
};

const stackName = fc.oneof(
  { weight: 8, arbitrary: fc.constant("test") },
  fc.constantFrom("", "prod.eu", "a".repeat(100), "имя", "-x", "UPPER_case"),
);

/** Random clusters and the shipped stack files, as they are and with up to four mutations, the same on both clouds. */
export const configurations: fc.Arbitrary<Sample> = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: samples }, fc.constant(stackFiles)),
    fc.array(mutation, { maxLength: 4, size: "max" }),
    fc.boolean(),
    stackName,
  )
  .map(([sample, changes, texts, stack]) => ({
    aws: { ...mutated(sample.aws, changes, texts), stack },
    alibaba: { ...mutated(sample.alibaba, changes, texts), stack },
  }));
