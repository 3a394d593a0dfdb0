import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support/contract.ts";
import { broken, type Promised, promisedNow, readPromise } from "./support/promise.ts";

describe("The promise of the recorded release", () => {
  let now: Promised;
  before(async () => {
    now = await promisedNow();
  });

  it("covers keys, values, defaults, tokens, outputs, rules and the JSON of three commands", () => {
    const kinds = new Set(now.facts.map((fact) => fact.split(" ")[0]));
    assert.deepEqual([...kinds].sort(), ["default", "json", "key", "output", "rule", "token", "value"]);
    assert.ok(now.facts.length > 500 && Object.keys(now.limits).length > 100 && now.required.length > 10);
  });

  it("is kept by this revision", () => {
    assert.deepEqual(broken(readPromise(), now), []);
  });

  it("is of the major version that package.json has", () => {
    const { version }: { readonly version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    assert.equal(readPromise().release.split(".")[0], version.split(".")[0]);
  });

  it("is broken by a fact that is gone, a key that becomes required, and a narrower limit, and by no addition", () => {
    const less = (fact: string): Promised => {
      assert.ok(now.facts.includes(fact), fact);
      return { ...now, facts: now.facts.filter((one) => one !== fact) };
    };
    for (const fact of [
      "key ams:origin.max integer",
      "default ams:origin.schedule []",
      "output playUrl",
      "rule two-zones",
    ]) {
      assert.deepEqual(broken(now, less(fact)), [fact]);
      assert.deepEqual(broken(less(fact), now), []);
    }
    const required = { ...now, required: [...now.required, "ams:origin.max", "ams:new.key"] };
    assert.deepEqual(broken(now, required), ["required ams:origin.max"]);
    const limit = "minimum ams:origin.max";
    const limited = (value: number): Promised => ({ ...now, limits: { ...now.limits, [limit]: value } });
    assert.deepEqual(broken(limited(1), limited(2)), [`${limit} 2`]);
    assert.deepEqual(broken(limited(2), limited(1)), []);
    const { [limit]: _, ...without } = now.limits;
    assert.deepEqual(broken({ ...now, limits: without }, limited(1)), [`${limit} 1`]);
  });
});

describe("The version", () => {
  it("is the same in the package, its lock file, the policy pack, the examples and the change log", () => {
    const text = (file: string): string => readFileSync(join(root, file), "utf8");
    const { version } = JSON.parse(text("package.json"));
    assert.equal(JSON.parse(text("package-lock.json")).version, version);
    assert.equal(JSON.parse(text("policy/pack/package.json")).version, version);
    assert.match(text("policy/pack/PulumiPolicy.yaml"), new RegExp(`^version: ${version}$`, "m"));
    assert.match(text("CHANGELOG.md"), new RegExp(`^## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d$`, "m"));
    const examples = readdirSync(join(root, "examples"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    for (const { name } of examples)
      assert.equal(JSON.parse(text(`examples/${name}/package.json`)).dependencies["ams-cluster"], `^${version}`, name);
  });
});
