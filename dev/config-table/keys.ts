import * as z from "zod";
import { allowedBy as whatIsAllowed } from "../../config/remedy/shape.ts";

/** A key of the configuration, as its schema has it. */
export interface Key {
  /** Steps below the section; `[n]` for an element of a list. */
  readonly steps: readonly string[];
  /** Kinds (or sources) of the section that have this key; empty where each has it. */
  readonly kinds: readonly string[];
  /** Of a key that chooses the kind: all of them. */
  readonly choices: readonly string[];
  /** What the program says is allowed when it refuses a value. */
  readonly allowed: string;
  readonly default?: unknown;
  readonly required: boolean;
  /** A group of keys that may be left out as a whole, and has a row of its own for that. */
  readonly group: boolean;
  readonly description: string;
  /** Where the default is from, or what holds without the key. */
  readonly source: string;
}

/** Stands in a path for a name that the stack chooses. */
const anyName = "NAME";

/** Every key of a section's or a cloud block's schema, in its order; `absent` is what holds without the section. */
export function keysOf(schema: unknown, absent?: unknown): readonly Key[] {
  return walk(schema, { steps: [], kinds: [], default: absent, optional: false });
}

interface At {
  readonly steps: readonly string[];
  readonly kinds: readonly string[];
  readonly default: unknown;
  readonly optional: boolean;
  /** Of the outermost schema that says any. */
  readonly meta?: Meta;
}

const metaForm = z.object({ description: z.string().default(""), source: z.string().default("") });
type Meta = z.output<typeof metaForm>;

const metaOf = (schema: unknown): Meta | undefined => {
  const meta = schema instanceof z.ZodType ? schema.meta() : undefined;
  return meta === undefined ? undefined : metaForm.parse(meta);
};

function walk(schema: unknown, outer: At): readonly Key[] {
  const meta = outer.meta ?? metaOf(schema);
  const at: At = { ...outer, ...(meta === undefined ? {} : { meta }) };
  if (schema instanceof z.ZodOptional) return walk(schema.unwrap(), { ...at, optional: true });
  if (schema instanceof z.ZodDefault) return walk(schema.unwrap(), { ...at, default: schema.def.defaultValue });
  if (schema instanceof z.ZodPrefault) return walk(schema.unwrap(), at);
  if (schema instanceof z.ZodDiscriminatedUnion) return walkKinds(schema, at);
  if (schema instanceof z.ZodObject) return walkObject(schema, at);
  if (schema instanceof z.ZodArray) return [leaf(schema, at), ...walkElement(schema.element, at)];
  if (schema instanceof z.ZodRecord) return [leaf(schema, at), ...walkNamed(schema.valueType, at)];
  return [leaf(schema, at)];
}

function walkObject(schema: z.ZodObject, at: At): readonly Key[] {
  const inner = Object.entries(schema.shape).flatMap(([key, part]) =>
    walk(part, { steps: [...at.steps, key], kinds: at.kinds, default: undefined, optional: false }),
  );
  if (!at.optional) return inner;
  return [{ ...leaf(schema, at), allowed: "an object", group: true }, ...inner];
}

/** Only lists of groups have keys below them. */
function walkElement(element: unknown, at: At): readonly Key[] {
  if (!(element instanceof z.ZodObject)) return [];
  const last = at.steps.at(-1);
  const steps = last === undefined ? ["[n]"] : [...at.steps.slice(0, -1), `${last}[n]`];
  return walkObject(element, { steps, kinds: at.kinds, default: undefined, optional: false });
}

/** Of a map of groups, the keys of each, below a name that the stack chooses. */
function walkNamed(value: unknown, at: At): readonly Key[] {
  if (!(value instanceof z.ZodObject)) return [];
  return walkObject(value, { steps: [...at.steps, anyName], kinds: at.kinds, default: undefined, optional: false });
}

function walkKinds(union: z.ZodDiscriminatedUnion, at: At): readonly Key[] {
  const name = union.def.discriminator;
  const choices: string[] = [];
  const meanings: string[] = [];
  const inner = union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) throw new Error(`a member of the union over ${name} is no group of keys`);
    const kind = option.shape[name];
    if (!(kind instanceof z.ZodLiteral)) throw new Error(`${name} is no literal`);
    choices.push(String(kind.value));
    meanings.push(`\`${kind.value}\`: ${metaOf(option)?.description ?? ""}`);
    const { [name]: _, ...rest } = option.shape;
    return walkObject(z.strictObject(rest), { ...at, kinds: [String(kind.value)] });
  });
  const own = { ...leaf(union, { ...at, steps: [...at.steps, name] }), choices, description: meanings.join(" ") };
  const rest = merged(inner).map((key) => (key.kinds.length === union.options.length ? { ...key, kinds: [] } : key));
  return [own, ...rest];
}

/** What the schema itself says when it gets something that it can't be. */
function allowedBy(schema: unknown): string {
  if (!(schema instanceof z.ZodType)) throw new Error("not a schema");
  const message = whatIsAllowed(schema);
  if (message === "" || message.startsWith("Invalid")) throw new Error(`a schema doesn't say what is allowed`);
  return message;
}

function leaf(schema: unknown, at: At): Key {
  const allowed = schema instanceof z.ZodObject ? "an object" : allowedBy(schema);
  const required = !at.optional && at.default === undefined;
  const { description = "", source = "" } = at.meta ?? {};
  const { steps, kinds } = at;
  return { steps, kinds, choices: [], allowed, default: at.default, required, group: false, description, source };
}

/** One row for a key that several kinds have in the same form. */
function merged(keys: readonly Key[]): readonly Key[] {
  const rows = new Map<string, Key>();
  for (const key of keys) {
    const id = JSON.stringify([key.steps, key.allowed, key.default, key.required, key.description, key.source]);
    const seen = rows.get(id);
    rows.set(id, seen === undefined ? key : { ...seen, kinds: [...seen.kinds, ...key.kinds] });
  }
  return [...rows.values()];
}
