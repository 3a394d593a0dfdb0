import assert from "node:assert/strict";
import { choicesOf, choicesText } from "../../tools/capacity/cheapest.ts";
import { candidatesOf } from "../../tools/capacity/machines.ts";
import { requestOf } from "../../tools/capacity/request.ts";
import { commands } from "../../tools/cli/commands.ts";
import { readWords } from "../../tools/cli/run.ts";
import { findPrice, ownBooks } from "../../tools/cost/price-book.ts";
import { clouds } from "../support/contract.ts";

const audience = { publishers: 40, viewers: 5000, bitrateKbps: 1500, ladder: [1080, 720, 480] as const };
const wish = { audience, cpuTargetPercent: 60, steadyPercent: 0, least: { origin: 1, edge: 2 } };
const asked = async (words: readonly string[]) => requestOf((await readWords(commands.capacity, words)).given);
const regions = { aws: "ap-south-1", alibaba: "eu-central-1" } as const;

describe("The cheapest sizes", () => {
  for (const cloud of clouds) {
    it(`of ${cloud} carry the audience, have the books' prices, and come in their order`, async () => {
      const region = regions[cloud];
      const choices = choicesOf(cloud, false, wish, region);
      const { origin: origins, edge: edges } = candidatesOf(cloud, false);
      assert.equal(choices.length, origins.length * edges.length);
      for (const { origin, edge, usd } of choices) {
        const [one, other] = [origin, edge].map(
          ({ type, max }) => (findPrice(ownBooks(cloud), `machine/${type}`, region)?.usd ?? Number.NaN) * max * 730,
        );
        assert.ok(Math.abs(usd - (one ?? 0) - (other ?? 0)) < 1e-6);
        for (const sized of [origin, edge]) assert.ok((sized.decides?.machines ?? 0) <= sized.max);
      }
      const prices = choices.map(({ usd }) => usd);
      assert.deepEqual(
        prices,
        [...prices].sort((a, b) => a - b),
      );
      const [title, first = "", , , last = ""] = choicesText(choices, cloud, audience);
      assert.match(title ?? "", /excluding licences:$/);
      const [best] = choices;
      assert.ok(best !== undefined && first.endsWith(`${best.origin.max + best.edge.max} licences`), first);
      // The command that is printed asks for those sizes.
      const words = last.slice(last.indexOf("-- ") + 3).split(" ");
      assert.deepEqual((await asked(words)).sizes, { origin: best.origin.size, edge: best.edge.size });
      assert.deepEqual((await asked(words)).audience, { ...audience, ladder: [...audience.ladder] });
    });
  }

  it("are none in a region without prices", () => {
    assert.deepEqual(choicesOf("aws", false, wish, "nowhere-1"), []);
    assert.deepEqual(choicesText([], "aws", audience), []);
  });

  it("can't be a size that there isn't, nor the cost's hours more than a day", async () => {
    const words = ["--publishers", "1", "--viewers", "1"];
    await assert.rejects(asked([...words, "--edge", "compute-5"]), /--edge: got "?compute-5"?; allowed: compute-2/);
    await assert.rejects(asked([...words, "--hours", "25"]), /--hours: got 25; allowed: a number from 0\.1 to 24/);
    assert.equal((await asked([...words, "--hours", "2.5"])).audience?.hoursPerDay, 2.5);
  });
});
