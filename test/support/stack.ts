import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, findEngine, nodeOptions } from "../../tools/engine.ts";
import { until } from "../machine/rig.ts";
import type { Cloud } from "./cloud/server.ts";
import { type Step, stepsOf } from "./steps.ts";

export type { Step } from "./steps.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** What a program needs beside itself; copied, so that an edit in the middle of a test is not taken for drift. */
const copied = ["start.mjs", "model", "machine", "providers", "package.json", "tsconfig.json", "Pulumi.README.md"];

/** One run of the command line. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Everything that was printed. */
  readonly text: string;
  /** What was done or planned, without what stays the same. */
  readonly steps: readonly Step[];
}

/** The real engine; without one these tests fail rather than pass unseen. */
export function requireEngine(): Engine {
  const engine = findEngine();
  if (engine === undefined) throw new Error("No Pulumi engine: run `npm run engine` first (it finds or builds one).");
  return engine;
}

export interface StackOptions {
  /** Stack's name; its file is `Pulumi.<stack>.yaml`. */
  readonly stack: string;
  readonly cloud: Cloud;
  /** Project to run; the repository's own by default. */
  readonly source?: string;
  /** More of the command line's environment. */
  readonly environment?: Readonly<NodeJS.ProcessEnv>;
}

/** Whether the program of this directory runs. Its language host may stay: it asks for its engine every five minutes. */
const runsIn = (directory: string): boolean =>
  readdirSync("/proc").some((process) => {
    try {
      return readFileSync(`/proc/${process}/cmdline`, "utf8").includes(`\0--pwd\0${directory}\0`);
    } catch {
      return false; // no process, or one that has ended
    }
  });

/** A stack of its own: a project in a temporary directory, a file backend beside it, and the stand-in cloud. */
export class StackUnderTest {
  readonly directory: string;
  readonly stack: string;
  private readonly engine: Engine;
  private readonly cloud: Cloud;
  private readonly more: Readonly<NodeJS.ProcessEnv>;
  private running: ChildProcess | undefined;
  private killed = false;

  constructor({ stack, cloud, source = project, environment = {} }: StackOptions) {
    this.engine = requireEngine();
    this.more = environment;
    this.stack = stack;
    this.cloud = cloud;
    this.directory = mkdtempSync(join(tmpdir(), "ams-stack-"));
    for (const part of ["backend", "home"]) mkdirSync(join(this.directory, part));
    for (const file of ["Pulumi.yaml", `Pulumi.${stack}.yaml`]) copyFileSync(join(source, file), this.file(file));
    for (const part of copied) cpSync(join(project, part), this.file(part), { recursive: true });
    copyFileSync(join(source, "index.ts"), this.file("index.ts"));
    symlinkSync(join(project, "node_modules"), this.file("node_modules"));
  }

  file(name: string): string {
    return join(this.directory, name);
  }

  /** Makes the stack in the backend. */
  async init(): Promise<void> {
    succeeded(await this.run(["stack", "init", this.stack]));
  }

  preview(...flags: readonly string[]): Promise<Run> {
    return this.operation("preview", ["--diff", ...flags]);
  }

  up(...flags: readonly string[]): Promise<Run> {
    return this.operation("up", ["--yes", "--skip-preview", ...flags]);
  }

  refresh(...flags: readonly string[]): Promise<Run> {
    return this.operation("refresh", ["--yes", "--skip-preview", ...flags]);
  }

  /** With its preview, which is what refuses to destroy something protected. */
  destroy(...flags: readonly string[]): Promise<Run> {
    return this.operation("destroy", ["--yes", ...flags]);
  }

  /** `pulumi config set --path <key> <value>`. */
  async set(path: string, value: string, ...flags: readonly string[]): Promise<void> {
    succeeded(await this.run(["config", "set", "--stack", this.stack, "--path", ...flags, path, value]));
  }

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(succeeded(await this.run(["stack", "output", "--stack", this.stack, "--json"])).stdout);
  }

  /** The state as the backend keeps it. */
  async exported(): Promise<string> {
    return succeeded(await this.run(["stack", "export", "--stack", this.stack])).stdout;
  }

  /** Interrupts or kills the command line that was started last, as a person or a machine would. */
  signal(signal: NodeJS.Signals): void {
    this.running?.kill(signal);
  }

  /** Kills it and waits until it is no more, so that it hears no answer. */
  async kill(): Promise<void> {
    const { running } = this;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.kill("SIGKILL");
    await gone;
    this.killed = true;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs an operation and reads the engine's event log. */
  private async operation(command: string, flags: readonly string[]): Promise<Run> {
    if (this.killed) await until("the program's end, without its engine", () => !runsIn(this.directory));
    this.killed = false;
    const log = this.file("events.json");
    rmSync(log, { force: true });
    const run = await this.run([command, "--stack", this.stack, "--event-log", log, "--suppress-progress", ...flags]);
    return { ...run, steps: stepsOf(log) };
  }

  /** Any command, with the arguments as they are. */
  run(args: readonly string[]): Promise<Run> {
    const command = [...args, "--non-interactive", "--color", "never"];
    const child = spawn(this.engine.pulumi, command, { cwd: this.directory, env: this.environment() });
    this.running = child;
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stdout, stderr, text: stdout + stderr, steps: [] }));
    });
  }

  private environment(): NodeJS.ProcessEnv {
    const { PULUMI_ACCESS_TOKEN: _token, ...inherited } = process.env;
    return {
      ...inherited,
      ...this.cloud.environment,
      PATH: [this.engine.directory, process.env["PATH"]].join(delimiter),
      PULUMI_HOME: this.file("home"),
      PULUMI_BACKEND_URL: `file://${this.file("backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_DEBUG_COMMANDS: "true",
      NODE_OPTIONS: nodeOptions(this.engine),
      ...this.more,
    };
  }
}

/** The run, or an error with what it printed. */
export function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`pulumi ended with ${run.code}:\n${run.text}`);
  return run;
}
