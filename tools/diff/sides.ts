import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { projectFolder } from "../../model/project.ts";
import { UsageError } from "../plan/arguments.ts";
import { stackNames } from "../stack-file.ts";
import type { Arguments } from "./arguments.ts";
import { isJson, type PlannedStack } from "./planned.ts";
import type { ChangedSecrets } from "./renewals.ts";
import { checkOut, hasPlan, type PlanRun, resolveBase, runPlan } from "./trees.ts";

/** A stack as it was and as it is; without one side it is new or goes. */
export interface Pair {
  readonly before: PlannedStack;
  readonly after: PlannedStack;
  readonly secrets: ChangedSecrets;
}

export interface Sides {
  readonly title: string;
  readonly notes: readonly string[];
  readonly pairs: readonly Pair[];
}

/** The newer side's configuration has faults: exit code 1. */
export class FaultsError extends Error {}

/** A revision's plans against the working tree's. */
export async function revisionSides({ base, stack, changes }: Arguments, root = projectFolder): Promise<Sides> {
  const tree = await checkOut(root, await resolveBase(root, base));
  try {
    const names = { before: stackNames(tree.directory), after: stackNames(root) };
    const known = [...new Set([...names.before, ...names.after])];
    if (stack !== "all" && !known.includes(stack))
      throw new UsageError(`no stack ${stack}: there are ${known.join(", ")}`);
    const chosen = (list: readonly string[]) => list.filter((name) => stack === "all" || name === stack);
    const canPlan = hasPlan(tree.directory);
    const [before, after] = await Promise.all([
      canPlan ? planBase(tree.directory, chosen(names.before)) : { stacks: [], notes: [] },
      runPlan({ program: root, directory: root, stacks: chosen(names.after), changes }),
    ]);
    const notPlanned = canPlan ? [] : [`${tree.name} has no npm run plan yet: everything counts as new`];
    return {
      title: `${tree.name} -> working tree${tried(changes)}`,
      notes: [...tree.notes, ...notPlanned, ...before.notes],
      pairs: pairs(before.stacks, faultless(after), (name) => secretsBetween(tree.directory, root, name)),
    };
  } finally {
    tree.remove();
  }
}

const tried = (changes: readonly string[]): string => (changes.length === 0 ? "" : ` with ${changes.join(" ")}`);

function faultless({ stacks, messages }: PlanRun): readonly PlannedStack[] {
  if (stacks === undefined) throw new FaultsError(messages);
  return stacks;
}

/** The base's plans; stacks whose configuration has faults there count as new. */
async function planBase(
  program: string,
  stacks: readonly string[],
): Promise<{ readonly stacks: readonly PlannedStack[]; readonly notes: readonly string[] }> {
  const request = { program, directory: program, changes: [] };
  const all = await runPlan({ ...request, stacks });
  if (all.stacks !== undefined) return { stacks: all.stacks, notes: [] };
  const runs = await Promise.all(stacks.map((name) => runPlan({ ...request, stacks: [name] })));
  const faulty = runs.flatMap(({ stacks: own, messages }, index) =>
    own === undefined ? [[stacks[index], messages]] : [],
  );
  return {
    stacks: runs.flatMap((one) => one.stacks ?? []),
    notes: faulty.map(
      ([name, text]) => `the base's ${name} can't be planned, so that all of it counts as new: ${text}`,
    ),
  };
}

/** Two stack files, both with this revision's program. They are compared as if they were the same stack's. */
export async function fileSides({
  files,
  changes,
}: Arguments & { readonly files: readonly [string, string] }): Promise<Sides> {
  const stack = stackOf(files[1]);
  const directories = files.map((file) => copyOf(file, stack));
  try {
    const [old = "", own = ""] = directories;
    const [before, after] = await Promise.all([
      runPlan({ program: projectFolder, directory: old, stacks: [stack], changes: [] }),
      runPlan({ program: projectFolder, directory: own, stacks: [stack], changes }),
    ]);
    return {
      title: `${files[0]} -> ${files[1]}${tried(changes)}`,
      notes: [],
      pairs: pairs(faultless(before), faultless(after), (name) => secretsBetween(old, own, name)),
    };
  } finally {
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  }
}

/** The stack's name of `Pulumi.NAME.yaml`; any other file's is its own. */
const stackOf = (file: string): string =>
  basename(file)
    .replace(/^Pulumi\./, "")
    .replace(/\.ya?ml$/, "");

function copyOf(file: string, stack: string): string {
  if (!existsSync(file)) throw new UsageError(`${file}: no such file`);
  const directory = mkdtempSync(join(tmpdir(), "ams-diff-"));
  const beside = join(dirname(resolve(file)), "Pulumi.yaml");
  copyFileSync(existsSync(beside) ? beside : join(projectFolder, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
  copyFileSync(file, join(directory, `Pulumi.${stack}.yaml`));
  return directory;
}

function pairs(
  before: readonly PlannedStack[],
  after: readonly PlannedStack[],
  secretsOf: (stack: string) => ChangedSecrets,
): readonly Pair[] {
  const names = [...new Set([...after, ...before].map(({ stack }) => stack))].sort();
  return names.map((stack) => {
    const find = (stacks: readonly PlannedStack[]) => stacks.find((one) => one.stack === stack);
    const empty = { stack, cloud: find(after)?.cloud ?? find(before)?.cloud ?? "", resources: [] };
    return { before: find(before) ?? empty, after: find(after) ?? empty, secrets: secretsOf(stack) };
  });
}

/** Keys whose encrypted text differs: the engine encrypts anew only what is set anew. */
function secretsBetween(before: string, after: string, stack: string): ChangedSecrets {
  const [old, own] = [encrypted(before, stack), encrypted(after, stack)];
  return new Set([...own].flatMap(([key, text]) => (old.has(key) && old.get(key) !== text ? [key] : [])));
}

function encrypted(directory: string, stack: string): ReadonlyMap<string, string> {
  const file = join(directory, `Pulumi.${stack}.yaml`);
  const content: unknown = existsSync(file) ? parse(readFileSync(file, "utf8"), { logLevel: "error" }) : undefined;
  const config = isJson(content) && isJson(content["config"]) ? content["config"] : {};
  const entries = Object.entries(config).filter(([, value]) => JSON.stringify(value).includes('"secure":'));
  return new Map(entries.map(([key, value]) => [key.replace(/^ams:/, ""), JSON.stringify(value)]));
}
