import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Audience } from "../../config/types.ts";
import { publishersOf, viewersOf } from "../../model/capacity/carried.ts";
import { mostMachines, sizeCluster, type Wish } from "../../model/capacity/size.ts";
import { candidatesOf } from "../../tools/capacity/machines.ts";
import { clouds } from "../support/contract.ts";

const audience: Audience = { publishers: 40, viewers: 5000, bitrateKbps: 1500, ladder: [1080, 720, 480] };
const wish = (values: Partial<Wish> = {}): Wish => ({
  ...{ audience, cpuTargetPercent: 60, steadyPercent: 0, least: { origin: 1, edge: 2 } },
  ...values,
});
const of = (cloud: "aws" | "alibaba", values: Partial<Wish> = {}, gpu = false) =>
  sizeCluster(candidatesOf(cloud, gpu), wish(values));
const few = (viewers: number): Audience => ({ publishers: 1, viewers, bitrateKbps: 1000, ladder: [] });

describe("The size of a group", () => {
  it("is the smallest that needs ten machines at the most, as in the vendor's calculator", () => {
    const rows = [
      [1000, "compute-4", 9],
      [1120, "compute-4", 10],
      [1121, "compute-8", 5],
      [5000, "compute-32", 7],
    ] as const;
    for (const [viewers, size, max] of rows) {
      const { edge } = of("aws", { audience: few(viewers) });
      assert.deepEqual([edge?.size, edge?.max], [size, max], String(viewers));
    }
  });

  it("is the smallest of those with the fewest machines where none needs as few, as larger machines don't help", () => {
    const { edge } = of("alibaba");
    assert.deepEqual([edge?.size, edge?.decides?.name], ["compute-4", "public-bandwidth"]);
  });

  it("is nothing when no group may have as many machines", () => {
    const viewers = mostMachines * 787 + 1;
    assert.equal(of("aws", { audience: { ...few(viewers) } }).edge, undefined);
    assert.equal(of("aws", { audience: { ...few(viewers - 1) } }).edge?.max, mostMachines);
  });

  it("is one with a GPU where that is asked for, and for origins only", () => {
    const { origin, edge } = of("aws", {}, true);
    assert.deepEqual([origin?.size, edge?.size], ["gpu-4", "compute-32"]);
  });
});

describe("The least machines of a group", () => {
  it("carry the steady share of the audience", () => {
    assert.deepEqual([of("aws").origin?.min, of("aws").edge?.min], [1, 2]);
    const half = of("aws", { steadyPercent: 50 });
    assert.deepEqual([half.origin?.min, half.edge?.min], [4, Math.ceil(2500 / 787)]);
    const all = of("aws", { steadyPercent: 100 });
    assert.deepEqual([all.origin?.min, all.edge?.min], [all.origin?.max, all.edge?.max]);
  });
});

describe("Sized groups", () => {
  const wishes = fc.record({
    cloud: fc.constantFrom(...clouds),
    gpu: fc.boolean(),
    cpuTargetPercent: fc.integer({ min: 10, max: 70 }),
    steadyPercent: fc.integer({ min: 0, max: 100 }),
    audience: fc.record({
      publishers: fc.integer({ min: 0, max: 1000 }),
      viewers: fc.integer({ min: 0, max: 60_000 }),
      bitrateKbps: fc.integer({ min: 50, max: 12_000 }),
      ladder: fc.subarray([1080, 720, 480, 360, 240] as const),
    }),
  });

  it("carry the audience with their most machines, and have no more at the least than at the most", () => {
    let seen = 0;
    fc.assert(
      fc.property(wishes, ({ cloud, gpu, ...rest }) => {
        const { origin, edge } = of(cloud, rest, gpu);
        if (origin === undefined || edge === undefined) return;
        seen += 1;
        assert.ok(origin.min <= origin.max && edge.min <= edge.max);
        assert.ok(viewersOf({ ...edge, count: edge.max }, rest.audience) >= rest.audience.viewers);
        assert.ok(publishersOf({ ...origin, count: origin.max }, rest.audience, edge.max) >= rest.audience.publishers);
      }),
    );
    assert.ok(seen > 20, `only ${seen} audiences could be carried`);
  });
});
