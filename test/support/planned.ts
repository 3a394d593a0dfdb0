import { fileURLToPath } from "node:url";
import { parse } from "../../config/parse.ts";
import { record } from "../../recording/record.ts";
import { type PlannedStack, readPlan } from "../../tools/diff/planned.ts";
import { toJson } from "../../tools/plan/json.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { readStack } from "../../tools/stack-file/read.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

const plans = new Map<string, Promise<PlannedStack>>();

/** A real stack file's plan with changes of its configuration, as `npm run plan -- --json` prints it; made once. */
export function planned(stack: string, changes: readonly string[] = []): Promise<PlannedStack> {
  const key = JSON.stringify([stack, changes]);
  const made = plans.get(key) ?? plan(stack, changes);
  plans.set(key, made);
  return made;
}

async function plan(stack: string, changes: readonly string[]): Promise<PlannedStack> {
  const raw = readStack(project, stack, changes.map(parseChange));
  const { cluster } = parse(raw);
  if (cluster === undefined) throw new Error(`${stack} has faults`);
  const json = toJson(stack, cluster, await record(raw));
  const [read] = readPlan(JSON.stringify({ stacks: [json] }));
  if (read === undefined) throw new Error(`no plan of ${stack}`);
  return read;
}
