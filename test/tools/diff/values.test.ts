import assert from "node:assert/strict";
import { Secret, Unknown } from "../../../recording/value.ts";
import type { Fields } from "../../../tools/diff/planned.ts";
import { changesOf } from "../../../tools/diff/values.ts";

const changes = (before: Fields, after: Fields) => changesOf(before, after, () => false);
const idOf = (name: string) => new Unknown([{ urn: `urn::${name}`, name, property: "id", secret: false }]);

describe("The differences of two resources", () => {
  it("are none for equal values, whatever the order of keys", () => {
    const inputs = { a: { b: 1, c: [1, 2] }, d: idOf("x"), e: null };
    assert.deepEqual(changes(inputs, { e: null, d: idOf("x"), a: { c: [1, 2], b: 1 } }), []);
  });

  it("name nested values by their paths", () => {
    const found = changes({ a: { b: { c: 1 } }, tags: { "x.y": "1" } }, { a: { b: { c: 2 } }, tags: { "x.y": "2" } });
    assert.deepEqual(found, [
      { path: "a.b.c", before: 1, after: 2 },
      { path: 'tags["x.y"]', before: "1", after: "2" },
    ]);
  });

  it("tell what comes and what goes", () => {
    assert.deepEqual(changes({ gone: 1 }, { come: 2 }), [
      { path: "come", after: 2 },
      { path: "gone", before: 1 },
    ]);
  });

  it("go by element in lists of names, and notice a new order alone", () => {
    assert.deepEqual(changes({ list: ["a", "b"] }, { list: ["b", "c"] }), [
      { path: "list[]", before: "a" },
      { path: "list[]", after: "c" },
    ]);
    assert.deepEqual(changes({ list: ["a", "b"] }, { list: ["b", "a"] }), [
      { path: "list", before: ["a", "b"], after: ["b", "a"] },
    ]);
  });

  it("pair elements that name the same thing, wherever they stand", () => {
    const before = {
      disks: [
        { deviceName: "sda", size: 1 },
        { deviceName: "sdb", size: 2 },
      ],
    };
    const after = {
      disks: [
        { deviceName: "sdc", size: 9 },
        { deviceName: "sdb", size: 3 },
        { deviceName: "sda", size: 1 },
      ],
    };
    assert.deepEqual(changes(before, after), [
      { path: "disks[0]", after: { deviceName: "sdc", size: 9 } },
      { path: "disks[1].size", before: 2, after: 3 },
    ]);
  });

  it("look into texts that are JSON, such as policies", () => {
    const policy = (action: string) => ({ policy: JSON.stringify({ Statement: [{ Action: action }] }) });
    assert.deepEqual(changes(policy("a:Read"), policy("a:*")), [
      { path: "policy.Statement[0].Action", before: "a:Read", after: "a:*" },
    ]);
    assert.equal(changes({ policy: '{"a":1}' }, { policy: '{ "a": 1 }' }).length, 1);
  });

  it("say of a reference whether what it refers to is made anew", () => {
    const inputs = { subnetId: idOf("subnet"), groups: [idOf("group")] };
    const found = changesOf(inputs, { ...inputs }, ({ origins }) => origins[0]?.name !== "other");
    assert.deepEqual(
      found.map(({ path, renewed }) => [path, renewed]),
      [
        ["groups[]", true],
        ["subnetId", true],
      ],
    );
    assert.deepEqual(changes(inputs, inputs), []);
    assert.equal(changes({ subnetId: idOf("a") }, { subnetId: idOf("b") }).length, 1);
  });

  it("show no secret, and notice when a value becomes one", () => {
    const found = changes({ a: "clear", b: new Secret("s1") }, { a: new Secret("clear"), b: new Secret("s2") });
    assert.deepEqual(JSON.parse(JSON.stringify(found)), [{ path: "a", before: "clear", after: "[secret]" }]);
  });
});
