import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { seed } from "../support/seed.ts";
import { library, put, remove, run, unpack } from "./rig.ts";

/** Letters that mean something in the format, and some of each width. */
const letter = fc.oneof(
  fc.constantFrom(..."\\=:#! \t\n\r\fuU019aZ\"'$&%é\u0000\u0085Ω\u2028\ufeff"),
  fc.constantFrom("\\u00e9", "mongodb://a:b@c/?d=e", "😀", "\\\n", "\r\n", "#c\n"),
);
const words = fc.array(letter, { maxLength: 12 }).map((each) => each.join(""));
const dictionary = fc.dictionary(
  words.filter((word) => word !== "__proto__"),
  words,
  { maxKeys: 8 },
);
/** A file as a person or a program may have left it. */
const file = fc.array(letter, { maxLength: 40 }).map((each) => Buffer.from(each.join(""), "latin1").toString("latin1"));

const hex = (text: string) => `x${Buffer.from(text, "utf16le").swap16().toString("hex")}`;
const lines = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => `${hex(key)} ${hex(value)}`);

/** Reads each file of the directory, sets the values that stand beside it, and sets them again in what Java has stored. */
const program = `
import glob, json, os, sys
from properties import assign, load
text = lambda one: "x" + one.encode("utf-16-be", "surrogatepass").hex()
def known(path):
    try:
        return sorted(text(key) + " " + text(value) for key, value in load(open(path, encoding="latin-1", newline="").read()).items())
    except ValueError:
        return ["malformed"]
found = {}
for path in sorted(glob.glob(sys.argv[1] + "/*.properties")):
    base, values = path[:-10], path[:-10] + "json"
    one = found[os.path.basename(base)[:-1]] = {"read": known(path)}
    if os.path.exists(values):
        values = json.load(open(values))
        if os.path.exists(base + "stored"):
            before = open(base + "stored", "rb").read()
            one["stored"] = known(base + "stored")
            one["changed"] = assign(base + "stored", values) or open(base + "stored", "rb").read() != before
        else:
            assign(path, values)
            one["again"] = assign(path, values)
json.dump(found, open(sys.argv[1] + "/found", "w"))
`;

describe("Java's properties", () => {
  let root = "";
  before(() => {
    root = unpack("origin");
  });
  after(() => remove(root));

  type Found = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  function python(folder: string): Found {
    const env = { AMS_CLUSTER_ROOT: root, PYTHONPATH: library(root) };
    const done = run("python3", ["-W", "error", "-c", program, folder], env);
    assert.equal(done.status, 0, done.all);
    return JSON.parse(readFileSync(`${folder}/found`, "utf8"));
  }
  function java(folder: string): void {
    const source = new URL("java/Properties17.java", import.meta.url).pathname;
    const done = run("java", ["-XX:TieredStopAtLevel=1", source, folder]);
    assert.equal(done.status, 0, done.all);
  }
  const loaded = (folder: string, name: string) =>
    readFileSync(`${folder}/${name}.loaded`, "utf8")
      .split("\n")
      .filter((line) => line !== "");

  it("are read exactly as Java reads them, and need no changes after Java rewrites the file", () => {
    const folder = `${root}/cases`;
    const random = { seed, numRuns: 250 };
    const cases = fc.sample(fc.tuple(file, dictionary), random);
    for (const [index, [text, values]] of cases.entries()) {
      put(`${folder}/${index}.json`, JSON.stringify(values));
      writeFileSync(`${folder}/raw${index}.properties`, text, "latin1");
      writeFileSync(`${folder}/${index}.properties`, text.replace(/\\+u/g, ""), "latin1");
    }
    const written = python(folder);
    java(folder);
    const after = python(folder);
    for (const [index, [text, values]] of cases.entries()) {
      const told = JSON.stringify({ text, values });
      assert.deepEqual(after[`raw${index}`]?.["read"], loaded(folder, `raw${index}`), told);
      assert.deepEqual(after[index]?.["read"], loaded(folder, `${index}`), told);
      const java = new Set(loaded(folder, `${index}`));
      assert.ok(
        lines(values).every((line) => java.has(line)),
        `Java reads what we have set: ${told}`,
      );
      assert.equal(written[index]?.["again"], false, told);
      assert.deepEqual(after[index]?.["stored"], [...java], told);
      assert.equal(after[index]?.["changed"], false, told);
    }
  });

  it("keep the comments and the other lines of a file", () => {
    const before = "# a comment\nhttp.port=5080\ndb.host = mongodb\\://old\\\n    er\n! another\nlast=1";
    put(`${root}/one.properties`, before);
    const call = `from properties import assign; print(assign("${root}/one.properties", {"db.host": "a b\\\\", "new": " x"}))`;
    const done = run("python3", ["-c", call], { AMS_CLUSTER_ROOT: root, PYTHONPATH: library(root) });
    assert.equal(done.out, "True\n", done.all);
    const after = "# a comment\nhttp.port=5080\n! another\nlast=1\ndb.host=a b\\\\\nnew=\\ x\n";
    assert.equal(readFileSync(`${root}/one.properties`, "utf8"), after);
  });
});
