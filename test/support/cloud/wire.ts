import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import protobuf from "google-protobuf/google/protobuf/struct_pb.js";

/** Property values as the engine sends them, without secret envelopes. */
export type Value = null | boolean | number | string | readonly Value[] | Values;
export interface Values {
  readonly [key: string]: Value | undefined;
}

/** Property envelopes of the engine's protocol (sdk/nodejs/runtime/rpc.ts). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for a value that a preview does not know yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Unwrapped {
  readonly values: Values;
  /** Properties that are secret or hold a secret somewhere inside. */
  readonly secrets: readonly string[];
}

export const isValues = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export function fromWire(struct: Struct | undefined): Unwrapped {
  const secrets: string[] = [];
  const values: Record<string, Value> = {};
  const raw: unknown = struct?.toJavaScript() ?? {};
  for (const [key, value] of Object.entries(isValues(raw) ? raw : {})) {
    if (value === undefined) continue;
    const plain = unwrap(value);
    values[key] = plain.value;
    if (plain.secret) secrets.push(key);
  }
  return { values, secrets };
}

interface Plain {
  readonly value: Value;
  readonly secret: boolean;
}

function unwrap(value: Value): Plain {
  if (isList(value)) {
    const parts = value.map(unwrap);
    return { value: parts.map((part) => part.value), secret: parts.some((part) => part.secret) };
  }
  if (!isValues(value)) return { value, secret: false };
  if (value[signatureKey] === secretSignature) return { value: unwrap(value["value"] ?? null).value, secret: true };
  const parts = Object.entries(value).map(([key, part]) => [key, unwrap(part ?? null)] as const);
  return {
    value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    secret: parts.some(([, part]) => part.secret),
  };
}

export function toWire(values: Values, secrets: readonly string[] = []): Struct {
  const wrapped: Record<string, Value> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    wrapped[key] = secrets.includes(key) ? { [signatureKey]: secretSignature, value } : value;
  }
  return protobuf.Struct.fromJavaScript(JSON.parse(JSON.stringify(wrapped)));
}

export const isUnknown = (value: Value | undefined): boolean => value === unknown;

/** Every string inside a value. */
export function stringsIn(value: Value | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(stringsIn);
  return isValues(value) ? Object.values(value).flatMap(stringsIn) : [];
}

/** Equal as JSON, whatever the keys' order. */
export function same(left: Value | undefined, right: Value | undefined): boolean {
  if (isList(left) && isList(right)) return left.length === right.length && left.every((v, i) => same(v, right[i]));
  if (!isValues(left) || !isValues(right)) return left === right;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(left[key], right[key]));
}
