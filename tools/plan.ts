import { ConfigError } from "../config/fault.ts";
import type { GivenTo } from "./cli/commands.ts";
import { CommandError } from "./cli/faults.ts";
import { terminalFor } from "./cli/terminal.ts";
import { chooseStacks, readStack } from "./stack-file/read.ts";

/** What the stacks would make, on standard output; warnings and faults on standard error. */
export async function run(given: GivenTo<"plan">, words: readonly string[]): Promise<number> {
  const shown: string[] = [];
  const stacks = chooseStacks(words, given.cwd);
  for (const stack of stacks) shown.push(...(await plan(stack, given)));
  const isWhole = shown.length === stacks.length;
  if (isWhole || !given.json) process.stdout.write(given.json ? `{"stacks":[${shown.join(",")}]}\n` : shown.join("\n"));
  return isWhole ? 0 : 1;
}

/** Nothing where the configuration has faults: the other stacks are shown all the same. */
async function plan(stack: string, { cwd, config, json }: GivenTo<"plan">): Promise<readonly string[]> {
  try {
    const raw = readStack(cwd, stack, config);
    // The SDKs load slowly: a fault in the file is said without them.
    const [{ record }, { parse }] = await Promise.all([import("../recording/record.ts"), import("../config/parse.ts")]);
    const recording = await record(raw);
    const tell = (kind: string, texts: readonly string[]): void => {
      for (const text of texts) process.stderr.write(`${kind}: ${stack}: ${text}\n`);
    };
    tell("warning", recording.warnings);
    const { cluster } = parse(raw);
    if (cluster === undefined) throw new Error(`${stack} was rendered from an invalid configuration`);
    if (cluster.audience !== undefined) {
      const { audienceVerdict } = await import("./capacity/warnings.ts");
      const { warnings, notes } = audienceVerdict({ stack, cluster, recording });
      tell("warning", warnings);
      tell("note", notes);
    }
    if (json) return [JSON.stringify((await import("./plan/json.ts")).toJson(stack, cluster, recording))];
    const [{ page }, { quotasIn }] = await Promise.all([
      import("./plan/page.ts"),
      import("../providers/shared/account-quotas.ts"),
    ]);
    const limits = quotasIn(cluster.cloud, raw.values[cluster.cloud]);
    return [page(stack, cluster, recording, { ...terminalFor(process.stdout, process.env), limits })];
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof CommandError)) throw error;
    process.stderr.write(`${stack}: ${error.message}\n`);
    return [];
  }
}
