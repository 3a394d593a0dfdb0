import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../policy/index.ts";
import type { Seen } from "../../policy/pack/resources.ts";
import { type Fields, isFields, type Plain, toPlain } from "../../recording/read/plain.ts";
import type { Recording } from "../../recording/record.ts";
import { render } from "../support/contract.ts";
import type { Thing } from "./broken.ts";

/** A stack as the engine shows it to the pack. */

/** When the engine shows the resources: before they are made, or when every id is known. */
export type Time = "preview" | "deployed";

/** What the cloud says for a reference `URN.property`. */
function answerOf(reference: string): string {
  const [urn = "", property = ""] = reference.split(/\.(?=[^.]*$)/);
  return `${urn.split("::").pop()}-${property}-0123456789`;
}

const asDeployed = (value: Plain): Plain => {
  if (!isFields(value)) return Array.isArray(value) ? value.map(asDeployed) : value;
  const { unknown, text } = value;
  if (typeof unknown !== "string")
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asDeployed(one)]));
  return typeof text === "string"
    ? text.replaceAll(/\{([\w-]+\.\w+)\}/g, (_whole, reference: string) => answerOf(`::${reference}`))
    : answerOf(unknown);
};

/** As @pulumi/policy shows it: reading what isn't known throws. */
const asPreviewed = (value: Plain): unknown => {
  if (typeof value !== "object" || value === null) return value;
  const shown = Array.isArray(value) ? [] : {};
  for (const [key, one] of Object.entries(value) as [string, Plain][]) {
    const isOpen = isFields(one) && typeof one["unknown"] === "string";
    const get = () => {
      if (isOpen) throw new Error("can't be known during preview");
      return asPreviewed(one);
    };
    Object.defineProperty(shown, key, { enumerable: true, get });
  }
  return shown;
};

const references = (value: Plain): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  if (isFields(value) && typeof value["unknown"] === "string") return [value["unknown"]];
  return Object.values(value).flatMap(references);
};

/** `TYPE::NAME` of a URN, and the property that a reference asks for; the cases' URNs have no parents. */
function partsOf(reference: string): { readonly key: string; readonly property: string } {
  const [type = "", rest = ""] = reference.split("::").slice(-2);
  const [name = "", property = ""] = rest.split(".");
  return { key: `${type.split("$").at(-1)}::${name}`, property };
}

const recordings = new WeakMap<RawConfig, Promise<Recording>>();

/** Recorded once for each configuration. */
function recordingOf(cloud: Cloud, raw: RawConfig): Promise<Recording> {
  const known = recordings.get(raw) ?? render(cloud, raw).then(({ recording }) => recording);
  recordings.set(raw, known);
  return known;
}

/** The things of a configuration, before or after its deployment; its component's outputs too. */
export async function seen(
  cloud: Cloud,
  raw: RawConfig,
  things: readonly Thing[],
  time: Time,
): Promise<readonly Seen[]> {
  const recording = await recordingOf(cloud, raw);
  const recorded = new Map(recording.resources.map((one) => [partsOf(one.urn).key, one]));
  const asked = things.flatMap(({ props }) => references(props)).map((one) => ({ one, ...partsOf(one) }));
  const made = things.map(({ type, name, props }) => {
    const key = `${type}::${name}`;
    const answers = asked.filter((reference) => reference.key === key);
    const outputs = Object.fromEntries(answers.map(({ one, property }) => [property, { unknown: one }]));
    const all: Fields = { ...outputs, ...props };
    const shown = time === "deployed" ? asDeployed(all) : asPreviewed(all);
    return { key, type, name, urn: recorded.get(key)?.urn ?? key, props: Object(shown), given: props };
  });
  const byKey = new Map(made.map((one) => [one.key, { ...one, propertyDependencies: {} }]));
  const components = recording.resources
    .filter(({ custom }) => !custom)
    .map(({ type, name, urn }) => {
      const outputs = toPlain(recording.componentOutputs.get(urn) ?? {});
      const props = Object(time === "deployed" ? asDeployed(outputs) : asPreviewed(outputs));
      return { type, name, urn, props, propertyDependencies: {} };
    });
  const resources = made.map(({ key, given, ...one }) => {
    const { propertyDependencies = {} } = recorded.get(key) ?? {};
    const sources = Object.entries(given).map(([property, value]) => {
      const before = (propertyDependencies[property] ?? []).map((urn) => partsOf(urn).key);
      // A changed reference has another source than the recording says.
      const named = references(value).map((reference) => partsOf(reference).key);
      const keys = named.every((other) => before.includes(other)) ? before : named;
      return [property, keys.flatMap((other) => byKey.get(other) ?? [])] as const;
    });
    return { ...one, propertyDependencies: Object.fromEntries(sources) };
  });
  return [...components, ...resources];
}
