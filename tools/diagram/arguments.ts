import { ConfigError } from "../../config/fault.ts";
import { UsageError } from "../plan/arguments.ts";
import { type Change, ChangeError, parseChange } from "../stack-file/config-path.ts";
import { StackFileError } from "../stack-file.ts";

export const toChanges = (typed: readonly string[] = []): readonly Change[] => typed.map(parseChange);

type ErrorClass = abstract new (...given: never[]) => Error;

/**
 * Runs a command; what a person can mend is told in its own words, all else with its stack trace. Exit code: 1 for a
 * configuration with faults, 2 for a command line with some.
 */
export async function runCommand(main: () => Promise<void>, told: readonly ErrorClass[] = []): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isUsage = [UsageError, ChangeError].some((kind) => error instanceof kind) || isArgumentError(error);
    const isKnown = isUsage || [ConfigError, StackFileError, ...told].some((kind) => error instanceof kind);
    process.exitCode = isUsage ? 2 : 1;
    process.stderr.write(`${isKnown ? error.message : error.stack}\n`);
  }
}

/** As node:util's parseArgs throws them. */
const isArgumentError = (error: Error): boolean => "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
