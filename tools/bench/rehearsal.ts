import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../model/project.ts";
import { cannotRun, type Row } from "./row.ts";

const name = "scale-out in the boot rehearsal / the vendor's user data: work before AMS starts";
const aim = 0.5;

/** Prints the steps of a boot. There is no vendor's side to divide them by: its user data downloads from the internet. */
export async function rehearsal(): Promise<readonly Row[]> {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "ams-cluster");
  if (process.getuid?.() !== 0) return [cannotRun(name, aim, "a boot rehearsal takes root")];
  if (!existsSync(join(cache, "rootfs")))
    return [cannotRun(name, aim, "no root file system in the cache; the tests in test/rehearsal make it")];
  const script = ["--import", "tsx", "test/rehearsal/times.ts"];
  const child = spawn(process.execPath, script, { cwd: projectFolder, stdio: ["ignore", 2, "inherit"] });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the boot rehearsal ended with ${code}; its messages stand above`);
  return [
    cannotRun(name, aim, "our steps stand above; the vendor's user data needs the internet and has not been rehearsed"),
  ];
}
