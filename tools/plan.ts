import { ConfigError } from "../config/fault.ts";
import { projectFolder } from "../model/project.ts";
import { type Arguments, chooseStacks, help, parseArguments, UsageError } from "./plan/arguments.ts";
import { paintFor } from "./plan/style.ts";
import { ChangeError } from "./stack-file/config-path.ts";
import { readStack, StackFileError, stackNames } from "./stack-file.ts";

/** `npm run plan`: what the stacks would make, on standard output; warnings and faults on standard error. */
async function main(words: readonly string[]): Promise<number> {
  const asked = parseArguments(words);
  if (asked.help) {
    process.stdout.write(help);
    return 0;
  }
  const directory = asked.directory ?? projectFolder;
  const stacks = chooseStacks(asked.stacks, stackNames(directory));
  const results: Planned[] = [];
  for (const stack of stacks) results.push(await plan(directory, stack, asked));
  const planned = results.flatMap(({ shown }) => shown ?? []);
  if (planned.length === results.length || !asked.json) process.stdout.write(join(planned, asked.json));
  return planned.length === results.length ? 0 : 1;
}

interface Planned {
  readonly shown?: string;
}

function join(planned: readonly string[], json: boolean): string {
  return json ? `{"stacks":[${planned.join(",")}]}\n` : planned.join("\n");
}

async function plan(directory: string, stack: string, { changes, json }: Arguments): Promise<Planned> {
  try {
    const raw = readStack(directory, stack, changes);
    // The SDKs load slowly: a fault in the file is said without them.
    const [{ record }, { parse }] = await Promise.all([import("../recording/record.ts"), import("../config/parse.ts")]);
    const recording = await record(raw);
    for (const warning of recording.warnings) process.stderr.write(`warning: ${stack}: ${warning}\n`);
    const { cluster } = parse(raw);
    if (cluster === undefined) throw new Error(`${stack} was rendered from a configuration that doesn't parse`);
    if (cluster.audience !== undefined) {
      const { audienceVerdict } = await import("./capacity/warnings.ts");
      const { warnings, notes } = audienceVerdict({ stack, cluster, recording });
      for (const warning of warnings) process.stderr.write(`warning: ${stack}: ${warning}\n`);
      for (const note of notes) process.stderr.write(`note: ${stack}: ${note}\n`);
    }
    if (json) return { shown: JSON.stringify((await import("./plan/json.ts")).toJson(stack, cluster, recording)) };
    const [{ page }, { quotasIn }] = await Promise.all([
      import("./plan/page.ts"),
      import("../providers/shared/account-quotas.ts"),
    ]);
    const limits = quotasIn(cluster.cloud, raw.values[cluster.cloud]);
    const width = Math.min(Math.max(process.stdout.columns ?? 120, 80), 120);
    return { shown: page(stack, cluster, recording, { paint: paintFor(process.stdout, process.env), width, limits }) };
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof StackFileError || error instanceof ChangeError)) throw error;
    process.stderr.write(`${stack}: ${error.message}\n`);
    return {};
  }
}

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

function refuse(error: unknown): number {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\nHelp: npm run plan -- --help\n`);
  return 2;
}

void main(process.argv.slice(2))
  .catch(refuse)
  .then((code) => {
    process.exitCode = code;
  });
