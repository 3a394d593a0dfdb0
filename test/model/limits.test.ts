import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, formatFault } from "../../config/fault.ts";
import { limits } from "../../config/limits.ts";
import { parse } from "../../config/parse.ts";
import { fromText } from "../../config/text.ts";
import { record } from "../../recording/record.ts";
import { readStack, StackFileError } from "../../tools/stack-file/read.ts";
import { assertOnlyFault, faultsOf } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

const nest = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));

/** A program's own words on its own trouble. */
const trace = /Maximum call stack|RangeError|\bat \S+ \(|node_modules/;

async function refusal(values: Readonly<Record<string, unknown>>): Promise<string> {
  try {
    await record(raw(values));
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  throw new Error("not refused");
}

describe("The limits of a configuration", () => {
  const rows: readonly [string, Readonly<Record<string, unknown>>, RegExp][] = [
    ["17 levels", { network: nest(17) }, /^ams:network: got more nesting levels than .*; allowed: up to 16 levels/],
    ["2,000 levels", { aws: nest(2000) }, /^ams:aws: got more nesting levels/],
    ["a million levels", { bogus: nest(1_000_000) }, /^ams:bogus: got more nesting levels/],
    [
      "70,000 values",
      { tags: Array.from({ length: 70_000 }, () => 1) },
      /^ams:tags: got more values than .*up to 5000/,
    ],
    ["a text of a million characters", { domain: { name: "x".repeat(1e6) } }, /^ams:domain: got more text/],
    ["many long texts", { tags: { a: "x".repeat(9e4), b: "x".repeat(9e4) } }, /^ams:tags: got more text/],
    ["a key of 300 characters", { tags: { ["k".repeat(300)]: "x" } }, /^ams:tags: got a longer key/],
    ["a long key at the top", { ["k".repeat(1e6)]: 1 }, /^ams:: got a longer key/],
  ];
  for (const [what, values, expected] of rows) {
    it(`refuse ${what} with one short fault`, async () => {
      assertOnlyFault(faultsOf(raw(values)), expected);
      const text = await refusal(values);
      assert.ok(text.length < 500, `${text.length} characters`);
      assert.doesNotMatch(text, trace);
    });
  }

  it("leave what is deep and long within them to the schema", () => {
    const { faults } = parse(
      raw({ tags: nest(limits.depth), network: { zones: Array.from({ length: 1000 }, () => "a") } }),
    );
    assert.ok(faults.length > 0 && faults.every(({ got }) => !/than a configuration can contain/.test(got)));
  });

  it("end a report of thousands of faults after 50", () => {
    const tags = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`bad name ${index}`, 1]));
    const { faults } = parse(raw({ tags }));
    const { message } = new ConfigError(faults);
    assert.ok(faults.length >= 4000);
    assert.equal(message.split("\n").length, 52);
    assert.match(message, /^the configuration has \d+ errors[\s\S]*\n {2}and \d+ more$/);
  });

  it("hold for the engine's texts", () => {
    const value = fromText("network", "[".repeat(50_000) + "]".repeat(50_000));
    assertOnlyFault(faultsOf(raw({ network: value })), /^ams:network: got more nesting levels/);
  });

  describe("in a stack file", () => {
    const folder = mkdtempSync(join(tmpdir(), "ams-limits-"));
    after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: ams\n");
    for (const depth of [100, 2000, 50_000]) {
      it(`end ${depth} levels with a short message`, () => {
        writeFileSync(
          join(folder, "Pulumi.x.yaml"),
          `config:\n  ams:network: ${"[".repeat(depth)}${"]".repeat(depth)}\n`,
        );
        try {
          const given = readStack(folder, "x");
          const faults = parse(given).faults.filter(({ path }) => path === "ams:network");
          assert.equal(faults.length, 1);
          assert.match(faults.map(formatFault).join(), /got more nesting levels/);
        } catch (error) {
          assert.ok(error instanceof StackFileError, String(error));
          assert.match(error.message, /^Pulumi\.x\.yaml.*nested too deeply$/);
        }
      });
    }
  });
});

describe("Credentials of a proxy", () => {
  const password = "hunter2";
  const texts = [
    `user:${password}@10.0.0.9:3128`,
    `http://user:${password}@10.0.0.9:3128`,
    `http://user:a/${password}@10.0.0.9:3128`,
    `user:${password}@proxy`,
  ];
  for (const text of texts) {
    const places: readonly Readonly<Record<string, unknown>>[] = [
      { media: { proxy: text } },
      { media: { proxy: { [text]: text } } },
      { media: { properties: { "http.max_threads": text } } },
      { media: { properties: { "proxy.address": text } } },
      { media: { properties: { [text]: "x" } } },
      { media: { version: text } },
      { media: { [text]: 1 } },
      { [text]: 1 },
      { alarms: { webhooks: [text] } },
      { tags: { [text]: "x" } },
      { aws: { images: { media: text }, [text]: { [text]: text } } },
      { network: [[{ [text]: text }]] },
    ];
    it(`are never shown: ${text.replace(password, "PASSWORD")}`, async () => {
      for (const values of places) {
        const refused = await refusal(values);
        assert.ok(!refused.includes(password), `${JSON.stringify(values)}\n${refused}`);
      }
    });
  }

  it("leave other texts readable", () => {
    assertOnlyFault(faultsOf(raw({ media: { version: "ops@example.com" } })), /got "ops@example\.com"/);
  });
});
