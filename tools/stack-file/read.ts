import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, isAlias, isCollection, isNode, LineCounter, parseDocument, visit } from "yaml";
import type { RawConfig } from "../../config/raw.ts";
import { fromText } from "../../config/text.ts";
import { CommandError, UsageError } from "../cli/faults.ts";
import { type Change, type Fields, isFields, setAt } from "./config-path.ts";

/** A stack file that can't be read; its message is for the person who wrote the file. */
export class StackFileError extends CommandError {}

/** Keys of the program; a stack file may also have those of other programs, and of providers. */
const namespace = "ams";

/** Names of the stacks that have a file in the directory: those of AWS, then those of Alibaba Cloud. */
export function stackNames(directory: string): readonly string[] {
  const names = readdirSync(directory)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
  const isAlibaba = (name: string): boolean => alibaba.test(readText(directory, `Pulumi.${name}.yaml`));
  return [...names.filter((name) => !isAlibaba(name)), ...names.filter(isAlibaba)];
}

/** The cloud is found in a file that has faults too. */
const alibaba = /^\s*["']?(ams:)?cloud["']?\s*:\s*["']?alibaba\b/m;

/** The stacks' names, `all` replaced by those that have a file. */
export function chooseStacks(asked: readonly string[], directory: string): readonly string[] {
  const known = stackNames(directory);
  const list = known.length === 0 ? "this directory contains no stack files" : `available stacks: ${known.join(", ")}`;
  if (asked.length === 0) throw new UsageError(`no stack specified; ${list}; to select every stack, use all`);
  const unknown = asked.find((name) => name !== "all" && !known.includes(name));
  if (unknown !== undefined || known.length === 0)
    throw new UsageError(`no file Pulumi.${unknown ?? "*"}.yaml; ${list}`);
  return [...new Set(asked.flatMap((name) => (name === "all" ? known : [name])))];
}

/** A stack's configuration as the program gets it: the project's defaults, the stack file, and changes to try. */
export function readStack(directory: string, stack: string, changes: readonly Change[] = []): RawConfig {
  const file = `Pulumi.${stack}.yaml`;
  try {
    return readConfigOf(directory, stack, file, changes);
  } catch (error) {
    throw error instanceof RangeError ? new StackFileError(`${file}: ${tooDeep}`) : error;
  }
}

const tooDeep = "nested too deeply";

/** The first line of an error; the stack of calls has an end, at some thousands of levels. */
function reasonOf(error: unknown): string {
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return /^Maximum call stack/.test(reason) ? tooDeep : reason;
}

function readConfigOf(directory: string, stack: string, file: string, changes: readonly Change[]): RawConfig {
  const [own, project] = [readYaml(directory, file), readYaml(directory, "Pulumi.yaml")];
  const name = typeof project["name"] === "string" ? project["name"] : namespace;
  const ownConfig = configOf(own, file, name);
  const config = changes.reduce((before, change) => setAt(before, change), { ...ownConfig });
  const values: Record<string, unknown> = {};
  const secrets: Record<string, undefined> = {};
  for (const [key, value] of Object.entries({ ...projectDefaults(project, name), ...config })) {
    if (!key.startsWith(`${namespace}:`)) continue;
    const section = key.slice(namespace.length + 1);
    if (isSecret(value)) secrets[section] = undefined;
    else values[section] = fromText(section, toText(value));
  }
  const regions = { aws: config["aws:region"], alibaba: config["alicloud:region"] };
  return { stack, directory, values, secrets, regions };
}

/** The engine encrypts one text at any depth as `secure: v1:...` and takes the whole key for a secret. */
function isSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isFields(value) && typeof value["secure"] === "string" && Object.keys(value).length === 1) return true;
  return Object.values(value).some(isSecret);
}

/** A value as the engine hands it to the program. */
const toText = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Keys without a namespace are the project's own. */
function configOf({ config = {} }: Fields, file: string, project: string): Fields {
  const given = config ?? {};
  if (!isFields(given)) throw new StackFileError(`${file}: config: must be a map of keys to values`);
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
  );
}

/** Pulumi.yaml gives a key's value directly, or as `value` or `default` beside its type and description. */
function projectDefaults(project: Fields, name: string): Fields {
  const entries = Object.entries(configOf(project, "Pulumi.yaml", name)).flatMap(([key, value]) => {
    const given = isFields(value) ? (value["value"] ?? value["default"]) : value;
    return given === undefined ? [] : [[key, given] as const];
  });
  return Object.fromEntries(entries);
}

function readYaml(directory: string, file: string): Fields {
  const lines = new LineCounter();
  const document = parseDocument(readText(directory, file), { lineCounter: lines, logLevel: "error" });
  const [error] = document.errors;
  if (error !== undefined) {
    const place = error.linePos?.[0];
    const reason = reasonOf(error).replace(/ at line \d+, column \d+:?$/, "");
    throw new StackFileError(`${file}${place === undefined ? "" : `:${place.line}:${place.col}`}: ${reason}`);
  }
  const [offset] = listKeys(document);
  if (offset !== undefined) {
    const { line, col } = lines.linePos(offset);
    throw new StackFileError(`${file}:${line}:${col}: a key must be a string, not a list or a map`);
  }
  const value: unknown = toPlain(file, () => document.toJS());
  if (value === null || value === undefined) return {};
  if (!isFields(value)) throw new StackFileError(`${file}: must be a map that contains config:`);
  return value;
}

/** Where keys stand that are no text: JSON has none such, and the library would make up a text for them. */
function listKeys(document: Document): readonly number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isCollection(isAlias(key) ? key.resolve(document) : key)) offsets.push((isNode(key) && key.range?.[0]) || 0);
    },
  });
  return offsets;
}

/** The engine hands values on as JSON, so that an alias within its own anchor is no value. */
function toPlain(file: string, convert: () => unknown): unknown {
  try {
    const value = convert();
    JSON.stringify(value);
    return value;
  } catch (error) {
    throw new StackFileError(`${file}: ${reasonOf(error)}`);
  }
}

function readText(directory: string, file: string): string {
  try {
    return readFileSync(join(directory, file), "utf8");
  } catch (error) {
    throw new StackFileError(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
