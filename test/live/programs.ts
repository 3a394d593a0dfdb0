import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";

/** A real program of a test, ended by its own process. */
export interface Program {
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export function startProgram(command: string, words: readonly string[]): Program {
  const child = spawn(command, words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (text += part.toString()));
  child.once("error", (error) => (text += error.message));
  return { log: () => text, stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

const answers = (address: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

/** Waits until the program listens; says what it printed when it never does. */
export async function listens(program: Program, address: string, port: number): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await answers(address, port))) {
    if (Date.now() > end) throw new Error(`nothing on ${address}:${port}\n${program.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
