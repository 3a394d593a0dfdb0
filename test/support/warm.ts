import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const server = fileURLToPath(new URL("warm-server.ts", import.meta.url));

/** A run that the engine broke off never ends and keeps its memory, some 30 MiB: a process serves only so many. */
const mostRuns = 15;

/**
 * The stack's program in a process that outlives the engine's runs. Starting and loading it anew is most of what a run
 * costs that has little to do.
 */
export class WarmProgram {
  private readonly directory: string;
  private child: ChildProcess | undefined;
  private address = "";
  private runs = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** What the engine needs to be told for its next run. */
  async flags(): Promise<readonly string[]> {
    if (!this.isServing() || this.runs >= mostRuns) await this.start();
    this.runs += 1;
    return ["--client", this.address];
  }

  stop(): void {
    this.child?.kill("SIGKILL");
  }

  private isServing(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  private async start(): Promise<void> {
    this.stop();
    const child = spawn(process.execPath, ["--import", "tsx/esm", server, this.directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.child = child;
    this.runs = 0;
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`the warm program ended with ${code} before it said its address`);
    });
    ended.catch(() => undefined);
    const [line] = await Promise.race([once(child.stdout, "data"), ended]);
    this.address = String(line).trim();
  }
}
