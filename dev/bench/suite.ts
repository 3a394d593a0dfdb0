import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectFolder } from "../../model/project.ts";
import { type Part, testFiles } from "../../test/order.ts";
import { exact, type Row } from "./row.ts";

const aimSeconds = 60;

async function run(part: Part, what: string): Promise<Row> {
  const start = performance.now();
  const words = ["start.mjs", "test/run.ts", `--${part}`];
  const child = spawn(process.execPath, words, { cwd: projectFolder, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "close");
  const seconds = (performance.now() - start) / 1e3;
  const note = `${seconds.toFixed(0)} s, ${testFiles(part).length} files, exit code ${code}`;
  return { name: `${what} / ${aimSeconds} s`, ratio: exact(seconds / aimSeconds), aim: 1, note };
}

/** The tests that need neither the engine nor a booted system, and those of them that take a minute, once each. */
export async function suite(): Promise<readonly Row[]> {
  const quick = await run("quick", "npm run test:quick");
  return [quick, await run("without-engine", "npm test without the engine")];
}
