import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { toCosted } from "../../tools/cost/costed.ts";
import type { MonthlyCost } from "../../tools/cost/monthly.ts";
import { findPrice, ownBook, type PriceBook, readBook } from "../../tools/cost/price-book.ts";
import { totalLine } from "../../tools/cost/text.ts";
import type { CostedStack } from "../../tools/cost/usage.ts";
import { costDelta, monthlyCost } from "../../tools/cost.ts";
import { planStack } from "../../tools/diagram/planned.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";

const root = resolve(import.meta.dirname, "../..");
const plan = async (stack: string, ...changes: readonly string[]): Promise<CostedStack> =>
  toCosted(await planStack(root, stack, changes.map(parseChange)));

const clouds = ["aws", "alibaba"] as const;

/** A price of one dollar for everything that a plan asks for. */
function dollarBook(stack: CostedStack): PriceBook {
  const { rows } = monthlyCost(stack);
  const prices = rows.map(({ item, per }) => ({
    ...{ item, per, usd: 1, regions: ["*"] },
    ...{ source: "a test", url: "https://example.com/", date: "2026-01-02" },
  }));
  return { cloud: stack.cloud === "aws" ? "aws" : "alibaba", prices };
}

const rowOf = ({ rows }: MonthlyCost, what: RegExp) => {
  const found = rows.find((row) => what.test(row.what));
  assert.ok(found, `no row ${what}`);
  return found;
};

describe("The monthly cost", () => {
  it("counts proxies with disks and addresses, and no licence of Ant Media Server for them", async () => {
    const proxied = await plan("aws", "balancer.kind=nginx", "balancer.count=3");
    const cost = monthlyCost(proxied, { books: [dollarBook(proxied)] });
    assert.deepEqual(rowOf(cost, /-proxy: machines/).cost, { minimum: 2190, expected: 2190, maximum: 2190 });
    assert.deepEqual(rowOf(cost, /-proxy: system disks/).cost, { minimum: 60, expected: 60, maximum: 60 });
    const whats = cost.rows.map(({ what }) => what);
    assert.ok(!whats.some((what) => /-proxy: .*licences/.test(what)), whats.join("\n"));
    assert.ok(!whats.some((what) => /-web: /.test(what)), whats.join("\n"));
  });

  for (const cloud of clouds) {
    describe(`of ${cloud}`, () => {
      let stack: CostedStack;
      before(async () => {
        stack = await plan(cloud);
      });

      it("has looked at each type of resource", () => {
        const strange = monthlyCost(stack).rows.filter(({ item }) => item.startsWith("type/"));
        assert.deepEqual(strange, []);
      });

      it("says what each bucket holds", async () => {
        const { rows } = monthlyCost(await plan(cloud, "recordings.store=bucket"));
        const whats = rows.filter(({ item }) => item === "object-storage").map(({ what }) => what);
        assert.ok(
          whats.some((what) => /-agent: agent$/.test(what)) && whats.some((what) => /s: recordings$/.test(what)),
        );
        assert.ok(!whats.some((what) => /-agent: recordings/.test(what)));
      });

      it("counts machines at the least, expected and most size of their groups", () => {
        const cost = monthlyCost(stack, { books: [dollarBook(stack)] });
        assert.deepEqual(rowOf(cost, /-origin: machines/).cost, { minimum: 730, expected: 730 * 6, maximum: 7300 });
        assert.deepEqual(rowOf(cost, /-edge: machines/).cost, { minimum: 1460, expected: 730 * 6, maximum: 7300 });
        assert.deepEqual(rowOf(cost, /-database: machines/).cost, { minimum: 730, expected: 730, maximum: 730 });
        assert.deepEqual(rowOf(cost, /-edge: system disks/).cost, { minimum: 80, expected: 240, maximum: 400 });
        assert.deepEqual(rowOf(cost, /data volume/).cost, { minimum: 50, expected: 50, maximum: 50 });
        assert.deepEqual(rowOf(cost, /-origin: .*licences/).cost, { minimum: 730, expected: 730 * 6, maximum: 7300 });
      });

      it("moves the expected size with the utilisation, and the traffic with the edges", () => {
        const books = [dollarBook(stack)];
        const cost = monthlyCost(stack, { books, utilisation: 0.25, trafficGb: 400 });
        assert.equal(rowOf(cost, /-edge: machines/).amounts?.expected, 730 * 4);
        assert.deepEqual(rowOf(cost, /traffic to the internet/).cost, { minimum: 200, expected: 400, maximum: 1000 });
      });

      it("sums what is known, and says how much is not", () => {
        const cost = monthlyCost(stack);
        const known = cost.rows.filter((row) => row.cost !== undefined);
        assert.ok(known.length > 0 && cost.unknown > 0);
        assert.equal(cost.unknown, cost.rows.length - known.length);
        const sum = known.reduce((total, row) => total + (row.cost?.expected ?? 0), 0);
        assert.equal(cost.expected, sum);
        assert.match(totalLine(cost).what, new RegExp(`plus ${cost.unknown} unknown$`));
      });

      it("gives each of its own prices once for a region, with a source", () => {
        const seen = ownBook(cloud).prices.flatMap(({ item, regions }) => regions.map((region) => `${item} ${region}`));
        assert.deepEqual(seen, [...new Set(seen)]);
        assert.ok(ownBook(cloud).prices.every(({ url }) => url.startsWith("https://")));
      });
    });
  }

  for (const cloud of clouds) {
    it(`counts each machine of a replica set on ${cloud}, with its disks`, async () => {
      const stack = await plan(cloud, "database.kind=replica-set");
      const cost = monthlyCost(stack, { books: [dollarBook(stack)] });
      const costs = (what: RegExp) => cost.rows.filter((row) => what.test(row.what)).map((row) => row.cost?.expected);
      const system = costs(/-database(-\d)?: system disks/);
      assert.deepEqual(costs(/-database(-\d)?: machines/), [730, 730, 730]);
      assert.deepEqual(costs(/data volume$/), [50, 50, 50]);
      assert.equal(system.length, 3);
      assert.ok(
        system.every((size) => size !== undefined && size >= 20 && size === system[0]),
        system.join(" "),
      );
    });

    it(`knows each type that a managed database on ${cloud} is made of`, async () => {
      const stack = await plan(cloud, "database.kind=managed", "media.version=3.1.0");
      const { rows } = monthlyCost(stack);
      assert.deepEqual(
        rows.filter(({ item }) => item.startsWith("type/")),
        [],
      );
      assert.ok(rows.some(({ item }) => /^managed-database\/[a-z]/.test(item)));
    });
  }

  it("takes a region's price for that region alone", async () => {
    const mumbai = monthlyCost(await plan("aws"));
    const virginia = monthlyCost(await plan("aws", "aws:region=us-east-1"));
    assert.equal(mumbai.region, "ap-south-1");
    assert.equal(rowOf(mumbai, /-web: balancer$/).price, undefined);
    assert.equal(virginia.region, "us-east-1");
    assert.equal(rowOf(virginia, /-web: balancer$/).cost?.minimum, 0.0225 * 730);
  });

  it("puts one's own price before the project's, and a region's before one for all", () => {
    const price = { source: "s", url: "https://example.com/", date: "2026", item: "secret", per: "month" } as const;
    const own: PriceBook = {
      cloud: "aws",
      prices: [
        { ...price, usd: 7, regions: ["*"] },
        { ...price, usd: 8, regions: ["eu-west-1"] },
      ],
    };
    assert.equal(findPrice([own, ownBook("aws")], "secret", "us-east-1")?.usd, 7);
    assert.equal(findPrice([own, ownBook("aws")], "secret", "eu-west-1")?.usd, 8);
    assert.equal(findPrice([ownBook("aws")], "secret", "eu-west-1")?.usd, 0.4);
    assert.equal(findPrice([own], "other", "eu-west-1"), undefined);
  });

  it("prices a licence key by the month and the image by the hour", async () => {
    const stack = await plan("alibaba");
    assert.equal(rowOf(monthlyCost(stack), /edge: .*licences/).cost?.minimum, 2 * 730 * 0.49);
    assert.equal(rowOf(monthlyCost({ ...stack, licence: "key" }), /edge: .*licences/).cost?.minimum, 2 * 89);
  });

  it("tells a change's price, and names what of it has none", async () => {
    const [before, after] = [monthlyCost(await plan("aws")), monthlyCost(await plan("aws", "edge.min=3"))];
    const delta = costDelta(before, after);
    assert.match(delta, /^\+3\.65 USD a month expected \(\+3\.65 at least, \+0\.00 at most\), plus unknown: /);
    assert.match(delta, /ams-aws-edge: machines/);
    assert.doesNotMatch(delta, /origin|database/);
    assert.equal(costDelta(before, before), "+0.00 USD a month expected (+0.00 at least, +0.00 at most)");
    assert.match(costDelta(after, before), /^-3\.65 USD/);
  });

  it("makes a type that nobody has looked at a line without a price", () => {
    const odd = { type: "aws:sagemaker/domain:Domain", name: "odd", inputs: {} };
    const { rows, unknown } = monthlyCost({ stack: "s", cloud: "aws", resources: [odd] });
    assert.equal(rows[0]?.what, "odd: Domain");
    assert.equal(rows[0].cost, undefined);
    assert.equal(unknown, 2);
  });

  describe("by the command", () => {
    let directory: string;
    before(() => {
      directory = mkdtempSync(join(tmpdir(), "ams-cost-"));
    });
    after(() => rmSync(directory, { recursive: true }));

    const write = (content: unknown): string => {
      const file = join(directory, "prices.json");
      writeFileSync(file, JSON.stringify(content));
      return file;
    };

    it("refuses a price without a source or a date, with its place", () => {
      const price = { item: "secret", regions: ["*"], usd: 1, per: "month", url: "https://example.com/" };
      assert.throws(() => readBook(write({ cloud: "aws", prices: [price] })), /source[\s\S]*prices\[0\]/);
      const dated = { ...price, source: "s", date: "yesterday" };
      assert.throws(
        () => readBook(write({ cloud: "aws", prices: [dated] })),
        /a date such as 2026[\s\S]*prices\[0\]\.date/,
      );
    });

    it("is one JSON object with --json, with one's own prices in it", async function () {
      this.timeout(60_000);
      const file = write(dollarBook(await plan("aws")));
      const words = ["aws", "--json", "--traffic-gb", "6", "--prices", file];
      const command = ["start.mjs", "tools/cost.ts", ...words];
      const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      const [cost] = JSON.parse(stdout).stacks;
      assert.equal(cost.stack, "aws");
      assert.equal(cost.rows.find((row: { item: string }) => row.item === "traffic").cost.expected, 6);
      assert.equal(cost.currency, "USD");
    });
  });
});
