import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { isFields, type Tree } from "./tree.ts";

/** What `pulumi config set` and `pulumi config rm` make of a stack file's configuration (pkg/cmd/pulumi/config, 3.258). */
export function applied(config: Tree, words: readonly string[]): Tree {
  const [program, verb, ...rest] = words;
  if (program !== "config" || (verb !== "set" && verb !== "rm")) throw new Error(`not understood: ${words.join(" ")}`);
  const flags = new Set<string>();
  const plain: string[] = [];
  let type: string | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") plain.push(...rest.splice(0));
    else if (word === "--type") type = rest.shift();
    else if (word.startsWith("-")) flags.add(word);
    else plain.push(word);
  }
  const unknown = [...flags].filter((flag) => !["--path", "--secret"].includes(flag));
  if (unknown.length > 0) throw new Error(`unknown flag: ${unknown.join(" ")}`);
  const [typed, text] = plain;
  if (typed === undefined || plain.length > (verb === "rm" ? 1 : 2)) throw new Error(`wrong words: ${words.join(" ")}`);
  const steps = flags.has("--path") ? stepsOf(typed) : [typed];
  if (verb === "rm") return removed(config, steps) as Tree;
  if (flags.has("--secret")) return set(config, steps, { secure: "v1:typed" }) as Tree;
  if (text === undefined) throw new Error(`no value: ${words.join(" ")}`);
  return set(config, steps, type === "string" || steps.length === 1 ? text : guessed(text)) as Tree;
}

/** Does to a stack file what the command does. */
export function configure(file: string, words: readonly string[]): void {
  const settings = parse(readFileSync(file, "utf8"));
  writeFileSync(file, stringify({ ...settings, config: applied(settings.config ?? {}, words) }));
}

/** Below the top level, truths and whole numbers are what they look like. */
const guessed = (text: string): unknown => {
  if (text === "true" || text === "false") return text === "true";
  return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
};

function stepsOf(typed: string): readonly (string | number)[] {
  const [key = "", rest = ""] = typed.split(/(?=[.[])(.*)/s);
  const steps = [...rest.matchAll(/\.([^.[]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g)];
  if (steps.map(([step]) => step).join("") !== rest) throw new Error(`no path: ${typed}`);
  return [
    key,
    ...steps.map(([, name, index, quoted]) => (index === undefined ? (name ?? quoted ?? "") : Number(index))),
  ];
}

function set(at: unknown, [step, ...rest]: readonly (string | number)[], value: unknown, top = true): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    if (at !== undefined && !Array.isArray(at)) throw new Error("expected an array");
    const list: readonly unknown[] = at ?? [];
    const padded = Array.from({ length: Math.max(list.length, step + 1) }, (_, index) => list[index] ?? null);
    return padded.map((part, index) => (index === step ? set(part ?? undefined, rest, value, false) : part));
  }
  if (at !== undefined && !isFields(at)) throw new Error("expected an object");
  // A text at the top level gives way to what is set below it.
  const inner = at?.[step];
  const before = top && typeof inner !== "object" ? undefined : inner;
  return { ...at, [step]: set(rest.length === 0 ? undefined : before, rest, value, false) };
}

function removed(at: unknown, [step, ...rest]: readonly (string | number)[]): unknown {
  if (Array.isArray(at))
    return rest.length === 0
      ? at.filter((_, index) => index !== step)
      : at.map((part: unknown, index) => (index === step ? removed(part, rest) : part));
  if (!isFields(at)) return at;
  const entries = Object.entries(at).filter(([key]) => rest.length > 0 || key !== step);
  return Object.fromEntries(entries.map(([key, part]) => [key, key === step ? removed(part, rest) : part]));
}
