import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { parse } from "../../model/parse.ts";
import { keysOf } from "../../tools/config-table/keys.ts";
import { page } from "../../tools/config-table/page.ts";
import { type Row, readSections, type Section } from "../../tools/config-table/rows.ts";
import { root, stackFiles } from "../support/contract.ts";

describe("The table of the configuration's keys", () => {
  let sections: readonly Section[] = [];
  let rows: readonly Row[] = [];
  before(() => {
    sections = readSections(root);
    rows = sections.flatMap((section) => section.rows);
  });

  it("is current in docs/configuration.md", () => {
    const written = readFileSync(join(root, "docs/configuration.md"), "utf8");
    assert.ok(written === page(sections), "docs/configuration.md is old. Write it with: npm run config-table");
  });

  it("says of each key what it means", () => {
    assert.ok(rows.length > 130, `${rows.length} keys`);
    assert.deepEqual(
      rows.filter(({ comment }) => comment.text === "").map(({ path }) => path),
      [],
    );
  });

  it("has a default in the comment of each key that may be left out", () => {
    const silent = rows.filter(({ default: value, comment }) => value !== undefined && comment.byDefault === undefined);
    // The kinds' comment is one for each kind; no tags are none.
    assert.deepEqual(
      silent.map(({ path }) => path),
      ["ams:database.kind", "ams:balancer.kind", "ams:tags"],
    );
  });

  it("tells no other default in a comment than the schema has", () => {
    const numbers = rows.flatMap(({ path, default: value, comment: { byDefault = "" } }) => {
      const [said] = /^("[^"]*"|\d+|true|false)(?=$|[ ,:;])/.exec(byDefault) ?? [];
      return said === undefined || value === undefined || said === JSON.stringify(value) ? [] : [`${path}: ${said}`];
    });
    // HAProxy has no UDP: its own row says so.
    assert.deepEqual(numbers, ["ams:balancer.srt: true"]);
  });

  it("says what the program says is allowed, of each key of the stack file", () => {
    const plain = rows.filter(({ path, kinds, group }) => kinds.length === 0 && !group && !path.includes("["));
    const neutral = plain.filter(({ path }) => !/^ams:(aws|alibaba|\w+(Key|Password|Url)$)/.test(path));
    assert.ok(neutral.length > 60, `${neutral.length} keys`);
    for (const { path, allowed } of neutral) {
      const values = JSON.parse(JSON.stringify(stackFiles.aws.values));
      const steps = path.slice("ams:".length).split(".");
      put(values, steps, -0.5);
      const faults = parse({ ...stackFiles.aws, values }).faults.filter((fault) => fault.path === path);
      assert.deepEqual(
        faults.map((fault) => fault.allowed),
        [allowed],
        path,
      );
    }
  });

  it("has each kind's keys, those that all kinds have in the same form once, and lists of groups", () => {
    const whole = z.int({ error: "a number" });
    const kind = (name: string) => z.literal(name);
    const union = z.discriminatedUnion(
      "kind",
      [
        z.strictObject({ kind: kind("one"), both: whole.default(1), own: whole }),
        z.strictObject({ kind: kind("two"), both: whole.default(1) }),
      ],
      { error: "a kind" },
    );
    const list = z.array(z.strictObject({ name: z.string({ error: "a name" }) }), { error: "a list" }).default([]);
    const shown = keysOf(z.strictObject({ union, list })).map((key) =>
      [key.steps.join("."), key.kinds.join(), key.allowed, key.required].join(" "),
    );
    assert.deepEqual(shown, [
      "union.kind  a kind true",
      "union.both  a number false",
      "union.own one a number true",
      "list  a list false",
      "list[n].name  a name true",
    ]);
  });

  it("refuses a schema that doesn't say what is allowed", () => {
    assert.throws(() => keysOf(z.strictObject({ mute: z.string() })), /doesn't say what is allowed/);
  });
}).timeout(120_000);

function put(into: Record<string, unknown>, [step = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[step] = value;
    return;
  }
  const next = into[step];
  const inner = typeof next === "object" && next !== null ? { ...next } : {};
  into[step] = inner;
  put(inner as Record<string, unknown>, rest, value);
}
