import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, findEngine, nodeOptions } from "../../dev/engine.ts";
import { until } from "../machine/rig.ts";
import { configure } from "../mistakes/pulumi-config.ts";
import type { Cloud } from "./cloud/server.ts";
import { runsIn } from "./runs-in.ts";
import { type Step, stepsOf } from "./steps.ts";
import { WarmProgram } from "./warm.ts";

export type { Step } from "./steps.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** What a program needs beside itself; copied, so that an edit in the middle of a test is not taken for drift. */
const folders = ["config", "model", "machine", "providers"];
const copied = ["start.mjs", ...folders, "package.json", "tsconfig.json", "Pulumi.README.md"];

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

let found: Engine | undefined;

/** The real engine; without one these tests fail rather than pass unseen. */
export function requireEngine(): Engine {
  found ??= findEngine();
  const engine = found;
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
  /**
   * `started`: anew for each run, as a person's is; for tests of its start and of edits of it. `loaded`: once for all
   * runs, which saves most of what a run costs; for tests of what it makes in the cloud. @default "started"
   */
  readonly program?: "started" | "loaded";
  /** When the engine writes the state: at each step, as it does for a person, or once a run has ended. @default "each-step" */
  readonly checkpoints?: "each-step" | "end";
}

/** A stack of its own: a project in a temporary directory, a file backend beside it, and the stand-in cloud. */
export class StackUnderTest {
  readonly directory: string;
  readonly stack: string;
  private readonly engine: Engine;
  private readonly cloud: Cloud;
  private readonly more: Readonly<NodeJS.ProcessEnv>;
  private readonly warm: WarmProgram | undefined;
  private running: ChildProcess | undefined;
  private killed = false;

  constructor({ stack, cloud, source = project, environment = {}, program, checkpoints }: StackOptions) {
    this.engine = requireEngine();
    this.more = checkpoints === "end" ? { ...environment, PULUMI_SKIP_CHECKPOINTS: "true" } : environment;
    this.stack = stack;
    this.cloud = cloud;
    this.directory = mkdtempSync(join(tmpdir(), "ams-stack-"));
    for (const part of ["backend", "home"]) mkdirSync(join(this.directory, part));
    // Where the command line would keep encrypted logs, which are a third of its work.
    writeFileSync(join(this.directory, "home", "logs"), "");
    for (const file of ["Pulumi.yaml", `Pulumi.${stack}.yaml`]) copyFileSync(join(source, file), this.file(file));
    for (const part of copied) cpSync(join(project, part), this.file(part), { recursive: true });
    copyFileSync(join(source, "index.ts"), this.file("index.ts"));
    symlinkSync(join(project, "node_modules"), this.file("node_modules"));
    this.warm = program === "loaded" ? new WarmProgram(this.directory) : undefined;
  }

  file(name: string): string {
    return join(this.directory, name);
  }

  async init(): Promise<void> {
    succeeded(await this.run(["stack", "init", this.stack]));
  }

  /** With `--diff` the engine may look for seconds for what differs in packed user data. */
  async preview(...flags: readonly string[]): Promise<Run> {
    return this.operation("preview", [...flags, ...(await this.client())]);
  }

  /** A preview whose program is started anew, as a person's is. */
  previewAnew(...flags: readonly string[]): Promise<Run> {
    return this.operation("preview", flags);
  }

  async up(...flags: readonly string[]): Promise<Run> {
    return this.operation("up", ["--yes", "--skip-preview", ...flags, ...(await this.client())]);
  }

  /** `pulumi preview --json`, which takes no log of events. */
  async previewAsJson(): Promise<string> {
    return succeeded(await this.run(["preview", "--stack", this.stack, "--json", ...(await this.client())])).stdout;
  }

  /** What tells the engine where the program is loaded already. */
  private client(): Promise<readonly string[]> {
    return this.warm?.flags() ?? Promise.resolve([]);
  }

  refresh(...flags: readonly string[]): Promise<Run> {
    return this.operation("refresh", ["--yes", "--skip-preview", ...flags]);
  }

  /** With its preview, which is what refuses to destroy something protected. */
  destroy(...flags: readonly string[]): Promise<Run> {
    return this.operation("destroy", ["--yes", ...flags]);
  }

  /** What `pulumi config set --path <key> <value>` does, without starting it. */
  set(path: string, value: string): void {
    configure(this.file(`Pulumi.${this.stack}.yaml`), ["config", "set", "--path", path, value]);
  }

  /** What `pulumi config rm --path <key>` does, without starting it. */
  unset(path: string): void {
    configure(this.file(`Pulumi.${this.stack}.yaml`), ["config", "rm", "--path", path]);
  }

  /** `pulumi config set --path --secret <key> <value>`. */
  async setSecret(path: string, value: string): Promise<void> {
    succeeded(await this.run(["config", "set", "--stack", this.stack, "--path", "--secret", path, value]));
  }

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(succeeded(await this.run(["stack", "output", "--stack", this.stack, "--json"])).stdout);
  }

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
    this.warm?.stop();
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
      // Each stack has a folder of its own, whose script would be kept for nobody.
      NODE_DISABLE_COMPILE_CACHE: "1",
      ...this.more,
    };
  }
}

/** The run, or an error with what it printed. */
export function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`pulumi ended with ${run.code}:\n${run.text}`);
  return run;
}
