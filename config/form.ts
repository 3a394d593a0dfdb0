import { type Fault, shellWord, show, stepInto } from "./fault.ts";
import * as z from "./zod.ts";

export interface Formed<T> {
  readonly faults: readonly Fault[];
  /** There only without faults. */
  readonly data?: T;
  /** What is said besides unknown keys, where they are all that is wrong: for looking further, not for use. */
  readonly known?: T;
}

/**
 * Holds a value against its schema: a section of the model, or a cloud's own block, for which the faults' paths read
 * `ams:aws.images.media`. A block that the stack doesn't have is checked as an empty one, by passing `{}`.
 */
export function checkForm<T>(section: string, schema: z.ZodType<T>, value: unknown): Formed<T> {
  const result = schema.safeParse(value);
  if (result.success) return { faults: [], data: result.data };
  const { issues } = result.error;
  const known = schema.safeParse(issues.reduce(withoutUnknown, value));
  return {
    faults: issues.flatMap((issue) => toFaults(section, schema, value, issue)),
    ...(known.success ? { known: known.data } : {}),
  };
}

function withoutUnknown(value: unknown, issue: z.core.$ZodIssue): unknown {
  return issue.code === "unrecognized_keys" ? withoutKeys(value, issue.path, issue.keys) : value;
}

function withoutKeys(value: unknown, [step, ...rest]: readonly PropertyKey[], keys: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (index === step ? withoutKeys(part, rest, keys) : part));
  const entries = Object.entries(value);
  if (step === undefined) return Object.fromEntries(entries.filter(([key]) => !keys.includes(key)));
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === step ? withoutKeys(part, rest, keys) : part] as const),
  );
}

/** A schema's issue, with the value that it is about; one fault for each unknown key. */
function toFaults(section: string, schema: z.ZodType, value: unknown, issue: z.core.$ZodIssue): readonly Fault[] {
  const path = [section, ...issue.path].reduce<string>(stepInto, "ams:");
  const got = issue.path.reduce<unknown>(
    (at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined),
    value,
  );
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: stepInto(path, key),
      got: "an unknown key",
      allowed: allowedKeys(schema, issue.path, value),
      fix: `Remove it with: pulumi config rm --path ${shellWord(stepInto(path, key))}`,
    }));
  }
  const inner = issue.code === "invalid_key" ? issue.issues[0]?.message : undefined;
  const allowed = inner ?? (issue.message.startsWith("Invalid input") ? "a group of keys" : issue.message);
  const set = issue.path.length > 0 ? `--path ${shellWord(path)}` : path;
  return [
    {
      path,
      got: inner === undefined ? show(got, path) : "a bad name",
      allowed,
      fix: `Set it with: pulumi config set ${set} VALUE`,
    },
  ];
}

function allowedKeys(whole: z.ZodType, path: readonly PropertyKey[], value: unknown): string {
  let schema: unknown = whole;
  for (const part of path) schema = shapeOf(schema, value)?.[String(part)];
  const shape = shapeOf(schema, value);
  return shape === undefined ? "no more keys" : Object.keys(shape).join(", ");
}

/** The keys of an object's schema, through defaults and options; of a union, those of the member that the value names. */
export function shapeOf(schema: unknown, value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return shapeOf(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    const chosen = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
    const shapes = schema.options.map((option) => shapeOf(option, value));
    return shapes.find((shape) => shape?.[key] instanceof z.ZodLiteral && shape[key].value === chosen);
  }
  return undefined;
}
