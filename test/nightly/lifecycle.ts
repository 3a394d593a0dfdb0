import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../config/types.ts";
import type { Cloud as StandInCloud } from "../support/cloud/server.ts";
import { isKept } from "../support/kept.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { type StackUnderTest, succeeded } from "../support/stack.ts";

/** Sets plain and secret values by their paths, as `pulumi config set --path` does one by one. */
export async function setAll(
  stack: StackUnderTest,
  plain: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<void> {
  const words = [
    ...Object.entries(plain).flatMap(([path, value]) => ["--plaintext", `${path}=${value}`]),
    ...Object.entries(secrets).flatMap(([path, value]) => ["--secret", `${path}=${value}`]),
  ];
  if (words.length > 0) succeeded(await stack.run(["config", "set-all", "--stack", stack.stack, "--path", ...words]));
}

/** Writes a configuration into the stack's file, in the place of the shipped cluster. */
async function configure(stack: StackUnderTest, { values, secrets }: RawConfig): Promise<void> {
  const file = stack.file(`Pulumi.${stack.stack}.yaml`);
  const { config, ...rest } = parse(readFileSync(file, "utf8"));
  const others = Object.entries(config).filter(([key]) => !key.startsWith("ams:"));
  const own = Object.entries(values).map(([key, value]) => [`ams:${key}`, value]);
  writeFileSync(file, stringify({ ...rest, config: Object.fromEntries([...others, ...own]) }));
  const given = Object.entries(secrets).map(([key, value]) => [`ams:${key}`, value ?? ""]);
  await setAll(stack, {}, Object.fromEntries(given));
}

/** What a stack leaves in the cloud when it is destroyed, beyond what has to stay. */
export function leftBy(cloud: StandInCloud): readonly string[] {
  const ofRecordings = ({ inputs }: ReturnType<StandInCloud["standing"]>[number]): boolean =>
    String(inputs["bucket"]).includes("-recordings");
  return cloud
    .standing()
    .filter((one) => !isKept(one) && !ofRecordings(one))
    .map(({ type, id }) => `${type} ${id}`);
}

/** Takes a stack from nothing to nothing: made, left alone, found as it was, let go and destroyed. */
export async function live(cloud: Cloud, raw: RawConfig): Promise<void> {
  const { cloud: standIn, stack, close } = await startOnEngine({ stack: cloud, ...quick });
  try {
    await configure(stack, raw);
    succeeded(await stack.up());
    assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
    succeeded(await stack.refresh("--expect-no-changes"));
    stack.set("ams:protect", "false");
    const { steps } = succeeded(await stack.up());
    assert.deepEqual([...new Set(steps.map(({ op }) => op))], ["update"]);
    succeeded(await stack.destroy());
    assert.deepEqual(leftBy(standIn), []);
  } finally {
    close();
  }
}
