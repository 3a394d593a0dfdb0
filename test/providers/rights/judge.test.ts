import assert from "node:assert/strict";
import { isAllowed, type Request, type Statement } from "../../support/allowed.ts";

describe("The judge of policies", () => {
  const allow = (more: Partial<Statement>): Statement => ({ Effect: "Allow", Action: "a:*", Resource: "x/*", ...more });
  const ask = (statements: readonly Statement[], context: Request["context"] = {}) =>
    isAllowed(statements, { action: "a:Get", resource: "x/1", context });

  it("allows by wildcards, refuses what nothing allows, and lets a denial win", () => {
    assert.ok(ask([allow({})]));
    assert.ok(!ask([]));
    assert.ok(!ask([allow({ Resource: "y/*" })]));
    assert.ok(!ask([allow({ Action: "a:Put*" })]));
    assert.ok(!ask([allow({}), { ...allow({}), Effect: "Deny" }]));
  });

  it("asks each condition, and takes a key that the request hasn't for a refusal", () => {
    const one = [allow({ Condition: { StringEquals: { "k:a": "1" }, Bool: { "k:b": "true" } } })];
    assert.ok(ask(one, { "k:a": "1", "k:b": "true" }));
    assert.ok(!ask(one, { "k:a": "2", "k:b": "true" }));
    assert.ok(!ask(one, { "k:a": "1" }));
    const all = [
      allow({ Condition: { "ForAllValues:StringEquals": { "k:a": ["1", "2"] }, Null: { "k:a": "false" } } }),
    ];
    assert.ok(ask(all, { "k:a": ["1", "2"] }));
    assert.ok(!ask(all, { "k:a": ["1", "3"] }));
    assert.ok(!ask(all, { "k:a": [] }) && !ask(all));
    assert.throws(() => ask([allow({ Condition: { IpAddress: { "k:a": "1" } } })]), /no operator IpAddress/);
  });
});
