import assert from "node:assert/strict";
import { check } from "../../policy/index.ts";
import { toResources } from "../../policy/pack/resources.ts";
import { toPlain } from "../../recording/read/plain.ts";
import { clouds } from "../support/contract.ts";
import { exclusions } from "./generator/exclusions.ts";
import { type Mutant, mutantsOf, shortType } from "./generator/generate.ts";
import { isSensitive, propertiesOf } from "./generator/properties.ts";
import { kinds } from "./generator/unsafe.ts";
import { seen } from "./seen.ts";
import { recordVariants } from "./variants.ts";

describe("Each property that sets reach, identity, encryption, durability, logging or deletion", () => {
  it("is known as unsafe in some way, or excluded with a reason, by at most 40 reasons", async () => {
    const types = new Set<string>();
    for (const cloud of clouds)
      for (const { recording } of await recordVariants(cloud))
        for (const { type } of recording.resources) if (/^(aws|alicloud):/.test(type)) types.add(type);
    const properties = [...types].flatMap((type) =>
      propertiesOf(type)
        .filter(({ path }) => isSensitive(path))
        .map(({ path }) => `${shortType(type)} ${path}`),
    );
    const excluded = properties.filter((one) => exclusions.some(([at]) => at.test(one)));
    const open = properties.filter((one) => !kinds.some(({ at }) => at.test(one)) && !excluded.includes(one));
    assert.deepEqual(open, []);
    assert.ok(exclusions.length <= 40, `${exclusions.length} reasons`);
    assert.deepEqual(
      exclusions.filter(([at]) => !properties.some((one) => at.test(one))),
      [],
      "idle exclusions",
    );
    assert.deepEqual(
      kinds.filter(({ at }) => !properties.some((one) => at.test(one))).map(({ what, at }) => `${what} ${at}`),
      [],
      "idle kinds",
    );
    if (process.env["SHOW"] === "1") console.log(properties.length, excluded.length);
  });
});

/** What a variant chooses and a rule advises against: DocumentDB without the authority that TLS needs. */
const advised: readonly string[] = ["managed-database-speaks-tls"];

/** What the rules do not find: `type path: what`, on a preview too unless the line says when. */
const misses: readonly string[] = [];

describe("The generator of misconfigurations", () => {
  for (const cloud of clouds) {
    for (const time of ["recorded", "preview"] as const) {
      it(`is found out at least 95 times of 100 on ${cloud}, ${time}`, async () => {
        const mutants: Mutant[] = [];
        for (const { raw, recording } of await recordVariants(cloud)) {
          const things = recording.resources
            .filter(({ custom }) => custom)
            .map(({ type, name, urn, inputs }) => ({ type, name, urn, props: toPlain(inputs) }));
          const all = time === "recorded" ? things : toResources(await seen(cloud, raw, things, "preview"), new Map());
          assert.deepEqual(
            check(all)
              .map(({ rule }) => rule)
              .filter((rule) => !advised.includes(rule)),
            [],
          );
          mutants.push(...mutantsOf(all));
        }
        const missed = mutants.filter(({ found }) => !found);
        const lines = [...new Set(missed.map(({ property, what }) => `${property}: ${what}`))].sort();
        if (process.env["SHOW"] === "1") console.log(cloud, time, mutants.length, missed.length);
        assert.deepEqual(
          lines,
          misses.filter((line) => line.startsWith(cloud === "aws" ? "aws:" : "alicloud:")),
        );
        assert.ok(missed.length <= mutants.length * 0.05, `${missed.length} of ${mutants.length} are missed`);
        assert.ok(mutants.length > 500, `${mutants.length}`);
      });
    }
  }
});
