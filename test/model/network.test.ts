import assert from "node:assert/strict";
import fc from "fast-check";
import type { Network } from "../../config/types.ts";
import { databaseAddress, planSubnets, subnetsOf, tiers } from "../../model/network/network.ts";
import { contains, isCidr, overlaps, toCidr, toRange } from "../../model/network/ranges.ts";

const letters = "abcdefghijklmnop".split("");

const networks: fc.Arbitrary<Network> = fc
  .record({
    prefix: fc.integer({ min: 16, max: 21 }),
    block: fc.integer({ min: 0, max: 255 }),
    zones: fc.shuffledSubarray(letters, { minLength: 2, maxLength: 6 }),
  })
  .map(({ prefix, block, zones }) => ({
    cidr: `10.${block}.0.0/${prefix}`,
    zones,
    nat: "one",
    media: "public",
    avoid: [],
  }));

describe("planSubnets", () => {
  it("gives each tier one subnet in each zone, inside the network, without overlaps", () => {
    fc.assert(
      fc.property(networks, (network) => {
        const subnets = planSubnets(network);
        assert.equal(subnets.length, tiers.length * network.zones.length);
        assert.equal(new Set(subnets.map(({ key }) => key)).size, subnets.length);
        const ranges = subnets.map(({ cidr }) => toRange(cidr));
        for (const [index, range] of ranges.entries()) {
          assert.ok(isCidr(toCidr(range)) && contains(toRange(network.cidr), range));
          for (const other of ranges.slice(index + 1)) assert.ok(!overlaps(range, other));
        }
      }),
    );
  });

  it("leaves a balancer at least 27 bits: both clouds want eight free addresses", () => {
    fc.assert(
      fc.property(networks, (network) =>
        subnetsOf(network, "balancer").every(({ cidr }) => toRange(cidr).prefix <= 27),
      ),
    );
  });

  it("moves nothing when a zone is appended", () => {
    fc.assert(
      fc.property(networks, (network) => {
        const fewer = { ...network, zones: network.zones.slice(0, -1) };
        const all = planSubnets(network);
        for (const subnet of planSubnets(fewer))
          assert.ok(all.some((other) => JSON.stringify(other) === JSON.stringify(subnet)));
      }),
    );
  });

  it("keeps only the databases private", () => {
    const subnets = planSubnets({ cidr: "10.0.0.0/16", zones: ["a", "b"], nat: "one", media: "public", avoid: [] });
    assert.deepEqual(
      subnets.filter((subnet) => !subnet.public).map(({ key }) => key),
      ["database-a", "database-b"],
    );
    assert.deepEqual(
      subnets.map(({ cidr }) => cidr),
      ["10.0.192.0/22", "10.0.196.0/22", "10.0.0.0/19", "10.0.32.0/19", "10.0.224.0/22", "10.0.228.0/22"],
    );
  });
});

describe("databaseAddress", () => {
  it("puts each member into a zone of its own, at an address that no cloud reserves", () => {
    fc.assert(
      fc.property(networks, (network) => {
        const addresses = [0, 1, 2].map((member) => databaseAddress(network, member));
        assert.equal(new Set(addresses).size, 3);
        for (const [member, address] of addresses.entries()) {
          const home = subnetsOf(network, "database")[member % network.zones.length];
          assert.ok(home && contains(toRange(home.cidr), toRange(`${address}/32`)));
          const offset = toRange(`${address}/32`).start - toRange(home.cidr).start;
          assert.ok(offset >= 11 && offset < 2 ** (32 - toRange(home.cidr).prefix) - 4);
        }
      }),
    );
  });
});

describe("isCidr", () => {
  for (const text of ["10.0.0.0/16", "0.0.0.0/0", "203.0.113.7/32"]) it(`takes ${text}`, () => assert.ok(isCidr(text)));
  for (const text of ["10.0.0.0", "10.0.0.1/16", "10.0.0.0/33", "10.0/16", "::/0", "10.0.0.0/16 ", "٣.0.0.0/8", ""]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.ok(!isCidr(text)));
  }
});
