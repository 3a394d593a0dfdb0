import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monthlyCost } from "../../../tools/cost/monthly.ts";
import { costOf, ownBooks, readBook } from "../../../tools/cost/price-book.ts";
import { costed, price } from "../../support/books.ts";
import { clouds } from "../../support/contract.ts";

describe("A price book", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "ams-book-"));
  });
  after(() => rmSync(directory, { recursive: true }));

  const read = (text: string) => {
    const file = join(directory, "book.json");
    writeFileSync(file, text);
    return readBook(file);
  };
  const of = (...prices: readonly object[]): string => JSON.stringify({ cloud: "aws", prices });

  it("is read with steps, free amounts and estimates", () => {
    const stepped = price("traffic", 0.1, { per: "GB", free: 100, steps: [{ from: 1000, usd: 0.05 }], estimate: true });
    assert.deepEqual(read(of(stepped)).prices, [stepped]);
  });

  const secret = price("secret", 1, { per: "month" });
  const refused: readonly (readonly [why: string, text: string, message: RegExp])[] = [
    ["that doesn't parse", "{", /book\.json: .*JSON/],
    ["of another cloud", JSON.stringify({ cloud: "gcp", prices: [] }), /"aws"\|"alibaba"[\s\S]*cloud/],
    [
      "with a price without a source",
      of({ ...secret, source: undefined }),
      /expected string[\s\S]*prices\[0\]\.source/,
    ],
    [
      "with a price of yesterday",
      of({ ...secret, date: "yesterday" }),
      /a date must have the form 2026[\s\S]*prices\[0\]\.date/,
    ],
    ["with a negative price", of({ ...secret, usd: -1 }), /cannot be negative[\s\S]*prices\[0\]\.usd/],
    ["with a text for a price", of({ ...secret, usd: "1" }), /a price must be a number, in US dollars/],
    ["with an absurd price", of(price("machine/c5.large", 501)), /at most 500 US dollars per hour[\s\S]*prices\[0\]/],
    ["with an absurd step", of({ ...secret, per: "GB", steps: [{ from: 1, usd: 6 }] }), /at most 5 US dollars per GB/],
    ["with a machine for nothing", of(price("machine/c5.large", 0)), /must be greater than 0/],
    [
      "with steps that fall",
      of({
        ...secret,
        steps: [
          { from: 2, usd: 1 },
          { from: 1, usd: 1 },
        ],
      }),
      /steps must be in ascending order/,
    ],
    ["without a region", of({ ...secret, regions: [] }), /prices\[0\]\.regions/],
    ["with a price twice for a region", of(secret, secret), /secret in \* has two prices[\s\S]*prices\[1\]/],
    ["with an unknown unit", of({ ...secret, per: "year" }), /prices\[0\]\.per/],
    ["with a key that is none", of({ ...secret, eur: 1 }), /eur/],
  ];
  for (const [why, text, message] of refused) {
    it(`${why} is refused, with its place`, () => assert.throws(() => read(text), message));
  }

  it("bills what is free for nothing, and each step at its own price", () => {
    const stepped = price("traffic", 0.1, {
      per: "GB",
      free: 100,
      steps: [
        { from: 1000, usd: 0.05 },
        { from: 3000, usd: 0.01 },
      ],
    });
    const bills = [0, 100, 200, 1100, 1101, 4100].map((amount) => Math.round(costOf(stepped, amount) * 1e6) / 1e6);
    assert.deepEqual(bills, [0, 0, 10, 100, 100.05, 210]);
  });
});

describe("The shipped price books", () => {
  for (const cloud of clouds) {
    it(`have a source that can be opened for each price of ${cloud}, and mark what is an estimate`, () => {
      const all = ownBooks(cloud).flatMap(({ prices }) => prices);
      assert.ok(all.length > 20);
      for (const { item, url, note = "", estimate } of all) {
        assert.match(url, /^https:\/\//, item);
        assert.equal(/an estimate/.test(note), estimate === true, `${item}: ${note}`);
      }
    });
  }

  it("price what CloudFront sends to viewers near each region, and say why Alibaba Cloud CDN has no price", async () => {
    const aws = ownBooks("aws").flatMap(({ prices }) => prices);
    const priced = (item: string) => new Set(aws.filter((one) => one.item === item).flatMap(({ regions }) => regions));
    const lacking = [...priced("application-balancer")].filter((region) => !priced("cdn-traffic").has(region));
    assert.deepEqual(lacking, []);
    const row = async (cloud: "aws" | "alibaba", ...changes: readonly string[]) =>
      monthlyCost(await costed(cloud, "cdn.domain=cdn.example.com", ...changes)).rows.find(
        ({ item }) => item === "cdn-traffic",
      );
    assert.equal((await row("aws"))?.lacks?.what, "use");
    const why = (await row("alibaba", "cdn.certificateId=12345678-ap-southeast-1"))?.lacks?.why ?? "";
    assert.match(why, /^the price depends on the viewers' country/);
  });

  const regions: readonly (readonly [cloud: "aws" | "alibaba", region: string, most: number])[] = [
    ...["ap-south-1", "eu-central-1", "ap-southeast-1", "us-east-1"].map((region) => ["aws", region, 4] as const),
    ["alibaba", "eu-central-1", 10],
  ];
  for (const [cloud, region, most] of regions) {
    it(`leave at most ${most} lines of ${cloud} in ${region} without a price, none of them big, each with its reason`, async () => {
      const setting = `${cloud === "aws" ? "aws" : "alicloud"}:region=${region}`;
      const cost = monthlyCost(await costed(cloud, setting));
      assert.equal(cost.region, region);
      const lacking = cost.rows.filter(({ lacks }) => lacks?.what === "price");
      const told = lacking.map(({ what, lacks }) => `${what}: ${lacks?.why}`).join("\n");
      assert.ok(lacking.length <= most, told);
      assert.ok(
        lacking.every(({ lacks }) => lacks?.why !== "" && !/no price book contains/.test(lacks?.why ?? "")),
        told,
      );
      assert.ok(cost.sum !== undefined, told);
    });
  }
});
