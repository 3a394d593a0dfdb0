import assert from "node:assert/strict";
import { clouds } from "../support/contract.ts";
import { coveringArray } from "./array/covering-array.ts";
import { missingPairs, mostStacks } from "./array/missing.ts";
import type { Question, Row } from "./array/rows.ts";
import { readRows } from "./rows-file.ts";
import { questionOf } from "./stacks.ts";

for (const cloud of clouds) {
  describe(`The stacks that each night brings up on ${cloud}`, () => {
    const question = questionOf(cloud);
    const rows = readRows(cloud);

    it(`are at most ${mostStacks}, and have a value of each factor`, () => {
      assert.ok(rows.length <= mostStacks, `${rows.length} stacks`);
      for (const row of rows) {
        assert.deepEqual(Object.keys(row), Object.keys(question.values));
        for (const [name, value] of Object.entries(row)) assert.ok(question.values[name]?.includes(value), value);
      }
    });

    it("are all taken by the program", () => {
      for (const row of rows) assert.deepEqual(question.ask(row).faults, [], JSON.stringify(row));
    });

    it("show each two values that go together: else renew them with `npm run covering-array`", () => {
      assert.deepEqual(missingPairs(question, rows), []);
    });

    it("miss something without any one of them", () => {
      const [first, ...rest] = rows;
      assert.ok(first !== undefined && missingPairs(question, rest).length > 0);
    });
  });
}

describe("A covering array", () => {
  const values = { size: ["small", "large"], colour: ["red", "green", "blue"], lid: ["none", "flat"] };

  /** Refuses a small blue one; without a colour but red, a lid makes no difference. */
  const ask = ({ size, colour }: Row) => ({
    faults: size === "small" && colour === "blue" ? ["colour"] : [],
    idle: colour === "red" ? [] : ["lid"],
  });
  const question: Question = { values, ask };

  it("has no row that is refused, and misses nothing that can be", () => {
    const rows = coveringArray(question, 7, { seed: 1, moves: 20_000 });
    assert.deepEqual(
      rows.filter((row) => ask(row).faults.length > 0),
      [],
    );
    assert.deepEqual(missingPairs(question, rows), []);
  });

  it("is the same for the same seed", () => {
    const make = () => coveringArray(question, 7, { seed: 7, moves: 500 });
    assert.deepEqual(make(), make());
  });

  it("lacks what too few rows can't show", () => {
    const rows = coveringArray(question, 3, { seed: 1, moves: 2000 });
    assert.ok(missingPairs(question, rows).length > 0);
  });
});
