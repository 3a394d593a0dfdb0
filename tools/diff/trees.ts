import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { UsageError } from "../cli/faults.ts";
import { type PlannedStack, readPlan } from "./planned.ts";

const run = promisify(execFile);

const git = async (root: string, ...args: readonly string[]): Promise<string> =>
  (await run("git", ["-C", root, ...args])).stdout.trim();

/** A revision's files in a directory of their own. */
export interface Tree {
  readonly directory: string;
  /** Short commit, for people. */
  readonly name: string;
  readonly notes: readonly string[];
  remove(): void;
}

/** The commit that a revision names; by default the merge base of HEAD with main. */
export async function resolveBase(root: string, base: string | undefined): Promise<string> {
  await git(root, "rev-parse", "--git-dir").catch(() => {
    throw new UsageError("this directory is not in a Git repository: compare two stack files with --files");
  });
  if (base !== undefined) return commitOf(root, base);
  for (const main of ["main", "origin/main"]) {
    const found = await git(root, "merge-base", "HEAD", main).catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new UsageError("no merge base with main (a shallow clone?): specify a base");
}

async function commitOf(root: string, base: string): Promise<string> {
  try {
    return await git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`);
  } catch {
    throw new UsageError(`${base} is not a commit in this repository`);
  }
}

/** Unpacks a commit beside this revision's installed packages. */
export async function checkOut(root: string, commit: string): Promise<Tree> {
  const directory = mkdtempSync(join(tmpdir(), "ams-diff-"));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    const archive = join(directory, ".tree.tar");
    await git(root, "archive", "--format=tar", `--output=${archive}`, commit);
    await run("tar", ["-xf", archive, "-C", directory]);
    rmSync(archive);
    const lock = "package-lock.json";
    const isOther = read(join(directory, lock)) !== read(join(root, lock));
    const name = await git(root, "rev-parse", "--short", commit);
    const notes = isOther ? [`${name} has a different ${lock}: its plan uses this revision's packages`] : [];
    rmSync(join(directory, "node_modules"), { recursive: true, force: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    return { directory, name, notes, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

export interface PlanRun {
  /** Undefined when the configuration has faults. */
  readonly stacks: readonly PlannedStack[] | undefined;
  /** Warnings and faults. */
  readonly messages: string;
}

export interface PlanRequest {
  /** Whose program makes the plan. */
  readonly program: string;
  /** Where the stack files are. */
  readonly directory: string;
  readonly stacks: readonly string[];
  readonly changes: readonly string[];
}

/** Whether a directory has this program itself, and not only stack files for the installed one. */
export const hasPlan = (program: string): boolean => existsSync(join(program, "tools", "plan.ts"));

/** The words that run a program's plan: of the package's build, and of revisions before there was one command line. */
function planWords(program: string): readonly string[] {
  const has = (file: string): boolean => existsSync(join(program, file));
  if (!hasPlan(program)) return [join("tools", "cli.js"), "plan"];
  const starter = has("start.mjs") ? ["start.mjs"] : ["--import", "tsx"];
  return [...starter, ...(has("tools/cli.ts") ? [join("tools", "cli.ts"), "plan"] : [join("tools", "plan.ts")])];
}

/** Runs a tree's own `plan --json`, and nothing else of it. */
export function runPlan({ program, directory, stacks, changes }: PlanRequest): Promise<PlanRun> {
  if (stacks.length === 0) return Promise.resolve({ stacks: [], messages: "" });
  const place = directory === program ? [] : ["--cwd", directory];
  const words = [...stacks, "--json", ...place, ...changes.flatMap((change) => ["--config", change])];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...planWords(program), ...words], {
      cwd: program,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const out: string[] = [];
    const messages: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => void out.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => void messages.push(text));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ stacks: code === 0 ? readPlan(out.join("")) : undefined, messages: messages.join("").trim() }),
    );
  });
}

/** What a plan needs; credentials and tokens stay here, as the base may be anybody's code. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, LANG } = process.env;
  return { PATH, NO_COLOR: "1", ...(TMPDIR === undefined ? {} : { TMPDIR }), ...(LANG === undefined ? {} : { LANG }) };
}
