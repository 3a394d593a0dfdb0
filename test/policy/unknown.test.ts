import assert from "node:assert/strict";
import { check } from "../../policy/index.ts";
import { type Found, isFields, isUnknown, type Plain } from "../../policy/value.ts";
import { clouds } from "../support/contract.ts";
import { fullStackOf, replaceAt, type Thing } from "./broken.ts";

/** Paths of all values within a value, of lists and maps too. */
function pathsIn(value: Found, path: readonly string[] = []): readonly (readonly string[])[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null || isUnknown(value)) return own;
  return [...own, ...Object.entries(value).flatMap(([key, part]: [string, Plain]) => pathsIn(part, [...path, key]))];
}

const nowhere: Plain = { unknown: "urn:pulumi:x::ams::elsewhere:index:Thing::another.id" };

function withUnknown(things: readonly Thing[], thing: Thing, path: readonly string[], value: Plain): readonly Thing[] {
  const props = replaceAt(thing.props, path, value);
  return things.map((one) => (one === thing && isFields(props) ? { ...one, props } : one));
}

describe("What isn't known yet", () => {
  for (const cloud of clouds) {
    it(`is no fault of a full stack of ${cloud}'s, whatever value of whatever resource it is`, async () => {
      const things = await fullStackOf(cloud);
      // One of a kind stands for its like, but for the firewall's rules, of which each differs.
      const kinds = things.filter(
        (thing, index) =>
          things.findIndex(({ type }) => type === thing.type) === index || /LaunchTemplate|istener/.test(thing.type),
      );
      const tried = kinds.flatMap((thing) => pathsIn(thing.props).map((path) => ({ thing, path })));
      assert.ok(tried.length > 300, `${tried.length} values`);
      for (const { thing, path } of tried) {
        for (const value of [nowhere, "[secret]"]) {
          const found: readonly string[] = check(withUnknown(things, thing, path, value)).map(
            ({ rule, name }) => `${rule} ${name}`,
          );
          assert.deepEqual(found, [], `${thing.type} ${thing.name} ${path.join(".")}`);
        }
      }
    }).timeout(120_000);
  }
});
