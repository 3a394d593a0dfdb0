import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonSchema, stackFileSchema } from "../../dev/config-table/json-schema.ts";
import { rules } from "../../policy/index.ts";
import { clouds, render, root, stackFiles } from "./contract.ts";

/**
 * What docs/upgrading.md promises for a major version, one fact a line, as the release had it: a fact may be added, none may
 * go. `limits` are the bounds of numbers, which may only become wider.
 */
export interface Promised {
  readonly release: string;
  readonly facts: readonly string[];
  readonly required: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

const file = join(root, "test/golden/promise.json");

export const readPromise = (): Promised => JSON.parse(readFileSync(file, "utf8"));

export const writePromise = (promised: Promised): void => writeFileSync(file, `${JSON.stringify(promised, null, 2)}\n`);

/** What this revision keeps. */
export async function promisedNow(): Promise<Promised> {
  const keys = keysOf("", stackFileSchema());
  const rendered = await Promise.all(clouds.map((cloud) => render(cloud, stackFiles[cloud])));
  const facts = [
    ...keys.facts,
    ...rendered.flatMap(({ recording }) =>
      recording.resources.filter(({ custom }) => !custom).map(({ type }) => `token ${type}`),
    ),
    ...rendered.flatMap(({ recording }) => Object.keys(recording.outputs).map((name) => `output ${name}`)),
    ...rules.map(({ id }) => `rule ${id}`),
    ...["plan", "cost", "diff"].flatMap((tool) => shapeOf(`json ${tool}`, jsonOf(tool))),
  ];
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return { release: version, facts: [...new Set(facts)].sort(), required: keys.required, limits: keys.limits };
}

/** Facts that are gone, keys that became required, and limits that became narrower. */
export function broken(before: Promised, now: Promised): readonly string[] {
  const kept = new Set(now.facts);
  const groups = before.facts.filter((fact) => fact.startsWith("key ")).map((fact) => fact.split(" ")[1] ?? "");
  const narrower = Object.entries(now.limits).filter(([name, limit]) => {
    const old = before.limits[name];
    if (old === undefined) return groups.some((key) => name.endsWith(` ${key}`));
    return name.startsWith("min") ? limit > old : limit < old;
  });
  return [
    ...before.facts.filter((fact) => !kept.has(fact)),
    ...now.required
      .filter((key) => !before.required.includes(key) && isIn(groups, parentOf(key)))
      .map((key) => `required ${key}`),
    ...narrower.map(([name, limit]) => `${name} ${limit}`),
  ];
}

const parentOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf(".")));

/** A key of a group that is new as a whole may be required. */
const isIn = (groups: readonly string[], parent: string): boolean => parent === "" || groups.includes(parent);

interface Keys {
  readonly facts: string[];
  readonly required: string[];
  readonly limits: Record<string, number>;
}

const bounds = ["minimum", "maximum", "minItems", "maxItems"] as const;

function keysOf(path: string, schema: JsonSchema, found: Keys = { facts: [], required: [], limits: {} }): Keys {
  const { type, default: usual, enum: values, items, properties = {}, required = [] } = schema;
  if (path !== "" && typeof type === "string") found.facts.push(`key ${path} ${type}`);
  if (usual !== undefined) found.facts.push(`default ${path} ${JSON.stringify(usual)}`);
  for (const value of Array.isArray(values) ? values : []) found.facts.push(`value ${path} ${JSON.stringify(value)}`);
  for (const bound of bounds) {
    const limit = schema[bound];
    if (typeof limit === "number") found.limits[`${bound} ${path}`] = limit;
  }
  for (const option of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
    keysOf(`${path}${kindOf(option)}`, option, found);
  for (const [name, inner] of Object.entries(properties)) {
    const below = path === "" && name === "config" ? "" : path === "" ? name : `${path}.${name}`;
    if (required.includes(name)) found.required.push(below);
    keysOf(below, inner, found);
  }
  if (items !== undefined) keysOf(`${path}[n]`, items as JsonSchema, found);
  return found;
}

/** `(haproxy)`, where a group of keys is one of several kinds. */
function kindOf({ properties = {} }: JsonSchema): string {
  const kind = Object.values(properties).find((inner) => "const" in inner)?.["const"];
  return kind === undefined ? "" : `(${kind})`;
}

/** What a command prints of the shipped stack files with `--json`. */
function jsonOf(tool: string): unknown {
  const words = ["run", "--silent", tool, "--", tool === "diff" ? "HEAD" : "all", "--json"];
  const text = execFileSync("npm", words, { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  return JSON.parse(text.toString());
}

/** What depends on the provider or on the price book, not on the command. */
const open = /\.(inputs|options|outputs|price|lacks)$/;

/** Every path of a JSON text with its type. */
function shapeOf(path: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return [`${path} list`, ...value.flatMap((one) => shapeOf(`${path}[n]`, one))];
  if (typeof value !== "object" || value === null) return [`${path} ${typeof value}`];
  if (open.test(path)) return [`${path} object`];
  return Object.entries(value).flatMap(([key, one]) => shapeOf(`${path}.${key}`, one));
}
