import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { projectFolder } from "../../model/project.ts";
import { CommandError, UsageError } from "../cli/faults.ts";
import { stackNames } from "../stack-file/read.ts";
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

/** What is compared with the working tree of a directory. */
export interface Comparison {
  /** The revision; undefined for the merge base with main. */
  readonly base: string | undefined;
  /** A stack's name, or `all`. */
  readonly stack: string;
  /** Changes of the configuration, `key=value`, tried on the newer side. */
  readonly changes: readonly string[];
  readonly directory: string;
}

/** A revision's plans against the working tree's. */
export async function revisionSides({ base, stack, changes, directory }: Comparison): Promise<Sides> {
  const root = resolve(directory);
  const tree = await checkOut(root, await resolveBase(root, base));
  try {
    const names = { before: stackNames(tree.directory), after: stackNames(root) };
    const known = [...new Set([...names.before, ...names.after])];
    if (stack !== "all" && !known.includes(stack))
      throw new UsageError(`there is no stack ${stack}; available stacks: ${known.join(", ")}`);
    const chosen = (list: readonly string[]) => list.filter((name) => stack === "all" || name === stack);
    // A program with the package has no revisions of it: both sides are planned with the installed one.
    const isOwn = hasPlan(root);
    const [old, own] = isOwn ? [tree.directory, root] : [projectFolder, projectFolder];
    const canPlan = !isOwn || hasPlan(old);
    const [before, after] = await Promise.all([
      canPlan ? planBase(old, tree.directory, chosen(names.before)) : { stacks: [], notes: [] },
      runPlan({ program: own, directory: root, stacks: chosen(names.after), changes }),
    ]);
    const notPlanned = canPlan
      ? []
      : [`${tree.name} does not contain the plan command yet, so all resources are shown as new`];
    return {
      title: `${tree.name} -> working tree${tried(changes)}`,
      notes: [...(isOwn ? tree.notes : []), ...notPlanned, ...before.notes],
      pairs: pairs(before.stacks, faultless(after), (name) => secretsBetween(tree.directory, root, name)),
    };
  } finally {
    tree.remove();
  }
}

const tried = (changes: readonly string[]): string => (changes.length === 0 ? "" : ` with ${changes.join(" ")}`);

function faultless({ stacks, messages }: PlanRun): readonly PlannedStack[] {
  if (stacks === undefined) throw new CommandError(messages);
  return stacks;
}

/** The base's plans; stacks whose configuration has faults there count as new. */
async function planBase(
  program: string,
  directory: string,
  stacks: readonly string[],
): Promise<{ readonly stacks: readonly PlannedStack[]; readonly notes: readonly string[] }> {
  const request = { program, directory, changes: [] };
  const all = await runPlan({ ...request, stacks });
  if (all.stacks !== undefined) return { stacks: all.stacks, notes: [] };
  const runs = await Promise.all(stacks.map((name) => runPlan({ ...request, stacks: [name] })));
  const faulty = runs.flatMap(({ stacks: own, messages }, index) =>
    own === undefined ? [[stacks[index], messages]] : [],
  );
  return {
    stacks: runs.flatMap((one) => one.stacks ?? []),
    notes: faulty.map(
      ([name, text]) =>
        `${name} in the base revision cannot be planned, so all its resources are shown as new: ${text}`,
    ),
  };
}

/** Two stack files, both with this revision's program. They are compared as if they were the same stack's. */
export async function fileSides(files: readonly [string, string], changes: readonly string[]): Promise<Sides> {
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
  const project = [beside, join(projectFolder, "Pulumi.yaml")].find((path) => existsSync(path));
  if (project === undefined) writeFileSync(join(directory, "Pulumi.yaml"), "name: ams\n");
  else copyFileSync(project, join(directory, "Pulumi.yaml"));
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
