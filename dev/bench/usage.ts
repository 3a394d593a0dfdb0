import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFile } from "../../model/project.ts";

/** What one Node process took from its start to its end. */
export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

export type Measure = keyof Usage;

interface Written extends Usage {
  readonly command: string;
}

/** For NODE_OPTIONS: makes each Node process say what it took. */
export const measuring = `--import ${pathToFileURL(projectFile("dev/bench/measure.mjs")).href}`;

/** Runs something with measured Node processes below it; gives the one whose command line holds `marker`. */
export async function measured(marker: string, run: (env: NodeJS.ProcessEnv) => Promise<unknown>): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), "ams-bench-"));
  try {
    await run({ AMS_BENCH_OUT: folder });
    const all = readdirSync(folder).map((file): Written => JSON.parse(readFileSync(join(folder, file), "utf8")));
    const [found, ...more] = all.filter(({ command }) => command.includes(marker));
    if (found === undefined || more.length > 0)
      throw new Error(
        `${more.length + (found === undefined ? 0 : 1)} measured processes are called ${marker}, not one`,
      );
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One Node process, its output thrown away. */
export function measuredNode(words: readonly string[], marker: string, cwd: string): Promise<Usage> {
  return measured(marker, async (env) => {
    const child = spawn(process.execPath, words, {
      cwd,
      env: { ...process.env, ...env, NODE_OPTIONS: measuring },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (data: Buffer) => (said += data.toString()));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`node ${words.join(" ")} exited with ${code}:\n${said}`);
  });
}
