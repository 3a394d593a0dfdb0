import type { Value as Recorded } from "../../../recording/record.ts";
import { Secret, Unknown } from "../../../recording/value.ts";
import { unknown, type Value, type Values } from "./wire.ts";

/** Inputs of a recording as an engine sends them to a provider in a preview. */
export function plainValue(inputs: Readonly<Record<string, Recorded>>): Values {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, plain(value)]));
}

const isList = (value: Recorded): value is readonly Recorded[] => Array.isArray(value);

function plain(value: Recorded | undefined): Value {
  if (value === undefined || value === null) return null;
  if (value instanceof Unknown) return unknown;
  if (value instanceof Secret) return plain(value.reveal());
  if (isList(value)) return value.map(plain);
  return typeof value === "object" ? plainValue(value) : value;
}
