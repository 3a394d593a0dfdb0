import assert from "node:assert/strict";
import { monthlyCost } from "../../../tools/cost/monthly.ts";
import { costed } from "../../support/books.ts";

const people = ["audience.publishers=1", "audience.viewers=100", "audience.hoursPerDay=4"];

describe("The price of addresses that machines bind", () => {
  it("is that of the whole pool from the first day, and of the traffic with billing by traffic", async () => {
    const before = monthlyCost(await costed("alibaba", ...people));
    const after = monthlyCost(await costed("alibaba", ...people, "alibaba.sharedBandwidthMbps=2000"));
    const pool = after.rows.filter(({ what }) => /-addresses-(origin|edge)-\d+: public address$/.test(what));
    // Ten machines of each group, five new ones of an upgrade, and five old ones that drain meanwhile.
    assert.equal(pool.length, 40);
    const fees = pool.reduce((sum, { cost }) => sum + (cost?.minimum ?? 0), 0);
    assert.ok(fees > 0 && after.sum !== undefined && before.sum !== undefined);
    assert.ok(Math.abs(after.sum.minimum - before.sum.minimum - fees) < 1e-6);
    const traffic = ({ rows }: typeof before) => rows.find(({ item }) => item === "traffic")?.cost?.expected;
    assert.ok(Number(traffic(before)) > 0);
    assert.equal(traffic(after), traffic(before));
  });

  it("is unknown with billing by bandwidth, which no list has a price of, and traffic is free then", async () => {
    const billed = ["alibaba.sharedBandwidthMbps=2000", "alibaba.sharedBandwidthBilling=bandwidth"];
    const { rows, sum } = monthlyCost(await costed("alibaba", ...people, ...billed));
    const shared = rows.find(({ item }) => item === "shared-bandwidth");
    assert.deepEqual([shared?.amounts?.expected, shared?.lacks?.what, sum], [2000, "price", undefined]);
    assert.match(shared?.lacks?.why ?? "", /no price is published/);
    assert.equal(rows.find(({ item }) => item === "traffic")?.cost?.expected, 0);
  });

  it("takes the place of the origins' own addresses on AWS", async () => {
    const { rows } = monthlyCost(await costed("aws", "origin.fixedAddresses=true", "origin.max=2"));
    assert.equal(rows.filter(({ what }) => /-addresses-origin-\d+: public address$/.test(what)).length, 4);
    assert.deepEqual(
      rows.filter(({ what }) => /-(origin|edge): public addresses$/.test(what)).map(({ what }) => what),
      ["ams-aws-edge: public addresses"],
    );
  });
});
