import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../../../model/project.ts";
import { readBook } from "../../../tools/cost/price-book.ts";
import type { Run } from "../../../tools/cost/update/alibaba.ts";
import type { Get } from "../../../tools/cost/update/aws.ts";
import { toText } from "../../../tools/cost/update/merge.ts";
import { update } from "../../../tools/cost/update.ts";
import { price } from "../../support/books.ts";
import { columns, index, list, machine, type Row, row, server } from "../../support/price-lists.ts";

describe("npm run cost -- --update", () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ams-update-"));
    file = join(directory, "book.json");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const old = {
    cloud: "aws" as const,
    prices: [
      price("traffic", 0.2, { per: "GB", regions: ["ap-south-1"], free: 100 }),
      price("machine/c5.xlarge", 0.16, { regions: ["ap-south-1", "us-east-1"] }),
      price("secret", 0.4, { per: "month" }),
    ],
  };
  const aws = (items: readonly string[], get: Get) =>
    update({ cloud: "aws", region: "ap-south-1", items, file, today: "2026-11-29", get });
  const write = (): void => writeFileSync(file, toText(old));

  const ec2: readonly Row[] = [
    machine("c5.xlarge", "0.1700000000"),
    machine("c5.xlarge", "0.1200000000", { TermType: "Reserved" }),
    machine("c5.xlarge", "0.3800000000", { SKU: "W", "Operating System": "Windows" }),
    machine("c5.xlarge", "0.1000000000", {
      SKU: "D",
      usageType: "APS3-DedicatedUsage:c5.xlarge",
      Tenancy: "Dedicated",
    }),
    row("S", "APS3-EBS:VolumeUsage.gp3", "GB-Mo", "0.0912", { "Product Family": "Storage", "Volume API Name": "gp3" }),
  ];
  const out = (from: string, usd: string): Row =>
    row("T", "APS3-DataTransfer-Out-Bytes", "GB", usd, {
      ...{ StartingRange: from, "Transfer Type": "AWS Outbound", "From Region Code": "ap-south-1", "Region Code": "" },
    });
  const files = {
    AmazonEC2: list("AmazonEC2", ec2),
    AWSDataTransfer: list("AWSDataTransfer", [out("51200", "0.0820"), out("0", "0.1093"), out("10240", "0.0850")]),
  };
  const items = ["traffic", "machine/c5.xlarge", "disk/gp3", "private-zone"];

  it("writes the region's prices, dated and sorted, keeps the others, and shows what changed", async () => {
    write();
    const { lines, faults } = await aws(items, server(files));
    assert.deepEqual(faults, []);
    const { prices } = readBook(file);
    assert.deepEqual(
      prices.map(({ item, regions, usd }) => `${item} ${regions.join()} ${usd}`),
      [
        "disk/gp3 ap-south-1 0.0912",
        "machine/c5.xlarge ap-south-1 0.17",
        "machine/c5.xlarge us-east-1 0.16",
        "secret * 0.4",
        "traffic ap-south-1 0.1093",
      ],
    );
    const traffic = prices.find(({ item }) => item === "traffic");
    assert.deepEqual([traffic?.free, traffic?.date], [100, "2026-11-20"]);
    assert.deepEqual(traffic?.steps, [
      { from: 10_240, usd: 0.085 },
      { from: 51_200, usd: 0.082 },
    ]);
    assert.match(traffic?.url ?? "", /^https:\/\/pricing\.us-east-1\.amazonaws\.com\/.*\/ap-south-1\/index\.csv$/);
    assert.equal(lines[0], "disk/gp3 in ap-south-1: none -> 0.0912 per GiB-month");
    assert.equal(lines[1], "machine/c5.xlarge in ap-south-1: 0.16 -> 0.17 per hour (+6.3 %)");
    assert.match(
      lines.join("\n"),
      /3 prices changed, 0 confirmed[\s\S]*missing from the vendor's price lists: private-zone/,
    );
    assert.match(readFileSync(join(directory, "book.answers.json"), "utf8"), /"SKU": "SKU-c5\.xlarge"/);
    assert.match((await aws(items, server(files))).lines.join("\n"), /0 prices changed, 3 confirmed/);
  });

  it("makes a book where there is none, also in us-east-1, whose usage types have no prefix", async () => {
    const rows = [machine("c5.xlarge", "0.17", { usageType: "BoxUsage:c5.xlarge" })];
    await aws(["machine/c5.xlarge"], server({ AmazonEC2: list("AmazonEC2", rows) }));
    assert.equal(readBook(file).prices.length, 1);
  });

  const doubtful: readonly (readonly [what: string, rows: readonly Row[], message: RegExp])[] = [
    ["no row", [], /^machine\/c5\.xlarge: no product found in AmazonEC2 for ap-south-1$/],
    [
      "two products",
      [machine("c5.xlarge", "0.17"), machine("c5.xlarge", "0.18", { SKU: "B" })],
      /2 products, SKU-c5\.xlarge and B/,
    ],
    ["another unit", [machine("c5.xlarge", "0.17", { Unit: "Quantity" })], /Quantity in USD instead of hour/],
    ["another currency", [machine("c5.xlarge", "0.17", { Currency: "CNY" })], /Hrs in CNY/],
    ["a price of 0", [machine("c5.xlarge", "0.0000000000")], /no price above 0/],
    ["a price that is none", [machine("c5.xlarge", "")], /not a number/],
    ["a negative price", [machine("c5.xlarge", "-1")], /not a number/],
  ];
  for (const [what, rows, message] of doubtful) {
    it(`fails loudly on ${what}, and keeps the former price`, async () => {
      write();
      const { faults } = await aws(["machine/c5.xlarge"], server({ AmazonEC2: list("AmazonEC2", rows) }));
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? "", message);
      assert.deepEqual(
        readBook(file).prices,
        [...old.prices].sort((one, two) => (one.item < two.item ? -1 : 1)),
      );
    });
  }

  const other = (text: string): Get => server({ AmazonEC2: text });
  const good = list("AmazonEC2", ec2);
  const untrue: readonly (readonly [what: string, get: Get, message: RegExp])[] = [
    [
      "another version of the form",
      other(list("AmazonEC2", ec2, { version: "v2.0" })),
      /FormatVersion v2\.0; supported: v1\.0/,
    ],
    ["another service's prices", other(list("AmazonRDS", ec2)), /prices for AmazonRDS, not for AmazonEC2/],
    [
      "a missing column",
      other(list("AmazonEC2", ec2, { names: columns.filter((name) => name !== "Unit") })),
      /missing columns Unit/,
    ],
    ["a page of HTML", other("<html>\n<body>sign in</body>\n</html>\n<p>\n<p>\n<p>"), /: contains no prices/],
    ["an empty file", other(""), /: contains no prices/],
    ["a broken quote", other(`${good}\n"a""b`), /contains invalid CSV/],
    ["an endless line", other(`${good}\n${"x".repeat(70_000)}`), /a line exceeds 65536 characters/],
    ["an absurd price", other(list("AmazonEC2", [machine("c5.xlarge", "501")])), /at most 500 US dollars per hour/],
    ["a status of 404", server({}), /HTTP 404/],
    ["no network", () => Promise.reject(new TypeError("fetch failed")), /region_index\.json: fetch failed/],
    [
      "an index of another form",
      server({ AmazonEC2: good }, { AmazonEC2: '{"regions":[]}' }),
      /the format differs from the documentation/,
    ],
    ["an index that is none", server({ AmazonEC2: good }, { AmazonEC2: "<html>" }), /not JSON/],
    ["an endless index", server({ AmazonEC2: good }, { AmazonEC2: " ".repeat(2 ** 20 + 1) }), /exceeds 1048576 bytes/],
    [
      "another host",
      server({ AmazonEC2: good }, { AmazonEC2: index("AmazonEC2", "https://evil.example/index.json") }),
      /not the address of a price list/,
    ],
    [
      "a way out of the service",
      server({ AmazonEC2: good }, { AmazonEC2: index("AmazonEC2", "/offers/v1.0/aws/AmazonEC2/1/../../index.json") }),
      /not the address/,
    ],
  ];
  for (const [what, get, message] of untrue) {
    it(`refuses ${what}, and writes nothing`, async () => {
      write();
      await assert.rejects(aws(["machine/c5.xlarge"], get), message);
      assert.equal(readFileSync(file, "utf8"), toText(old));
      assert.ok(!existsSync(join(directory, "book.answers.json")));
    });
  }

  it("writes a book as the project's formatter has it", () => {
    for (const name of ["aws", "alibaba", "alibaba-estimated"]) {
      const shipped = projectFile(`tools/cost/books/${name}.json`);
      assert.equal(toText(readBook(shipped)), readFileSync(shipped, "utf8"), name);
    }
  });

  describe("on Alibaba Cloud", () => {
    /** ECS DescribePrice by its documentation (API reference 2014-05-26); not seen live. */
    const answer = (lines: readonly (readonly [resource: string, usd: number])[], currency = "USD"): string =>
      JSON.stringify({
        RequestId: "r",
        PriceInfo: {
          Price: {
            ...{ Currency: currency, OriginalPrice: 9, TradePrice: 8 },
            DetailInfos: {
              DetailInfo: lines.map(([Resource, OriginalPrice]) => ({ Resource, OriginalPrice, TradePrice: 0.01 })),
            },
          },
        },
      });
    const alibaba = (run: Run) =>
      update({
        cloud: "alibaba",
        region: "eu-central-1",
        items: ["machine/ecs.c6e.xlarge", "disk/cloud_essd-PL1", "secret"],
        file,
        today: "2026-11-29",
        run,
      });

    it("takes the machine's own list price of DescribePrice, and the disk's by the GiB", async () => {
      const asked: string[] = [];
      const { faults, lines } = await alibaba((words) => {
        asked.push(words.join(" "));
        return words.includes("disk")
          ? answer([["dataDisk", 0.032]])
          : answer([
              ["instanceType", 0.18],
              ["systemDisk", 0.01],
            ]);
      });
      assert.deepEqual(faults, []);
      assert.deepEqual(
        readBook(file).prices.map(({ item, usd, per, date }) => [item, usd, per, date]),
        [
          ["disk/cloud_essd-PL1", 0.2336, "GiB-month", "2026-11-29"],
          ["machine/ecs.c6e.xlarge", 0.18, "hour", "2026-11-29"],
        ],
      );
      assert.match(
        asked.join("\n"),
        /^ecs DescribePrice --RegionId eu-central-1 .*--InstanceType ecs\.c6e\.xlarge .*--PriceUnit Hour$/m,
      );
      assert.match(lines.join("\n"), /missing from the vendor's price lists: secret/);
    });

    it("refuses another currency, form or text, and says of which item there is no price or two", async () => {
      await assert.rejects(
        alibaba(() => answer([["instanceType", 1]], "CNY")),
        /returns prices in CNY; the price book contains .* USD/,
      );
      await assert.rejects(
        alibaba(() => '{"Code":"Forbidden"}'),
        /an unexpected format/,
      );
      await assert.rejects(
        alibaba(() => "ERROR: no profile"),
        /not print JSON: "ERROR: no profile"/,
      );
      assert.ok(!existsSync(file));
      const { faults } = await alibaba(() =>
        answer([
          ["instanceType", 1],
          ["instanceType", 2],
        ]),
      );
      assert.match(faults.join("\n"), /no price for dataDisk[\s\S]*expected one price for instanceType, but found 2/);
    });
  });
});
