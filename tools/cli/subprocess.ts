import { spawn } from "node:child_process";

export interface Finished {
  readonly status: number | null;
  readonly out: string;
  /** What it printed as errors, or else all of it. */
  readonly all: string;
  /** There is no such command. */
  readonly isMissing?: boolean;
}

export interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** In a process group of its own, which a Ctrl-C does not reach. */
  readonly detached?: boolean;
  readonly milliseconds?: number;
}

/** Another program's whole output; a minute is its end, or the time that it is given. */
export function finished(
  command: string,
  words: readonly string[],
  { milliseconds = 60_000, ...options }: Options = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    // The timer of spawn's own timeout keeps the process alive after a command that was not found.
    const signal = AbortSignal.timeout(milliseconds);
    const child = spawn(command, words, { ...options, stdio: ["ignore", "pipe", "pipe"], signal });
    let out = "";
    let errors = "";
    child.stdout.on("data", (part: Buffer) => (out += part.toString()));
    child.stderr.on("data", (part: Buffer) => (errors += part.toString()));
    child.once("error", (error: NodeJS.ErrnoException) =>
      resolve({ status: null, out, all: error.message, isMissing: error.code === "ENOENT" }),
    );
    child.once("close", (status) => resolve({ status, out, all: errors === "" ? out : errors }));
  });
}
