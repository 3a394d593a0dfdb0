import { type Attributes, attributesOf } from "../../../recording/provider-schema.ts";
import { isValues, type Value, type Values } from "./wire.ts";

/**
 * Properties within the elements of sets that the cloud fills in and the program leaves out, as paths. A set is compared
 * by all of its elements' properties, so that the state then differs from the program at each `up`.
 */
export const unnamed = (token: string, inputs: Values): readonly string[] => [
  ...new Set(within(attributesOf(token) ?? {}, inputs, "", false)),
];

function within(attributes: Attributes, values: Values, path: string, inSet: boolean): readonly string[] {
  return Object.entries(attributes).flatMap(([key, { computed, kind, of, ownHash }]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const value: Value | undefined = values[key];
    if (value === undefined || value === null) return inSet && computed ? [at] : [];
    if (of === undefined || ownHash) return [];
    const parts = (Array.isArray(value) ? value : [value]).filter(isValues);
    return parts.flatMap((part) => within(of, part, at, inSet || kind === "set"));
  });
}
