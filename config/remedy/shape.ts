import * as z from "../zod.ts";

type Schema = z.ZodType;

/** A schema without what says that its value may be left out. */
export function unwrap(schema: Schema): Schema {
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapped ? unwrap(schema.unwrap() as Schema) : schema;
}

export const isOptional = (schema: Schema): boolean => schema.safeParse(undefined).success;

/** The members of a union, or the schema itself. */
export const membersOf = (schema: Schema): readonly Schema[] => {
  const inner = unwrap(schema);
  return inner instanceof z.ZodUnion ? (inner.options as readonly Schema[]).flatMap(membersOf) : [inner];
};

/** The values of a schema that lists them. */
export function choicesOf(schema: Schema): readonly unknown[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options;
  return inner instanceof z.ZodLiteral ? [...inner.values] : [];
}

/** The key that says which member of a union a value is, and what it may be. */
export function kindsOf(schema: Schema): { readonly key: string; readonly choices: readonly string[] } | undefined {
  const union = unwrap(schema);
  if (!(union instanceof z.ZodDiscriminatedUnion)) return undefined;
  const key = union.def.discriminator;
  const kinds = membersOf(union).flatMap((option) => choicesOf(shapeOf(option)?.[key] ?? option));
  return { key, choices: kinds.map(String) };
}

type Shape = Readonly<Record<string, Schema>>;

/** The keys of an object's schema, through defaults and options; of a union, those of the member that the value names. */
export function shapeOf(schema: Schema, value?: unknown): Shape | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return inner.shape as Shape;
  const kinds = kindsOf(inner);
  if (kinds === undefined) return undefined;
  const chosen: unknown = typeof value === "object" && value !== null ? Reflect.get(value, kinds.key) : undefined;
  const shapes = membersOf(inner).map((option) => shapeOf(option));
  return shapes.find((shape) => choicesOf(shape?.[kinds.key] ?? inner).includes(chosen));
}

/** What a union's other members have: keys that the value's own kind does not use. */
export const usedByOtherKinds = (schema: Schema, key: string): boolean =>
  kindsOf(schema) !== undefined && membersOf(schema).some((option) => key in (shapeOf(option) ?? {}));

/** The schema of what stands at a path within a value. */
export function schemaAt(schema: Schema, [step, ...rest]: readonly PropertyKey[], value: unknown): Schema | undefined {
  if (step === undefined) return schema;
  const inner = unwrap(schema);
  const kinds = kindsOf(inner);
  const part =
    shapeOf(inner, value)?.[String(step)] ??
    (inner instanceof z.ZodArray ? (inner.element as Schema) : undefined) ??
    (inner instanceof z.ZodRecord ? (inner.valueType as Schema) : undefined) ??
    (step === kinds?.key ? z.enum(kinds.choices) : undefined) ??
    membersOf(inner).flatMap((one) => (one === inner ? [] : (schemaAt(one, [step], value) ?? [])))[0];
  const next: unknown = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  return part === undefined ? undefined : schemaAt(part, rest, next);
}

/** Where a value is for: ids differ between clouds, and some between regions. */
export interface Place {
  readonly cloud?: "aws" | "alibaba" | undefined;
  readonly region?: string | undefined;
}

/** A value that the schema takes: its default, its example, or the least that it needs. */
export function exampleOf(schema: Schema, place: Place = {}): unknown {
  if (schema instanceof z.ZodDefault && !isEmpty(schema.def.defaultValue)) return schema.def.defaultValue;
  const example: unknown = schema.meta()?.["example"];
  if (example !== undefined) return typeof example === "function" ? example(place) : example;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const inner = schema.unwrap() as Schema;
    return inner instanceof z.ZodNumber ? undefined : exampleOf(inner, place);
  }
  const told = exampleIn(allowedBy(schema));
  if (schema.safeParse(told).success) return told;
  if (schema instanceof z.ZodArray) return listOf(exampleOf(schema.element as Schema, place));
  if (schema instanceof z.ZodNumber) return schema.minValue ?? 1;
  const shape = shapeOf(schema);
  if (shape !== undefined) {
    const required = Object.entries(shape).filter(([, part]) => !isOptional(part));
    return Object.fromEntries(required.map(([key, part]) => [key, exampleOf(part, place)]));
  }
  const members = membersOf(schema).filter((member) => member !== schema);
  return [...choicesOf(schema), true, ...members.map((member) => exampleOf(member, place))].find(
    (value) => schema.safeParse(value).success,
  );
}

/** What the schema itself says when it gets something that it can't be. */
export const allowedBy = (schema: Schema): string => schema.safeParse(Symbol.iterator).error?.issues[0]?.message ?? "";

const exampleIn = (allowed: string): string | undefined => /\bsuch as ([^\s,;]+)/.exec(allowed)?.[1];

const listOf = (value: unknown): readonly unknown[] | undefined => (value === undefined ? undefined : [value]);

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
