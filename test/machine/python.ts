import { spawn } from "node:child_process";
import { type Environment, library } from "./rig.ts";

/** What a short program in the machines' folder printed, both streams; a minute is its end. */
export async function python(
  root: string,
  program: string,
  parameters: readonly string[] = [],
  env: Environment = {},
): Promise<string> {
  const child = spawn("python3", ["-W", "error", "-c", program, ...parameters], {
    env: { ...process.env, AMS_CLUSTER_ROOT: root, ...env },
    cwd: library(root),
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (text += part.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  return text;
}
