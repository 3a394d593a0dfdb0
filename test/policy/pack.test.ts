import assert from "node:assert/strict";
import { type Cloud, check } from "../../policy/index.ts";
import { toResources } from "../../policy/pack/resources.ts";
import { clouds } from "../support/contract.ts";
import { breakStack, fullStack, fullStackOf, type Thing } from "./broken.ts";
import { cases } from "./cases/all.ts";
import { seen, type Time } from "./seen.ts";

const findings = async (cloud: Cloud, things: readonly Thing[], time: Time): Promise<readonly string[]> => {
  const found = check(toResources(await seen(cloud, fullStack(cloud), things, time), new Map()));
  return [...new Set(found.map(({ rule, name }) => `${rule} ${name}`))].sort();
};

const direct = (things: readonly Thing[]): readonly string[] =>
  [...new Set(check(things).map(({ rule, name }) => `${rule} ${name}`))].sort();

describe("The engine's resources, as the pack reads them", () => {
  for (const cloud of clouds) {
    for (const time of ["preview", "deployed"] as const) {
      it(`give the rules nothing to find in a full stack of ${cloud}, ${time}`, async () =>
        assert.deepEqual(await findings(cloud, await fullStackOf(cloud), time), []));
    }
  }

  for (const one of cases) {
    it(`let ${one.rule} find on ${one.cloud}, deployed, what it finds in a recording: ${one.what}`, async () => {
      const things = await breakStack(one);
      assert.deepEqual(await findings(one.cloud, things, "deployed"), direct(things));
    });
  }

  it("hide in a preview nothing but what hangs on an id that isn't known yet", async () => {
    const hidden: string[] = [];
    for (const one of cases) {
      const things = await breakStack(one);
      const [found, all] = [await findings(one.cloud, things, "preview"), direct(things)];
      assert.deepEqual(
        found.filter((finding) => !all.includes(finding)),
        [],
        `${one.rule}: ${one.what}`,
      );
      if (found.length < all.length) hidden.push(`${one.cloud} ${one.rule}: ${one.what}`);
    }
    assert.deepEqual(hidden, [
      // The whole document is unknown while the name of one secret in it is.
      "aws roles-read-named-secrets: a foreign secret in a text that isn't known whole",
      // A bucket whose name isn't known yet may be the one that a setting names.
      "aws buckets-are-private: another bucket's block",
      "aws buckets-take-tls-alone: another bucket's policy",
      "aws buckets-keep-what-they-have: another bucket's",
      "aws bucket-leftovers-go: another bucket's",
    ]);
  });
});
