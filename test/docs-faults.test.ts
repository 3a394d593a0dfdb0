import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { alarmsOf } from "../model/operation/alarms.ts";
import { metrics } from "../model/operation/metrics.ts";
import { rules } from "../policy/index.ts";
import { cluster, withTls } from "./support/cluster.ts";
import { root } from "./support/contract.ts";

const text = readFileSync(join(root, "docs/faults.md"), "utf8");

interface Fault {
  readonly name: string;
  readonly answered: string;
  readonly shown: string;
  readonly whole: string;
}

/** The rows of both tables, without their heads. */
const faults: readonly Fault[] = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (fault|---) \|/.test(line))
  .map((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    assert.equal(cells.length, 7, `five cells in: ${line}`);
    const [, name = "", , , answered = "", shown = ""] = cells;
    return { name, answered, shown, whole: line };
  });

const all = (pattern: RegExp, within: string = text): readonly string[] =>
  [...within.matchAll(pattern)].map(([, found = ""]) => found);

/** Titles that a test file has, as its source writes them. */
function titlesOf(file: string): readonly string[] {
  const source = readFileSync(join(root, file), "utf8");
  return [...source.matchAll(/\b(?:it|describe)\((?:"([^"]*)"|`([^`]*)`|'([^']*)')/g)].map(
    ([, plain, template, single]) => plain ?? template ?? single ?? "",
  );
}

/** Each test file named in a cell, with the titles that follow it. */
function named(shown: string): readonly { readonly file: string; readonly titles: readonly string[] }[] {
  return [...shown.matchAll(/`(test\/[^`]+)`((?:,? "[^"]+")*)/g)].map(([, file = "", titles = ""]) => ({
    file,
    titles: all(/"([^"]+)"/g, titles),
  }));
}

describe("docs/faults.md", () => {
  it("tells of each fault of both tables once", () => {
    assert.ok(faults.length > 40, `${faults.length} faults`);
    assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
  });

  it("names only tests that there are, by file and title", () => {
    const missing = faults.flatMap(({ shown }) =>
      named(shown).flatMap(({ file, titles }) => {
        if (!existsSync(join(root, file))) return [file];
        const known = titlesOf(file);
        return titles.filter((title) => !known.includes(title)).map((title) => `${file}: ${title}`);
      }),
    );
    assert.deepEqual(missing, []);
  });

  it("names a test with a title for each fault, or says why none shows it", () => {
    for (const { name, shown } of faults) {
      const tests = named(shown);
      assert.ok(
        tests.every(({ titles }) => titles.length > 0),
        `${name}: a test file without a title`,
      );
      assert.ok(tests.length > 0 || /not tested: \w+/.test(shown), `${name}: neither a test nor a reason`);
    }
  });

  it("names only source files that there are", () => {
    const files = all(/`((?:model|machine|providers|policy|tools|docs)\/[^`\s]+)`/g);
    assert.ok(files.length > 40);
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });

  it("names only alarms that there are, and each of them", () => {
    const clusters = [
      cluster(withTls),
      cluster({ ...withTls, database: { kind: "replica-set" }, network: threeZones }),
      cluster({ ...withTls, certificate: { source: "issued" }, balancer: { kind: "haproxy" } }),
      cluster({ applications: { live: { publish: "open" } }, database: { restoreDrill: {} } }),
    ];
    const known = new Set(clusters.flatMap(alarmsOf).map(({ name }) => name));
    assert.deepEqual(new Set(all(/\balarm `([^`]+)`/g)), known);
  });

  it("names only metrics, rules, steps and log lines that there are", () => {
    const machine = readdirSync(join(root, "machine"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".py"))
      .map((name) => readFileSync(join(root, "machine", name), "utf8"))
      .join("\n");
    const metricNames: readonly string[] = metrics.map(({ name }) => name);
    const wrong = [
      ...all(/\bmetric `([^`]+)`/g).filter((name) => !metricNames.includes(name)),
      ...all(/\brule `([^`]+)`/g).filter((name) => !rules.some(({ id }) => id === name)),
      ...all(/`step=(\w+)/g).filter((step) => !new RegExp(`"${step}"|def ${step}\\(`).test(machine)),
      ...[...text.matchAll(/step=(\w+) state=(\w+)/g)].flatMap(([line, step, state]) => {
        // A program may choose between two states before it logs one.
        const chosen = machine.includes(`log("${step}", state`) && machine.includes(`"${state}"`);
        return state === "failed" || machine.includes(`log("${step}", "${state}"`) || chosen ? [] : [line];
      }),
    ];
    assert.deepEqual(wrong, []);
  });
});

const threeZones = { zones: ["a", "b", "c"] } as const;
