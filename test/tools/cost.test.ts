import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type MonthlyCost, monthlyCost } from "../../tools/cost/monthly.ts";
import { findPrice, type PriceBook } from "../../tools/cost/price-book.ts";
import type { CostedStack } from "../../tools/cost/usage.ts";
import { costed, flatBook, price } from "../support/books.ts";

const root = resolve(import.meta.dirname, "../..");

const clouds = ["aws", "alibaba"] as const;

const priced = (stack: CostedStack) => ({ own: [flatBook(stack)] });

const rowOf = ({ rows }: MonthlyCost, what: RegExp) => {
  const found = rows.find((row) => what.test(row.what));
  assert.ok(found, `no row ${what}`);
  return found;
};

describe("The monthly cost", () => {
  it("counts proxies with disks and addresses, and no licence of Ant Media Server for them", async () => {
    const proxied = await costed("aws", "balancer.kind=nginx", "balancer.count=3");
    const cost = monthlyCost(proxied, priced(proxied));
    assert.deepEqual(rowOf(cost, /-proxy: machines/).cost, { minimum: 2190, expected: 2190, maximum: 2190 });
    assert.deepEqual(rowOf(cost, /-proxy: system disks/).cost, { minimum: 60, expected: 60, maximum: 60 });
    const whats = [...cost.rows, ...cost.licences].map(({ what }) => what);
    assert.ok(!whats.some((what) => /-proxy: .*licences/.test(what)), whats.join("\n"));
    assert.ok(!whats.some((what) => /-web: /.test(what)), whats.join("\n"));
  });

  for (const cloud of clouds) {
    describe(`of ${cloud}`, () => {
      let stack: CostedStack;
      before(async () => {
        stack = await costed(cloud);
      });

      it("has looked at each type of resource", () => {
        const strange = monthlyCost(stack).rows.filter(({ item }) => item.startsWith("type/"));
        assert.deepEqual(strange, []);
      });

      it("says what each bucket holds", async () => {
        const { rows } = monthlyCost(await costed(cloud, "recordings.store=bucket"));
        const whats = rows.filter(({ item }) => item === "object-storage").map(({ what }) => what);
        assert.ok(
          whats.some((what) => /-agent: agent$/.test(what)) && whats.some((what) => /s: recordings$/.test(what)),
        );
        assert.ok(!whats.some((what) => /-agent: recordings/.test(what)));
      });

      it("counts machines at the least, expected and most size of their groups", () => {
        const cost = monthlyCost(stack, priced(stack));
        assert.deepEqual(rowOf(cost, /-origin: machines/).cost, { minimum: 730, expected: 730 * 6, maximum: 7300 });
        assert.deepEqual(rowOf(cost, /-edge: machines/).cost, { minimum: 1460, expected: 730 * 6, maximum: 7300 });
        assert.deepEqual(rowOf(cost, /-database: machines/).cost, { minimum: 730, expected: 730, maximum: 730 });
        assert.deepEqual(rowOf(cost, /-edge: system disks/).cost, { minimum: 80, expected: 240, maximum: 400 });
        assert.deepEqual(rowOf(cost, /data volume/).cost, { minimum: 50, expected: 50, maximum: 50 });
        const [origin] = cost.licences;
        assert.deepEqual(origin?.amounts, { minimum: 730, expected: 730 * 6, maximum: 7300 });
      });

      it("moves the expected size with the utilisation, and the traffic with the edges", () => {
        const cost = monthlyCost(stack, { ...priced(stack), utilisation: 0.25, trafficGb: 400 });
        assert.equal(rowOf(cost, /-edge: machines/).amounts?.expected, 730 * 4);
        assert.deepEqual(rowOf(cost, /traffic to the internet/).cost, { minimum: 200, expected: 400, maximum: 1000 });
      });
    });
  }

  for (const cloud of clouds) {
    it(`counts each machine of a replica set on ${cloud}, with its disks`, async () => {
      const stack = await costed(cloud, "database.kind=replica-set");
      const cost = monthlyCost(stack, priced(stack));
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
      const stack = await costed(cloud, "database.kind=managed", "media.version=3.1.0");
      const { rows } = monthlyCost(stack);
      assert.deepEqual(
        rows.filter(({ item }) => item.startsWith("type/")),
        [],
      );
      assert.ok(rows.some(({ item }) => /^managed-database\/[a-z]/.test(item)));
    });
  }

  it("takes a region's price for that region alone", async () => {
    const own: readonly PriceBook[] = [
      { cloud: "aws", prices: [price("application-balancer", 2, { regions: ["us-east-1"] })] },
    ];
    const mumbai = monthlyCost(await costed("aws"), { own });
    const virginia = monthlyCost(await costed("aws", "aws:region=us-east-1"), { own });
    assert.equal(mumbai.region, "ap-south-1");
    assert.equal(rowOf(mumbai, /-web: load balancer$/).price, undefined);
    assert.equal(virginia.region, "us-east-1");
    assert.equal(rowOf(virginia, /-web: load balancer$/).cost?.minimum, 2 * 730);
  });

  it("puts one's own price before the project's, and a region's before one for all", () => {
    const book = (...prices: PriceBook["prices"]): PriceBook => ({ cloud: "aws", prices });
    const own = book(price("secret", 7), price("secret", 8, { regions: ["eu-west-1"] }));
    const project = book(price("secret", 9));
    assert.equal(findPrice([own, project], "secret", "us-east-1")?.usd, 7);
    assert.equal(findPrice([own, project], "secret", "eu-west-1")?.usd, 8);
    assert.equal(findPrice([project], "secret", "eu-west-1")?.usd, 9);
    assert.equal(findPrice([own], "other", "eu-west-1"), undefined);
  });

  it("counts an address of a balancer on Alibaba Cloud once, as the resource that it is", async () => {
    const { rows } = monthlyCost(await costed("alibaba"), { own: [] });
    const addresses = rows.filter(({ item }) => item === "public-address").map(({ what }) => what);
    // Two zones with an address for each of the two balancers, and one for the NAT gateway.
    assert.equal(addresses.length, 5, addresses.join("\n"));
    assert.ok(!addresses.some((what) => /balancer public addresses/.test(what)));
  });

  it("makes a type that nobody has looked at a line without a price", () => {
    const odd = { type: "aws:sagemaker/domain:Domain", name: "odd", inputs: {} };
    const { rows, sum } = monthlyCost({ stack: "s", cloud: "aws", resources: [odd] });
    assert.equal(rows[0]?.what, "odd: Domain");
    assert.equal(rows[0].cost, undefined);
    assert.equal(sum, undefined);
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

    it("is one JSON object with --json, with one's own prices in it", async () => {
      const file = write(flatBook(await costed("aws")));
      const words = ["aws", "--json", "--traffic-gb", "6", "--prices", file];
      const command = ["start.mjs", "tools/cli.ts", "cost", ...words];
      const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      const [cost] = JSON.parse(stdout).stacks;
      assert.equal(cost.stack, "aws");
      assert.equal(cost.rows.find((row: { item: string }) => row.item === "traffic").cost.expected, 6);
      assert.equal(cost.currency, "USD");
    });
  });
});
