import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import type { Cluster } from "../../config/types.ts";
import { archive, type MachineRole, userData } from "../../machine/index.ts";
import { cluster } from "../support/cluster.ts";

export const standIn = new URL("stand-in/", import.meta.url).pathname;

interface WrittenFile {
  readonly path: string;
  readonly content: string;
}

export interface UserData {
  readonly bootcmd?: readonly (readonly string[])[];
  readonly write_files: readonly WrittenFile[];
  readonly runcmd: readonly (readonly string[])[];
}

/** A role's user data as cloud-init reads it. */
export const decoded = (text: string): UserData => parse(text) as UserData;

/** Files of a role by path: those of its user data, and those of the agent that it fetches. */
export function filesOf(role: MachineRole, of: Cluster = cluster()): ReadonlyMap<string, string> {
  const written = decoded(userData(of, role)).write_files.map(({ path, content }) => [path, content] as const);
  return new Map([...written, ...agentFiles(archive(of, role).text)]);
}

/** What an agent's archive unpacks to. */
export function agentFiles(text: string): readonly (readonly [path: string, text: string])[] {
  const { files }: { readonly files: Readonly<Record<string, readonly string[]>> } = JSON.parse(text);
  return Object.entries(files).map(([path, lines]) => [path, lines.map((line) => `${line}\n`).join("")]);
}

/** A new directory with a role's files in it, as on the machine; the caller removes it with `remove`. */
export function unpack(role: MachineRole, of: Cluster = cluster()): string {
  const root = mkdtempSync(join(tmpdir(), `ams-${role}-`));
  for (const [path, text] of filesOf(role, of)) put(root + path, text);
  return root;
}

export function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export const remove = (root: string): void => rmSync(root, { recursive: true, force: true });

export const library = (root: string): string => `${root}/usr/local/lib/ams-cluster`;

/** Changes facts that only decide how long a real machine waits. */
export function hurry(root: string, changes: Readonly<Record<string, unknown>>): void {
  const path = `${root}/etc/ams-cluster/facts.json`;
  const facts: unknown = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...(facts as object), ...changes }));
}

export type Environment = Readonly<Record<string, string>>;

/** Runs a program to its end. A tool that is missing is a failure with its name, never a pass. */
export function run(command: string, parameters: readonly string[], env: Environment = {}, input = "") {
  const done = spawnSync(command, parameters, { encoding: "utf8", input, env: { ...process.env, ...env } });
  if (done.error !== undefined) {
    throw new Error(
      `${command} is not to be had: ${done.error.message}. README.md names the packages that tests need.`,
    );
  }
  return { status: done.status, out: done.stdout, all: done.stdout + done.stderr };
}

/** A program that is started again when it ends, as its unit says; `stop` ends it by its own pid. */
export interface Service {
  /** All that it printed. */
  readonly log: () => string;
  readonly starts: () => number;
  readonly stop: () => Promise<void>;
}

export function serve(command: string, parameters: readonly string[], env: Environment): Service {
  let text = "";
  let starts = 0;
  let stopped = false;
  let child: ChildProcess | undefined;
  const exit = (): Promise<void> =>
    new Promise((resolve) => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) resolve();
      else child.once("exit", () => resolve());
    });
  const begin = (): void => {
    starts += 1;
    child = spawn(command, parameters, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part: Buffer) => (text += part.toString()));
    child.once("exit", () => {
      if (!stopped) begin();
    });
  };
  begin();
  return {
    log: () => text,
    starts: () => starts,
    stop: async () => {
      stopped = true;
      child?.kill("SIGKILL");
      await exit();
    },
  };
}

/** Waits until something holds; says what it waited for when it never does. */
export async function until(
  what: string,
  holds: () => boolean,
  log: () => string = () => "",
  seconds = 180,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never: ${what}\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits for a line of a program's log: what it did can be seen elsewhere before its line is read from the pipe. */
export const tells = (program: Pick<Service, "log">, line: RegExp): Promise<void> =>
  until(`a line like ${line}`, () => line.test(program.log()), program.log);

/** A directory of programs that come before the system's on the PATH. */
export function tool(root: string, name: string, text: string): void {
  put(`${root}/bin/${name}`, text);
  chmodSync(`${root}/bin/${name}`, 0o755);
}

/** The service manager's own units, for a machine without one. */
export function installSystemdRun(root: string): void {
  mkdirSync(`${root}/bin`, { recursive: true });
  symlinkSync(`${standIn}systemd-run`, `${root}/bin/systemd-run`);
}
