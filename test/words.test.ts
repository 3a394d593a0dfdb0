import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support/contract.ts";
import { phrases, translatedIn } from "./support/phrases.ts";

const below = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name) && !name.includes("node_modules"))
    .map((name) => join(folder, name));

const textOf = (path: string): string => readFileSync(join(root, path), "utf8");

const pages = [
  ...readdirSync(root).filter((name) => /^([A-Z_]+\.md|Pulumi.*\.(yaml|md))$/.test(name)),
  ...below("docs", /\.md$/),
  ...below("examples", /^[^/]+\/README\.md$/),
];

const texts = new Map(pages.map((page) => [page, textOf(page)] as const));

/** Texts of more than one word between quotation marks or in templates, without comments. */
const literalsIn = (source: string): readonly string[] =>
  [...source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)]
    .map(([, quoted = "", template = ""]) => `${quoted}${template}`)
    .filter((text) => /\w \w/.test(text));

describe("The vocabulary of what users read", () => {
  it("is looked for in pages and stack files, and in what --help prints, of which a page is made", () => {
    assert.ok(pages.length > 30, `${pages.length} pages`);
    assert.ok(pages.includes("docs/commands.md"));
  });

  it("has the field's terms in messages, descriptions and remedies too", () => {
    const sources = ["config", "model", "policy", "providers", "tools"].flatMap((folder) => below(folder, /\.ts$/));
    const found = sources.flatMap((path) =>
      literalsIn(textOf(path)).flatMap((text) => translatedIn(text).map((fault) => `${path}: ${text}: ${fault}`)),
    );
    assert.deepEqual(found, []);
  });

  it("has the field's terms", () => {
    const found = [...texts].flatMap(([path, text]) =>
      // Titles of tests, and former texts in the change log, are quoted between quotation marks.
      text
        .split("\n")
        .flatMap((line, at) =>
          phrases
            .filter(([phrase]) => new RegExp(phrase, "i").test(line.replace(/"[^"]*"/g, "")))
            .map(([phrase, term]) => `${path}:${at + 1}: ${phrase.source}; write: ${term}`),
        ),
    );
    assert.deepEqual(found, []);
  });
});
