import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../model/project.ts";
import { exact, type Row } from "./row.ts";

const aimSeconds = 60;

/** Files that start the engine, or a whole system that takes as long. */
const needsMore = /support\/stack\.ts|requireEngine|tools\/engine\.ts|rehearsal\//;

function testFiles(): readonly string[] {
  const names = readdirSync(join(projectFolder, "test"), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".test.ts") && !/^(engine|rehearsal)\//.test(name))
    .map((name) => join("test", name))
    .filter((path) => !needsMore.test(readFileSync(join(projectFolder, path), "utf8")));
}

/** The tests that need neither the engine nor a booted system, once. */
export async function suite(): Promise<readonly Row[]> {
  const files = testFiles();
  const start = performance.now();
  const child = spawn("npx", ["mocha", ...files], { cwd: projectFolder, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "close");
  const seconds = (performance.now() - start) / 1e3;
  const name = `npm test without the engine / ${aimSeconds} s`;
  const note = `${seconds.toFixed(0)} s, ${files.length} files, ended with ${code}`;
  return [{ name, ratio: exact(seconds / aimSeconds), aim: 1, note }];
}
