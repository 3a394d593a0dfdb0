import { type JsonSchema, sectionSchemas } from "../../dev/config-table/json-schema.ts";
import type { Change } from "../../tools/stack-file/config-path.ts";

/** A key that holds a value, with what has to stand beside it: the kinds of the groups that it is in. */
export interface Leaf {
  /** As a person types it, with `[n]` for an element of a list. */
  readonly path: string;
  readonly steps: Change["path"];
  readonly schema: JsonSchema;
  readonly beside: readonly Pick<Change, "path" | "value">[];
}

/** Every leaf of the configuration's schema; of a key that several kinds have, one for each kind. */
export const leaves = (): readonly Leaf[] =>
  Object.entries(sectionSchemas()).flatMap(([name, schema]) =>
    walk({ path: `ams:${name}`, steps: [name], schema, beside: [] }),
  );

function walk(leaf: Leaf): readonly Leaf[] {
  const { path, steps, schema, beside } = leaf;
  const { properties, anyOf, oneOf } = schema;
  const options = anyOf ?? oneOf;
  if (options?.some((option) => option.properties !== undefined) === true) {
    return [choice(leaf, options), ...options.flatMap((option) => walkKind(leaf, option))];
  }
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([key, part]) =>
      walk({ path: `${path}.${key}`, steps: [...steps, key], schema: part, beside }),
    );
  }
  const named = schema["additionalProperties"] as JsonSchema | undefined;
  if (named?.properties !== undefined) return walkNamed(leaf, named);
  const items = schema["items"] as JsonSchema | undefined;
  if (items?.properties === undefined) return [leaf];
  return walk({ path: `${path}[n]`, steps: [...steps, 0], schema: items, beside });
}

/** A group of a map, under a name of the test's, with what each group has to say. */
function walkNamed({ path, steps, beside }: Leaf, schema: JsonSchema): readonly Leaf[] {
  const own = [...steps, "live"];
  const needed = (schema.required ?? []).map((key) => {
    const [value] = (schema.properties?.[key]?.["enum"] ?? []) as readonly unknown[];
    return { path: [...own, key] as unknown as Change["path"], value };
  });
  return walk({
    path: `${path}.live`,
    steps: own as unknown as Change["path"],
    schema,
    beside: [...beside, ...needed],
  });
}

const kindOf = (option: JsonSchema) =>
  Object.entries(option.properties ?? {}).flatMap(([key, { const: value }]) =>
    value === undefined ? [] : [{ key, value }],
  )[0];

/** The key that chooses the kind. */
function choice({ path, steps, beside }: Leaf, options: readonly JsonSchema[]): Leaf {
  const kinds = options.map(kindOf);
  const key = kinds[0]?.key ?? "";
  return { path: `${path}.${key}`, steps: [...steps, key], schema: { enum: kinds.map((kind) => kind?.value) }, beside };
}

function walkKind({ path, steps, beside }: Leaf, option: JsonSchema): readonly Leaf[] {
  const kind = kindOf(option);
  if (kind === undefined) return [];
  const { [kind.key]: _, ...properties } = option.properties ?? {};
  const chosen: Pick<Change, "path" | "value"> = { path: [...steps, kind.key], value: kind.value };
  return walk({ path, steps, schema: { properties }, beside: [...beside, chosen] });
}

/** A key with one value that is allowed has nothing to be honoured. */
export const isFixed = ({ schema }: Leaf): boolean =>
  schema["const"] !== undefined || (Array.isArray(schema["enum"]) && schema["enum"].length === 1);

/** Two values that the key's own form allows, where they can be told from it. */
export function twoValues({ schema }: Leaf): readonly [unknown, unknown] | undefined {
  const choices: unknown = schema["enum"];
  if (Array.isArray(choices)) return [choices[0], choices[1]];
  const { type, default: byDefault, minimum, maximum } = schema;
  if (type === "boolean") return [true, false];
  if (type !== "integer") return undefined;
  const low = Number(minimum);
  const first = typeof byDefault === "number" ? byDefault : low;
  return [first, first < Number(maximum) ? first + 1 : first - 1];
}
