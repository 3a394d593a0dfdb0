import assert from "node:assert/strict";
import { findingsOf, rules } from "../../policy/index.ts";
import { type Found, isFields, isUnknown, type Plain } from "../../recording/read/plain.ts";
import { clouds } from "../support/contract.ts";
import { fullStackOf, replaceAt, type Thing } from "./broken.ts";

/** Paths of all values within a value, of lists and maps too. */
function pathsIn(value: Found, path: readonly string[] = []): readonly (readonly string[])[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null || isUnknown(value)) return own;
  return [...own, ...Object.entries(value).flatMap(([key, part]: [string, Plain]) => pathsIn(part, [...path, key]))];
}

const nowhere: Plain = { unknown: "urn:pulumi:x::ams::elsewhere:index:Thing::another.id" };

interface Trial {
  readonly thing: Thing;
  readonly path: readonly string[];
  readonly value: Plain;
}

const withUnknown = (things: readonly Thing[], trials: readonly Trial[]): readonly Thing[] =>
  things.map((one) => {
    const trial = trials.find(({ thing }) => thing === one);
    const props = trial === undefined ? one.props : replaceAt(one.props, trial.path, trial.value);
    return isFields(props) ? { ...one, props } : one;
  });

/** A look at a stack costs as much for some values as for one: trials of different resources share one. */
function sharing(trials: readonly Trial[]): readonly (readonly Trial[])[] {
  const looks: Trial[][] = [];
  for (const trial of trials) {
    const room = looks.find((look) => look.length < 12 && look.every(({ thing }) => thing !== trial.thing));
    if (room === undefined) looks.push([trial]);
    else room.push(trial);
  }
  return looks;
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
      const tried = kinds.flatMap((thing) =>
        pathsIn(thing.props).flatMap((path) => [nowhere, "[secret]"].map((value): Trial => ({ thing, path, value }))),
      );
      assert.ok(tried.length > 600, `${tried.length} values`);
      const found = (trials: readonly Trial[]) =>
        findingsOf(rules, withUnknown(things, trials)).map(({ rule, name }) => `${rule} ${name}`);
      for (const look of sharing(tried).filter((trials) => found(trials).length > 0)) {
        for (const { thing, path, value } of look) {
          const at = `${thing.type} ${thing.name} ${path.join(".")}`;
          assert.deepEqual(found([{ thing, path, value }]), [], at);
        }
        assert.fail(`together: ${found(look).join(", ")}`);
      }
    });
  }
});
