import assert from "node:assert/strict";
import type { Cloud } from "../../policy/index.ts";
import { check } from "../../policy/index.ts";
import { type Seen, toResources } from "../../policy/pack/resources.ts";
import { type Fields, isFields, type Plain } from "../../policy/value.ts";
import { clouds, render } from "../support/contract.ts";
import { breakStack, fullStack, fullStackOf, type Thing } from "./broken.ts";
import { cases } from "./cases/all.ts";

/** When the engine shows the resources: before they are made, or when every id is known. */
type Time = "preview" | "deployed";

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

/** A stack as the engine shows it to the pack. */
async function seen(cloud: Cloud, things: readonly Thing[], time: Time): Promise<readonly Seen[]> {
  const { recording } = await render(cloud, fullStack(cloud));
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
  return made.map(({ key, given, ...one }) => {
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
}

const findings = async (cloud: Cloud, things: readonly Thing[], time: Time): Promise<readonly string[]> => {
  const found = check(toResources(await seen(cloud, things, time), new Map()));
  return [...new Set(found.map(({ rule, name }) => `${rule} ${name}`))].sort();
};

const direct = (things: readonly Thing[]): readonly string[] =>
  [...new Set(check(things).map(({ rule, name }) => `${rule} ${name}`))].sort();

describe("The engine's resources, as the pack reads them", () => {
  for (const cloud of clouds) {
    for (const time of ["preview", "deployed"] as const) {
      it(`give the rules nothing to find in a full stack of ${cloud}, ${time}`, async () =>
        assert.deepEqual(await findings(cloud, await fullStackOf(cloud), time), []));
    }
  }

  for (const one of cases) {
    it(`let ${one.rule} find on ${one.cloud}, deployed, what it finds in a recording: ${one.what}`, async () => {
      const things = await breakStack(one);
      assert.deepEqual(await findings(one.cloud, things, "deployed"), direct(things));
    });
  }

  it("hide in a preview nothing but what hangs on an id that isn't known yet", async () => {
    const hidden: string[] = [];
    for (const one of cases) {
      const things = await breakStack(one);
      const [found, all] = [await findings(one.cloud, things, "preview"), direct(things)];
      assert.deepEqual(
        found.filter((finding) => !all.includes(finding)),
        [],
        `${one.rule}: ${one.what}`,
      );
      if (found.length < all.length) hidden.push(`${one.cloud} ${one.rule}: ${one.what}`);
    }
    // The whole document is unknown while the name of one secret in it is.
    assert.deepEqual(hidden, ["aws roles-read-named-secrets: a foreign secret in a text that isn't known whole"]);
  }).timeout(60_000);
});
