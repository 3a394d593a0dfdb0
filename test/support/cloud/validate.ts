import type { Field, Fields, ResourceSchema, Shape } from "./schema.ts";
import { isUnknown, isValues, type Value, type Values } from "./wire.ts";

export interface Failure {
  /** Property path such as `ebs.volumeSize`; empty for the resource as a whole. */
  readonly path: string;
  readonly reason: string;
  /** Refused because the SDK lists other values. */
  readonly listed?: true;
}

/**
 * What the SDK's declarations do not allow: unknown, missing, of a wrong type, or none of the listed values. Lists of
 * values for the paths in `known` come from a better source than the SDK's documentation and are not judged here.
 */
export function validate(schema: ResourceSchema, inputs: Values, known: readonly string[] = []): readonly Failure[] {
  const isKnown = (path: string): boolean => known.includes(path.replace(/\[\d+\]/g, ""));
  return object(schema, schema.inputs, inputs, "").filter(
    (failure) => !(failure.listed === true && isKnown(failure.path)),
  );
}

function object(schema: ResourceSchema, fields: Fields, values: Values, path: string): readonly Failure[] {
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const missing = Object.entries(fields)
    .filter(([key, field]) => field.required && (values[key] === undefined || values[key] === null))
    .map(([key]) => ({ path: at(key), reason: "missing required property" }));
  const wrong = Object.entries(values).flatMap(([key, value]) => {
    // The engine's own bookkeeping, such as __defaults.
    if (key.startsWith("__") || value === undefined || value === null) return [];
    const field: Field | undefined = fields[key];
    if (field === undefined) return [{ path: at(key), reason: "unknown property" }];
    return check(schema, field.shape, value, at(key));
  });
  return [...missing, ...wrong];
}

function check(schema: ResourceSchema, shape: Shape, value: Value, path: string): readonly Failure[] {
  if (isUnknown(value)) return [];
  switch (shape.kind) {
    case "any":
      return [];
    case "string":
      return text(shape.allowed, value, path);
    case "number":
    case "boolean":
      return typeof value === shape.kind ? [] : [wrongType(shape.kind, value, path)];
    case "list":
      if (!Array.isArray(value)) return [wrongType("list", value, path)];
      return value.flatMap((part: Value, index) => check(schema, shape.of, part, `${path}[${index}]`));
    case "map":
      if (!isValues(value)) return [wrongType("map", value, path)];
      return Object.entries(value).flatMap(([key, part]) => check(schema, shape.of, part ?? null, `${path}.${key}`));
    case "object":
      if (!isValues(value)) return [wrongType("object", value, path)];
      return object(schema, schema.objects[shape.name] ?? {}, value, path);
    case "either":
      return either(schema, shape.of, value, path);
  }
}

function text(allowed: readonly string[] | undefined, value: Value, path: string): readonly Failure[] {
  if (typeof value !== "string") return [wrongType("string", value, path)];
  if (allowed === undefined || allowed.includes(value) || allowed.includes(camelCase(value))) return [];
  return [{ path, reason: `expected one of [${allowed.join(" ")}], got ${value}`, listed: true }];
}

/** The SDKs' documentation spells some values as it spells properties: `lbCookie` for `lb_cookie`. */
const camelCase = (value: string): string => value.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function either(schema: ResourceSchema, shapes: readonly Shape[], value: Value, path: string): readonly Failure[] {
  const attempts = shapes.map((shape) => check(schema, shape, value, path));
  return attempts.some((failures) => failures.length === 0) ? [] : (attempts[0] ?? []);
}

function wrongType(expected: string, value: Value, path: string): Failure {
  const got = Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
  return { path, reason: `expected a ${expected}, got a ${got}` };
}
