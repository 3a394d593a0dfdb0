import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Ajv } from "ajv";
import * as fc from "fast-check";
import * as z from "zod";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import { stackFileSchema } from "../../dev/config-table/json-schema.ts";
import { keysOf } from "../../dev/config-table/keys.ts";
import { type Row, readSections } from "../../dev/config-table/rows.ts";
import { samples } from "../support/clusters.ts";
import { root, stackFiles } from "../support/contract.ts";

describe("The table of the configuration's keys", () => {
  let rows: readonly Row[] = [];
  before(() => {
    rows = readSections().flatMap((section) => section.rows);
  });

  it("is current in docs/configuration.md, config.schema.json and Pulumi.yaml", () => {
    const { status, stderr } = spawnSync(process.execPath, ["start.mjs", "dev/config-table.ts", "--check"], {
      cwd: root,
      encoding: "utf8",
    });
    assert.equal(`${stderr}${status}`, "0");
  });

  it("is a JSON schema that takes what the program takes, and refuses unknown keys and wrong types", () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(stackFileSchema());
    const fileOf = ({ values }: RawConfig) => ({
      config: Object.fromEntries(Object.entries(values).map(([key, value]) => [`ams:${key}`, value])),
    });
    const taken = fc.sample(samples, { numRuns: 50, seed: 1 }).flatMap(({ aws, alibaba }) => [aws, alibaba]);
    for (const raw of [stackFiles.aws, stackFiles.alibaba, ...taken])
      assert.ok(validate(JSON.parse(JSON.stringify(fileOf(raw)))), JSON.stringify(validate.errors));
    for (const values of [
      { origin: { maxx: 3 } },
      { edge: { max: "3" } },
      { database: { kind: "mysql" } },
      { orgin: {} },
    ])
      assert.ok(!validate(fileOf({ ...stackFiles.aws, values })), JSON.stringify(values));
  });

  it("says of each key what it means", () => {
    assert.ok(rows.length > 130, `${rows.length} keys`);
    assert.deepEqual(
      rows.filter(({ description }) => description === "").map(({ path }) => path),
      [],
    );
  });

  it("says what the program says is allowed, of each key of the stack file", () => {
    const plain = rows.filter(({ path, kinds, group }) => kinds.length === 0 && !group && !path.includes("["));
    const neutral = plain.filter(({ path }) => !/^ams:(aws|alibaba|\w+(Keys?|Password|Url|Headers)$)/.test(path));
    assert.ok(neutral.length > 60, `${neutral.length} keys`);
    for (const { path, allowed } of neutral) {
      const values = JSON.parse(JSON.stringify(stackFiles.aws.values));
      const steps = path.slice("ams:".length).split(".");
      put(values, steps, -0.5);
      const faults = parse({ ...stackFiles.aws, values }).faults.filter((fault) => fault.path === path);
      assert.deepEqual(
        // A fault adds that a number came without the quotes of a text.
        faults.map((fault) => fault.allowed.replace(/, in quotes$/, "")),
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
});

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
