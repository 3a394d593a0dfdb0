import * as fc from "fast-check";
import type { RawConfig } from "../../config/raw.ts";
import { secretKeys } from "../../model/cluster.ts";
import { hostileKey, hostileValue, recognisable, secretNames, secretText, topKey } from "./hostile.ts";

/** One thing that a person or a script does to a configuration. `at` counts through all its places. */
export type Mutation =
  | { readonly kind: "typo"; readonly at: number; readonly letter: number }
  | { readonly kind: "replace"; readonly at: number; readonly value: unknown }
  | { readonly kind: "retype"; readonly at: number }
  | { readonly kind: "remove"; readonly at: number }
  | { readonly kind: "add"; readonly at: number; readonly key: string; readonly value: unknown }
  | { readonly kind: "top"; readonly key: string; readonly value: unknown }
  | { readonly kind: "encrypt"; readonly key: string; readonly value: string }
  | { readonly kind: "region"; readonly value: unknown };

const at = fc.nat({ max: 800 });
const shape = <K extends Mutation["kind"]>(kind: K) => fc.constant(kind);

const secretName = fc.constantFrom(...secretNames);
const encryptable = fc.oneof(fc.constantFrom(...secretKeys), topKey, hostileKey);

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: shape("typo"), at, letter: fc.nat({ max: 30 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: shape("replace"), at, value: hostileValue }) },
  { weight: 2, arbitrary: fc.record({ kind: shape("retype"), at }) },
  { weight: 3, arbitrary: fc.record({ kind: shape("remove"), at }) },
  { weight: 2, arbitrary: fc.record({ kind: shape("add"), at, key: hostileKey, value: hostileValue }) },
  { weight: 1, arbitrary: fc.record({ kind: shape("replace"), at, value: recognisable }) },
  { weight: 1, arbitrary: fc.record({ kind: shape("add"), at, key: secretName, value: secretText }) },
  { weight: 1, arbitrary: fc.record({ kind: shape("top"), key: secretName, value: secretText }) },
  { weight: 1, arbitrary: fc.record({ kind: shape("top"), key: topKey, value: hostileValue }) },
  { weight: 1, arbitrary: fc.record({ kind: shape("encrypt"), key: encryptable, value: secretText }) },
  { weight: 1, arbitrary: fc.record({ kind: shape("region"), value: hostileValue }) },
);

/** A place in a configuration: what holds it, and under which key. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

const isHolder = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Every place, a list's among them, from the top down. */
function placesIn(holder: Record<string, unknown>): readonly Place[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(isHolder(value) ? placesIn(value) : []),
  ]);
}

/** Sets a key of its own, `__proto__` too, as a JSON text would. */
function put(holder: Record<string, unknown>, key: string, value: unknown): void {
  const own = structuredClone(value);
  Object.defineProperty(holder, key, { value: own, enumerable: true, configurable: true, writable: true });
}

function misspell(key: string, letter: number): string {
  const place = letter % (key.length + 1);
  const [before, after] = [key.slice(0, place), key.slice(place)];
  return letter % 2 === 0 ? `${before}${after.slice(1)}` : `${before}x${after}`;
}

function retype(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? { ...value } : isHolder(value) ? Object.values(value) : 0;
}

/** Not by splice, which makes its result with the list's own `constructor`: an earlier mutation may have put anything there. */
function removeAt(list: unknown[], index: number): void {
  list.copyWithin(index, index + 1);
  list.length -= 1;
}

function changeAt(place: Place, change: Extract<Mutation, { readonly at: number }>): void {
  const { holder, key } = place;
  const value = holder[key];
  switch (change.kind) {
    case "replace":
      put(holder, key, change.value);
      return;
    case "retype":
      put(holder, key, retype(value));
      return;
    case "add":
      put(isHolder(value) ? value : holder, change.key, change.value);
      return;
    case "typo":
      put(holder, misspell(key, change.letter), value);
      delete holder[key];
      return;
    case "remove":
      if (Array.isArray(holder)) removeAt(holder, Number(key));
      else delete holder[key];
  }
}

/** What differs by cloud. */
const ownKeys = ["certificate", "aws", "alibaba"];

const ownShare = 4;

/** The same place on both clouds, where the cluster has it; one in four within what differs by cloud. */
function placeAt(values: Record<string, unknown>, count: number): Place | undefined {
  const isOwn = count % ownShare === 0;
  const chosen = Object.keys(values).filter((key) => key !== "cloud" && ownKeys.includes(key) === isOwn);
  const places = chosen.sort().flatMap((key) => {
    const value = values[key];
    return [{ holder: values, key }, ...(isHolder(value) ? placesIn(value) : [])];
  });
  return places[Math.floor(count / ownShare) % Math.max(1, places.length)];
}

/** The configuration after the mutation; the cloud stays, so that the same can be asked of both. */
export function mutate(raw: RawConfig, change: Mutation): RawConfig {
  const values: Record<string, unknown> = structuredClone({ ...raw.values });
  switch (change.kind) {
    case "top":
      put(values, change.key, change.value);
      return { ...raw, values };
    case "encrypt":
      delete values[change.key];
      return { ...raw, values, secrets: { ...raw.secrets, [change.key]: change.value } };
    case "region":
      return { ...raw, regions: { aws: change.value, alibaba: change.value } };
    default: {
      const place = placeAt(values, change.at);
      if (place !== undefined) changeAt(place, change);
      return { ...raw, values };
    }
  }
}
