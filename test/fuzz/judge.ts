import assert from "node:assert/strict";
import { ConfigError, type Fault, formatFault } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../config/types.ts";
import { record } from "../../recording/record.ts";
import type { Sample } from "../support/clusters.ts";
import type { Rendered } from "../support/contract.ts";
import { ofBoth, ofOne } from "../support/contract-rules.ts";
import { misplaced } from "./hostile.ts";

export type Outcome = "rendered on both clouds" | "rendered on one, refused on the other" | "refused on both";

/** Holds a configuration to its promise: it renders and keeps the contract, or is refused with complete faults. */
export async function judge(sample: Sample): Promise<Outcome> {
  const aws = await judgeOne("aws", sample.aws);
  const alibaba = await judgeOne("alibaba", sample.alibaba);
  if (aws === undefined && alibaba === undefined) return "refused on both";
  if (aws === undefined || alibaba === undefined) return "rendered on one, refused on the other";
  for (const holds of ofBoth) holds(aws, alibaba);
  return "rendered on both clouds";
}

/** The rendering, or undefined where it was refused as it should be. */
export async function judgeOne(cloud: Cloud, raw: RawConfig): Promise<Rendered | undefined> {
  const recording = await rendering(raw);
  if (recording === undefined) return undefined;
  const { cluster, faults } = parse(raw);
  assert.deepEqual(faults, []);
  assert.ok(cluster !== undefined, "rendered without a cluster");
  const one = { cloud, raw, cluster, recording };
  for (const holds of ofOne) holds(one);
  return one;
}

async function rendering(raw: RawConfig) {
  try {
    return await record(raw);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    judgeFaults(error.faults, raw);
    return undefined;
  }
}

/** Anything but printable text: control characters, line ends, and what turns the direction of writing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const leftover = /\[object |\bundefined\b|\bNaN\b|\bat \S+ \(|node_modules|\.ts:\d+/;

const longest = 2000;

/** Every fault complete, readable on one line, and without a secret. */
export function judgeFaults(faults: readonly Fault[], raw: RawConfig): void {
  assert.ok(faults.length > 0, "refused without a fault");
  const secrets = Object.values(raw.secrets).filter((text) => text !== undefined && text.trim() !== "");
  for (const fault of faults) {
    const text = formatFault(fault);
    assert.match(fault.path, /^(ams|aws|alicloud):/, text);
    for (const key of ["got", "allowed", "fix"] as const) assert.ok(fault[key].trim() !== "", `${key} of ${text}`);
    assert.doesNotMatch(text, unprintable, JSON.stringify(text));
    // What a person typed may look like one; what the program says of it may not.
    assert.doesNotMatch(`${fault.allowed} ${fault.fix.replaceAll(fault.path, "")}`, leftover, text);
    assert.ok(text.length <= longest, `${text.length} characters: ${text.slice(0, 200)}`);
    assert.ok(!text.includes(misplaced) && !/PRIVATE KEY/.test(text), `shows a secret: ${text}`);
    for (const secret of secrets) assert.ok(!text.includes(secret ?? ""), `shows a secret: ${text}`);
  }
}
