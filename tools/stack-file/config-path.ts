import { secretKeys } from "../../model/cluster.ts";
import { UsageError } from "../cli/faults.ts";

/** A change to a stack's configuration, as `pulumi config set --path` takes it. */
export interface Change {
  /** The configuration's key, then names and places within its value. */
  readonly path: readonly [string, ...(string | number)[]];
  /** Undefined removes what is at the path. */
  readonly value: unknown;
  /** The path as it was typed, for messages. */
  readonly typed: string;
}

/** A change with all of what was typed, for another command. */
export interface TypedChange extends Change {
  readonly text: string;
}

/** A change that can't be understood or doesn't fit; its message is for the person who typed it. */
export class ChangeError extends UsageError {}

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads `origin.max=20`, `ams:network.zones[2]=c`, `aws:region=eu-west-1` or `tags["cost.center"]=7`. `null` removes a key, as
 * in Helm's `--set`; a list or a group is JSON; a secret is its placeholder.
 */
export function parseChange(text: string): TypedChange {
  const split = text.indexOf("=");
  const typed = split < 0 ? text : text.slice(0, split);
  const match = /^(?:([A-Za-z][A-Za-z0-9-]*):)?([A-Za-z][\w-]*)(.*)$/.exec(typed);
  if (split < 0 || match === null) throw new ChangeError(`--config ${typed}: must be key=value, such as origin.max=20`);
  const [, namespace = "ams", key, rest = ""] = match;
  const path = [`${namespace}:${key}`, ...parseSteps(typed, rest)] as const;
  const given = text.slice(split + 1);
  const isSecret = namespace === "ams" && (secretKeys as readonly string[]).includes(key ?? "");
  return { path, value: isSecret ? parseSecret(typed, given) : parseValue(typed, given), typed, text };
}

/** What stands for a secret in a plan; a secret itself would stay in the shell's history. */
export const placeholder = "placeholder";

function parseSecret(typed: string, text: string): unknown {
  if (text === "null") return undefined;
  if (text === placeholder) return { secure: placeholder };
  throw new ChangeError(
    `--config ${typed}: a secret cannot be set on the command line. To plan without it: --config ${typed}=${placeholder}`,
  );
}

/** `.name`, `[2]` and `["any text"]`, one after the other. */
function parseSteps(typed: string, rest: string): readonly (string | number)[] {
  const step = /\.([^.[\]"=]+)|\[(\d+)\]|\["([^"]+)"\]/y;
  const steps: (string | number)[] = [];
  while (step.lastIndex < rest.length) {
    const match = step.exec(rest);
    if (match === null) throw new ChangeError(`--config ${typed}: a path consists of names, dots and [numbers]`);
    steps.push(match[2] === undefined ? (match[1] ?? match[3] ?? "") : Number(match[2]));
  }
  return steps;
}

/** As `pulumi config set --path`: true, false and whole numbers are what they look like, all else is text, but for JSON. */
function parseValue(typed: string, text: string): unknown {
  if (text === "null") return undefined;
  if (/^[[{]/.test(text)) return parseJson(typed, text);
  if (text === "true" || text === "false") return text === "true";
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

function parseJson(typed: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ChangeError(
      `--config ${typed}: write a list or an object as JSON, such as '${typed}=["a","b"]' or '${typed}={"max":20}'`,
    );
  }
}

/** The configuration with the change made; what stood there is not touched. */
export function setAt(config: Fields, { path: [key, ...steps], value, typed }: Change): Fields {
  if (value === undefined) return without(config, [key, ...steps]) as Fields;
  return { ...config, [key]: replace(config[key], steps, value, typed) };
}

/** The value without a key of a group or a place of a list, as `pulumi config rm --path` leaves it. */
function without(before: unknown, [step, ...rest]: readonly (string | number)[]): unknown {
  if (Array.isArray(before))
    return rest.length === 0
      ? before.filter((_, index) => index !== step)
      : before.map((part: unknown, index) => (index === step ? without(part, rest) : part));
  if (!isFields(before)) return before;
  const entries = Object.entries(before).filter(([name]) => rest.length > 0 || name !== step);
  return Object.fromEntries(entries.map(([name, part]) => [name, name === step ? without(part, rest) : part]));
}

function replace(
  before: unknown,
  [step, ...rest]: readonly (string | number)[],
  value: unknown,
  typed: string,
): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list: readonly unknown[] =
      before === undefined ? [] : Array.isArray(before) ? before : misfit(typed, before, "a list");
    if (step > list.length)
      throw new ChangeError(
        `--config ${typed}: there are ${list.length} values, so the next index is [${list.length}]`,
      );
    return [...list.slice(0, step), replace(list[step], rest, value, typed), ...list.slice(step + 1)];
  }
  const fields =
    before === undefined || before === "" ? {} : isFields(before) ? before : misfit(typed, before, "an object");
  const inner = Object.hasOwn(fields, step) ? fields[step] : undefined;
  return { ...fields, [step]: replace(inner, rest, value, typed) };
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Says the kind only: what stands there may be a secret. */
function misfit(typed: string, before: unknown, wanted: string): never {
  const kind = Array.isArray(before) ? "a list" : isFields(before) ? "an object" : `a ${typeof before}`;
  throw new ChangeError(`--config ${typed}: requires ${wanted}, but the stack file contains ${kind}`);
}
