import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { projectFile } from "../model/project.ts";
import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { commandLine } from "./cli/invocation.ts";
import { laterText } from "./init/later.ts";
import type { Settled } from "./init/settle.ts";
import { changedText } from "./init/stack-text.ts";

const usualStack = "live";

/** Writes a stack file from answers: options, and on a terminal what a person says to the questions that are left. */
export async function run(given: GivenTo<"init">, words: readonly string[]): Promise<number> {
  const [stack = usualStack, ...more] = words;
  const { force, cwd, ...answers } = given;
  if (more.length > 0 || !/^[\w.-]{1,100}$/.test(stack))
    throw new UsageError(`specify one stack name that contains only letters, digits and dashes, such as ${usualStack}`);
  const file = `Pulumi.${stack}.yaml`;
  const path = join(cwd, file);
  if (existsSync(path) && !force)
    throw new UsageError(
      `${file} already exists: choose another name, such as ${stack}-2, or overwrite the file with --force`,
    );
  const settled = await settledBy(stack, answers);
  const shipped = readFileSync(projectFile(`Pulumi.${settled.cloud}.yaml`), "utf8");
  writeFileSync(path, changedText(shipped, settled.changes, settled.examples));
  process.stdout.write(`Created ${file}.\n${laterText(stack, settled)}Next: ${commandLine("plan", stack)}\n`);
  return 0;
}

async function settledBy(stack: string, answers: Settled["answers"]): Promise<Settled> {
  // The SDKs load slowly: a fault in the command line is said without them.
  const { settle } = await import("./init/settle.ts");
  if (!process.stdin.isTTY) return await settle(stack, answers);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-D ends the questions.
  const closed = new Promise<never>((_, reject) =>
    terminal.once("close", () => reject(new UsageError("not all questions were answered; no file was written"))),
  );
  closed.catch(() => undefined);
  try {
    return await settle(stack, answers, {
      ask: (question) => Promise.race([terminal.question(question), closed]),
      tell: (text) => void process.stdout.write(`${text}\n`),
    });
  } finally {
    terminal.close();
  }
}
