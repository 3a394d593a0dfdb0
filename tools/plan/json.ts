import { createHash } from "node:crypto";
import type { Cluster } from "../../config/types.ts";
import { unpackUserData } from "../../machine/index.ts";
import type { RecordedResource, Recording, Value } from "../../recording/record.ts";
import { originsOf, Secret, Unknown } from "../../recording/value.ts";
import { statedBy } from "../cost/costed.ts";

/** A stack as `--json` shows it; secrets and unknown values print themselves. */
export function toJson(stack: string, cluster: Cluster, recording: Recording): object {
  const { cloud, exceptions } = cluster;
  const { resources, outputs } = recording;
  const passing = exceptions.length === 0 ? {} : { exceptions };
  return { stack, cloud, resources: resources.map(resourceToJson), outputs, ...passing, stated: statedBy(cluster) };
}

function resourceToJson(resource: RecordedResource): object {
  const { urn, type, name, parent, dependencies, inputs } = resource;
  const options = optionsToJson(resource);
  const extra = Object.keys(options).length === 0 ? {} : { options };
  return { urn, type, name, parent: parent ?? null, dependencies, inputs: decodeUserData(inputs), ...extra };
}

/** Options that are set; a comparison of two plans needs them to tell what the engine would do. */
function optionsToJson(resource: RecordedResource): object {
  const { protect, retainOnDelete, ignoreChanges, replaceOnChanges, aliases } = resource;
  const given = {
    ...(protect ? { protect } : {}),
    ...(retainOnDelete ? { retainOnDelete } : {}),
    ...listOf({ ignoreChanges, replaceOnChanges, aliases }),
  };
  const inputs = Object.entries(resource.inputs);
  const secrets = listOf(Object.fromEntries(inputs.map(([key, part]) => [key, madeOf(part)])));
  const around = inputs.map(([key, part]) => [key, textsAround(part)] as const).filter(([, texts]) => texts.length > 0);
  const fingerprints = Object.fromEntries(around.map(([key, texts]) => [key, fingerprint(texts)]));
  return {
    ...given,
    ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
    ...(around.length === 0 ? {} : { fingerprints }),
  };
}

const listOf = (lists: Readonly<Record<string, readonly string[]>>): object =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));

/** Names of what a secret is made of, such as `config.panelPassword`; nothing of the secret itself. */
function madeOf(value: Value): readonly string[] {
  if (value instanceof Secret) return originsOf(value.reveal()).map(({ name, property }) => `${name}.${property}`);
  if (typeof value !== "object" || value === null || value instanceof Unknown) return [];
  return Object.values(value).flatMap((part: Value) => madeOf(part));
}

/**
 * What stands in a secret around its parts, such as the hosts of a database's URL; the parts' names stand in their places.
 * A text without such a part may be a secret itself.
 */
function textsAround(value: Value, isSecret = false): readonly string[] {
  if (value instanceof Secret) return textsAround(value.reveal(), true);
  if (value instanceof Unknown) return isSecret && value.text !== undefined ? [value.text] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((part: Value) => textsAround(part, isSecret));
}

/** Enough to tell two texts apart, without saying them. */
const fingerprint = (texts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16);

/** The same value with the machines' user data as readable text. */
export function decodeUserData(value: Value, key = ""): Value {
  if (typeof value === "string") return /^userData/i.test(key) ? unpackUserData(value) : value;
  if (typeof value !== "object" || value === null || value instanceof Unknown || value instanceof Secret) return value;
  if (isList(value)) return value.map((part) => decodeUserData(part, key));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decodeUserData(part, name)]));
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
