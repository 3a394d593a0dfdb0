import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { until } from "../machine/rig.ts";

/**
 * The control groups of one machine. Two machines in the same ones would end each other's units: systemd knows a unit's
 * processes by their group. They count the CPU time of all processes, of those that have ended too.
 */
export class ControlGroup {
  readonly #folders: readonly string[];

  constructor(name: string) {
    this.#folders = hierarchies().map((place) => join(place, `ams-rehearsal-${process.pid}-${name}`));
    for (const folder of this.#folders) mkdirSync(folder, { recursive: true });
  }

  /** Words before a command's own: it and all its children are in the group. */
  within(...words: readonly string[]): readonly string[] {
    const enter = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs" || exit; shift; done; shift; exec "$@"';
    return ["sh", "-c", enter, "sh", ...this.#folders, "--", ...words];
  }

  cpuSeconds(): number {
    const folder = this.#folders.find((each) => readdirSync(each).includes("cpu.stat"));
    if (folder === undefined) throw new Error("no control groups of version 2 are mounted: CPU time can't be counted");
    const microseconds = /^usage_usec (\d+)$/m.exec(readFileSync(join(folder, "cpu.stat"), "utf8"))?.[1];
    if (microseconds === undefined) throw new Error(`no usage_usec in ${folder}/cpu.stat`);
    return Number(microseconds) / 1e6;
  }

  /** The last processes of a machine that was killed go a moment after it. */
  async emptied(): Promise<void> {
    await until("the end of a machine's processes", () => !this.#folders.some(hasProcesses));
  }

  remove(): void {
    for (const folder of this.#folders.filter(existsSync)) removeGroup(folder);
  }
}

/** Those by which systemd knows its units: version 2, and beside it version 1 without a controller on older hosts. */
function hierarchies(): readonly string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const found = mounts.filter((line) => / - cgroup2 | - cgroup .*\bname=systemd\b/.test(line));
  return found.map((line) => line.split(" ")[4] ?? "");
}

const below = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));

/** A group that is removed meanwhile had none. */
function hasProcesses(folder: string): boolean {
  try {
    return readFileSync(join(folder, "cgroup.procs"), "utf8") !== "" || below(folder).some(hasProcesses);
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ENODEV"].includes(String(error.code))) return false;
    throw error;
  }
}

/** systemd leaves groups of its own below. */
function removeGroup(folder: string): void {
  for (const each of below(folder)) removeGroup(each);
  rmdirSync(folder);
}
