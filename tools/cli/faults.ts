/** An error whose message alone is for the person who ran the command, with the exit code that it ends with. */
export class CommandError extends Error {
  readonly exitCode: number = 1;
}

/** A command line, or a file that it names, that can't be used. */
export class UsageError extends CommandError {
  override readonly exitCode = 2;
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
