import { createInterface } from "node:readline/promises";
import { UsageError } from "./faults.ts";

/** What a person answers; throws a UsageError with `alone` where there is nobody to ask. */
export async function answerTo(question: string, alone: string): Promise<string> {
  if (process.stdin.isTTY !== true) throw new UsageError(alone);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(question);
  terminal.close();
  return answer;
}
