import assert from "node:assert/strict";
import { foldedLines } from "../../../tools/cost/fold.ts";
import { monthlyCost } from "../../../tools/cost/monthly.ts";
import { remarks, totalLine } from "../../../tools/cost/text.ts";
import type { CostedStack } from "../../../tools/cost/usage.ts";
import { costed, flatBook, price, without } from "../../support/books.ts";
import { clouds } from "../../support/contract.ts";

const today = new Date("2026-11-29");
const audience = ["audience.publishers=40", "audience.viewers=5000", "audience.hoursPerDay=6"];

for (const cloud of clouds) {
  describe(`The sum of ${cloud}`, () => {
    let stack: CostedStack;
    before(async () => {
      stack = await costed(cloud, ...audience);
    });

    it("is of all lines but the licences, and says what it is without", () => {
      const cost = monthlyCost(stack, { own: [flatBook(stack)] });
      const expected = cost.rows.reduce((sum, row) => sum + (row.cost?.expected ?? 0), 0);
      assert.ok(expected > 0);
      assert.equal(cost.sum?.expected, expected);
      const known = monthlyCost({ ...stack, licenceUsdPerHour: { origin: 3, edge: 2 } }, { own: [flatBook(stack)] });
      assert.deepEqual(known.sum, cost.sum);
      assert.deepEqual(
        known.licences.map((row) => row.cost?.minimum),
        [3 * 730, 2 * 2 * 730],
      );
      assert.match(totalLine(known).what, /total excluding licences/i);
      assert.match(
        remarks(cost, today).join("\n"),
        /Licence: the price is not public\. Look it up at https:\/\/\S+, then run: pulumi/,
      );
      assert.match(
        remarks(known, today).join("\n"),
        /Licence: the price is from the stack file; compare it with https:/,
      );
    });

    it("is none while a machine, balancer, NAT gateway or traffic has no price", () => {
      const book = flatBook(stack);
      const big = book.prices
        .map(({ item }) => item)
        .filter((item) => /machine|balancer|nat-gateway|traffic/.test(item));
      assert.ok(big.length >= 6, big.join());
      for (const item of big) {
        const cost = monthlyCost(stack, { own: [without(book, new RegExp(`^${item}$`))] });
        assert.equal(cost.sum, undefined, item);
        const { what, sizes } = totalLine(cost);
        assert.match(
          what,
          new RegExp(`^No total is shown, because no price is known for .*${item.replace("machine/", "")}`),
        );
        assert.doesNotMatch(sizes.join(), /\d/);
      }
      const small = monthlyCost(stack, { own: [without(book, /^(secret|snapshot)$/)] });
      assert.ok(small.sum !== undefined);
      assert.match(remarks(small, today).join("\n"), /^No price: (snapshot|secret)/m);
    });

    it("is about where an estimate is in it, with its share", () => {
      const book = flatBook(stack);
      const prices = book.prices.map((each) => (each.item === "traffic" ? { ...each, estimate: true as const } : each));
      const cost = monthlyCost(stack, { own: [{ ...book, prices }] });
      const share =
        (100 * (cost.rows.find(({ item }) => item === "traffic")?.cost?.expected ?? 0)) / (cost.sum?.expected ?? 1);
      assert.match(totalLine(cost).what, /^Approximate total excluding licences \(\d+ % estimated\)$/);
      assert.ok(
        cost.estimatedPercent >= share && cost.estimatedPercent < share + 10,
        `${cost.estimatedPercent} ${share}`,
      );
    });

    it("tells what has a price but no stated use from what has no price", async () => {
      const silent = await costed(cloud);
      const cost = monthlyCost(silent, { own: [without(flatBook(silent), /^snapshot$/)] });
      const lacks = (item: string) => cost.rows.find((row) => row.item === item)?.lacks?.what;
      assert.deepEqual([lacks("traffic"), lacks("snapshot"), lacks("nat-gateway")], ["use", "price", undefined]);
      assert.match(totalLine(cost).what, /^Sum excluding licences, .*traffic/);
      assert.match(
        remarks(cost, today).join("\n"),
        /Usage-based: .*traffic.*\nUsage-based: [\s\S]*--config audience\.hoursPerDay=4/,
      );
    });

    it("says the currency, and who pays in another one", () => {
      const cost = monthlyCost(stack, { own: [flatBook(stack)] });
      assert.equal(cost.currency, "USD");
      assert.equal(
        /Accounts of type Domestic pay different prices, in CNY/.test(remarks(cost, today).join("\n")),
        cloud === "alibaba",
      );
    });

    it("has alike lines once, the largest first, with shares of a hundred percent", () => {
      const cost = monthlyCost(stack, { own: [flatBook(stack)] });
      const lines = foldedLines(cost);
      const shares = lines.flatMap(({ share }) => share ?? []);
      assert.deepEqual(
        shares,
        [...shares].sort((a, b) => b - a),
      );
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100) < 0.001);
      assert.ok(lines.some(({ what }) => /^\d+ x (alarm|system disks)$/.test(what)));
      assert.equal(lines.filter(({ what }) => /: machines$/.test(what)).length, 3);
    });

    it("says on each use that prices are older than 180 days", () => {
      const dated = (date: string) => ({
        ...flatBook(stack),
        prices: flatBook(stack).prices.map((one) => ({ ...one, date })),
      });
      const told = (date: string) => remarks(monthlyCost(stack, { own: [dated(date)] }), today).join("\n");
      for (const old of ["2026-06-01", "2026-04", "2025"])
        assert.match(told(old), /older than 180 days; the oldest/, old);
      for (const young of ["2026-06-03", "2026-06", "2026"]) assert.doesNotMatch(told(young), /older/, young);
    });
  });
}

describe("The bill of an audience", () => {
  const use = async (cloud: string, item: string, ...changes: readonly string[]) => {
    const { rows } = monthlyCost(await costed(cloud, ...audience, ...changes), { own: [] });
    const found = rows.find((row) => row.item === item);
    return Math.round((found?.amounts?.expected ?? Number.NaN) * 1000) / 1000;
  };

  it("has its traffic: 5,000 viewers of 1.5 Mbps are 3,375 GB an hour, for 182.5 hours a month", async () => {
    assert.equal(await use("aws", "traffic"), 3375 * 182.5);
    assert.equal(await use("alibaba", "traffic", "audience.bitrateKbps=3000"), 2 * 3375 * 182.5);
    assert.equal(await use("aws", "traffic", "audience.hoursPerDay=1.5"), 3375 * 45.625);
  });

  it("has the balancers' units: 5,040 WebSockets of 3,000 each, and 27 GB an hour of ingest", async () => {
    assert.equal(await use("aws", "application-balancer-unit"), 306.6);
    assert.equal(await use("aws", "network-balancer-unit"), 27 * 182.5);
    assert.equal(await use("alibaba", "network-balancer-unit"), 27 * 182.5);
    const crowd = ["balancer.kind=haproxy", "audience.viewers=400000", "audience.publishers=1"];
    assert.equal(await use("aws", "network-balancer-unit", ...crowd), 730.002);
  });

  it("expects the groups to be as large as the audience's share of the day", async () => {
    const stack = await costed("aws", ...audience, "edge.min=2", "edge.max=10");
    const cost = monthlyCost(stack, { own: [] });
    assert.equal(cost.rows.find(({ what }) => /-edge: machines/.test(what))?.amounts?.expected, 4 * 730);
  });

  it("bills traffic by steps, after what is free", async () => {
    const stack = await costed("aws", ...audience);
    const traffic = price("traffic", 0.1, { per: "GB", free: 100, steps: [{ from: 10_240, usd: 0.08 }] });
    const cost = monthlyCost(stack, { books: [{ cloud: "aws", prices: [traffic] }], own: [flatBook(stack)] });
    const row = cost.rows.find(({ item }) => item === "traffic");
    assert.equal(row?.cost?.expected, 10_240 * 0.1 + (3375 * 182.5 - 100 - 10_240) * 0.08);
  });
});
