import assert from "node:assert/strict";
import { ConfigError } from "../config/fault.ts";
import { parse } from "../config/parse.ts";
import { misplaced } from "./fuzz/hostile.ts";
import { judgeFaults } from "./fuzz/judge.ts";
import { mutate } from "./fuzz/mutation.ts";
import { certificate } from "./support/databases.ts";
import { raw } from "./support/raw.ts";

describe("Hostile configurations", () => {
  it("are judged: a fault with a secret, a control character or a gap is none that a person may get", () => {
    const good = { path: "ams:name", got: "1", allowed: "a name", fix: "Set it" };
    judgeFaults([good], raw());
    const bad = [
      { ...good, fix: "" },
      { ...good, path: "name" },
      { ...good, got: "\u001b[31m" },
      { ...good, allowed: "undefined" },
      { ...good, got: `"${misplaced}7abc"` },
      { ...good, got: "a".repeat(3000) },
    ];
    for (const fault of bad) assert.throws(() => judgeFaults([fault], raw()), JSON.stringify(fault));
    assert.throws(() => judgeFaults([], raw()));
    const withSecret = raw({}, { secrets: { panelPassword: "abc" } });
    assert.throws(() => judgeFaults([{ ...good, got: "abc" }], withSecret));
  });

  it("are really changed: a mutation reaches nested keys, lists and a prototype's name", () => {
    const before = raw({ origin: { max: 3 } });
    const kinds = Array.from({ length: 40 }, (_, at) => mutate(before, { kind: "remove", at }));
    assert.equal(new Set(kinds.map((one) => JSON.stringify(one.values))).size > 5, true);
    const proto = mutate(before, { kind: "add", at: 0, key: "__proto__", value: { polluted: true } });
    assert.ok(JSON.stringify(proto.values).includes("__proto__"));
    assert.equal(Reflect.get({}, "polluted"), undefined);
  });
});

describe("A secret in the wrong place", () => {
  const url = `mongodb://ams:${misplaced}@db.example.net/`;
  const places = [
    { title: "a private key as a name", values: { name: certificate().key } },
    { title: "a private key as a whole group", values: { certificate: certificate().key } },
    { title: "a URL with a password as a setting of AMS", values: { media: { properties: { "db.url": url } } } },
    { title: "a URL with a password in a list", values: { network: { zones: ["a", url] } } },
    { title: "a password under a name of its own", values: { origin: { password: misplaced, max: "x" } } },
    { title: "a password in a group of a wrong kind", values: { network: [{ password: misplaced }] } },
    {
      title: "a URL with a password as the name that a certificate is for",
      values: { domain: { name: url }, certificate: { source: "uploaded", pem: certificate().pem } },
    },
    { title: "a token as a tag's value", values: { tags: { "api.token": `${misplaced}\n` } } },
  ];
  for (const { title, values } of places) {
    it(`is refused and not shown: ${title}`, () => {
      const given = raw(values);
      const { faults } = parse(given);
      judgeFaults(faults, given);
      assert.ok(!new ConfigError(faults).message.includes(misplaced));
    });
  }

  it("is refused where nothing reads it", () => {
    const { faults } = parse(raw({}, { secrets: { licenceKey: "abcdefgh", certificateKey: certificate().key } }));
    assert.deepEqual(faults.map(({ path }) => path).sort(), ["ams:certificateKey", "ams:licenceKey"]);
  });
});
