import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Audience } from "../../config/types.ts";
import {
  deciding,
  edgeLimits,
  type Group,
  type Limit,
  type Machine,
  originLimits,
} from "../../model/capacity/capacity.ts";
import { lone, publishersOf, viewersOf } from "../../model/capacity/carried.ts";
import { renditionHeights } from "../../model/capacity/rendition-heights.ts";

const nowhere = { network: [], internet: [] };

/** c5.xlarge: 4 vCPUs, 1.25 Gbps (AWS's instance type guide). */
const c5: Machine = {
  ...{ vcpus: 4, gpu: false, networkMbps: 1250, sources: nowhere },
  internet: { limit: "bandwidth", inMbps: 1250, outMbps: 1250 },
};
/** ecs.c6e.xlarge: 4 vCPUs, 2 Gbps, and a public address of 100 Mbps. */
const c6e: Machine = {
  ...{ vcpus: 4, gpu: false, networkMbps: 2000, sources: nowhere },
  internet: { limit: "public-bandwidth", inMbps: 100, outMbps: 100 },
};
const at = (machine: Machine, cpuTargetPercent = 60, count = 1): Group => ({ machine, cpuTargetPercent, count });
const asked = (values: Partial<Audience> = {}): Audience => ({
  ...{ publishers: 40, viewers: 5000, bitrateKbps: 1500, ladder: [] },
  ...values,
});
const named = (limits: readonly Limit[], name: Limit["name"]): Limit => {
  const found = limits.find((limit) => limit.name === name);
  assert.ok(found, `no limit ${name}`);
  return found;
};

describe("What a machine carries, against examples worked by hand", () => {
  it("is 112 viewers on four vCPUs at 60 % CPU, of 150 at the 80 % of the measurement", () => {
    assert.equal(named(edgeLimits(at(c5), asked()), "cpu").each, 112);
    assert.equal(named(edgeLimits(at(c5, 80), asked()), "cpu").each, 150);
  });

  it("is what the vendor's calculator says of its three machines, at the CPU of the measurement", () => {
    const rows = [
      [4, 150, 40],
      [16, 600, 160],
      [36, 1050, 360],
    ] as const;
    for (const [vcpus, viewers, publishers] of rows) {
      const group = at({ ...c5, vcpus, networkMbps: 99_000 }, 80);
      assert.equal(named(edgeLimits(group, asked()), "cpu").each, viewers);
      assert.equal(named(originLimits(group, asked(), 2), "cpu").each, publishers);
    }
  });

  it("is 66 viewers of 1.5 Mbps through a public address of 100 Mbps, which then decides", () => {
    const limits = edgeLimits(at(c6e), asked());
    assert.equal(named(limits, "public-bandwidth").each, 66);
    assert.deepEqual([deciding(limits)?.name, deciding(limits)?.machines], ["public-bandwidth", 76]);
  });

  it("is 26, 50 and 100 streams of one rendition on 32 cores at 80 %, but for what receiving them takes", () => {
    const rows = [
      [1080, 26],
      [720, 50],
      [480, 100],
    ] as const;
    for (const [height, claimed] of rows) {
      const { each } = named(originLimits(at({ ...c5, vcpus: 32 }, 80), asked({ ladder: [height] }), 2), "cpu");
      assert.ok(each !== undefined && each <= claimed && each >= claimed * 0.7, `${height}p: ${each}`);
    }
  });

  it("is no stream of four renditions on four cores without a GPU, and five with one, as the vendor's guide has it", () => {
    const ladder = [1080, 720, 480, 360] as const;
    assert.equal(named(originLimits(at(c5, 50), asked({ ladder }), 2), "cpu").each, 0);
    assert.equal(named(originLimits(at({ ...c5, gpu: true }, 100), asked({ ladder }), 2), "cpu").each, 5);
  });
});

describe("Each limit", () => {
  const rows: readonly (readonly [what: string, limits: readonly Limit[], name: Limit["name"]])[] = [
    ["CPU decides over edges", edgeLimits(at(c5), asked()), "cpu"],
    ["bandwidth decides over edges at a high bitrate", edgeLimits(at(c5), asked({ bitrateKbps: 20_000 })), "bandwidth"],
    ["the public address decides over edges", edgeLimits(at(c6e), asked()), "public-bandwidth"],
    ["CPU decides over origins that transcode", originLimits(at(c5), asked({ ladder: [720] }), 5), "cpu"],
    ["bandwidth decides over origins with many edges", originLimits(at(c5), asked(), 200), "bandwidth"],
    [
      "the public address decides over origins",
      originLimits(at(c6e), asked({ bitrateKbps: 9000, viewers: 9 }), 2),
      "public-bandwidth",
    ],
    [
      "the GPU decides over origins with CPU to spare",
      originLimits(at({ ...c5, vcpus: 16, networkMbps: 20_000, gpu: true }), asked({ ladder: [1080] }), 5),
      "gpu",
    ],
  ];
  for (const [what, limits, name] of rows) {
    it(what, () => assert.equal(deciding(limits)?.name, name));
  }

  it("is said to be unknown where no source says it, and never decides", () => {
    const unknown: Machine = {
      ...c5,
      networkMbps: undefined,
      internet: { ...c5.internet, inMbps: undefined, outMbps: undefined },
    };
    const limits = [...edgeLimits(at(unknown), asked()), ...originLimits(at(unknown), asked(), 5)];
    for (const limit of limits.filter(({ name }) => name === "bandwidth")) {
      assert.deepEqual([limit.each, limit.machines], [undefined, undefined], limit.what);
    }
    assert.equal(deciding(limits)?.name, "cpu");
    const tall = originLimits(at({ ...c5, gpu: true }), asked({ ladder: [2160] }), 5);
    assert.deepEqual([named(tall, "gpu").each, named(tall, "gpu").machines], [undefined, undefined]);
  });

  it("keeps viewers from an edge that can't fetch what they watch", () => {
    const audience = asked({ publishers: 1000, ladder: [1080, 720, 480], bitrateKbps: 12_500 });
    assert.equal(viewersOf(at(c5), audience), Math.floor(1_250_000 / 17_000));
  });
});

describe("A lone machine", () => {
  it("has for viewers what publishers leave of its CPU", () => {
    const left = (publishers: number) => viewersOf(lone(at(c5), asked({ publishers })), asked({ publishers: 0 }));
    assert.deepEqual([left(0), left(15), left(30), left(31)], [112, 56, 0, 0]);
  });
});

const machines = fc.record({
  vcpus: fc.constantFrom(2, 4, 8, 16, 32, 36),
  gpu: fc.boolean(),
  networkMbps: fc.option(fc.integer({ min: 100, max: 25_000 }), { nil: undefined }),
  internet: fc
    .tuple(fc.constantFrom("bandwidth" as const, "public-bandwidth" as const), fc.integer({ min: 10, max: 10_000 }))
    .map(([limit, mbps]) => ({ limit, inMbps: mbps, outMbps: mbps })),
  sources: fc.constant(nowhere),
});
const audiences = fc.record({
  publishers: fc.integer({ min: 0, max: 2000 }),
  viewers: fc.integer({ min: 0, max: 100_000 }),
  bitrateKbps: fc.integer({ min: 50, max: 20_000 }),
  ladder: fc.subarray([...renditionHeights]),
});
const targets = fc.integer({ min: 10, max: 70 });

/** Machines of both groups, at least one and two. */
function needs(origin: Machine, edge: Machine, target: number, audience: Audience) {
  const edges = Math.max(2, deciding(edgeLimits(at(edge, target), audience))?.machines ?? 0);
  const origins = Math.max(1, deciding(originLimits(at(origin, target), audience, edges))?.machines ?? 0);
  return { origins, edges };
}

describe("The need for machines", () => {
  const more: readonly (readonly [what: string, change: (audience: Audience, by: number) => Audience])[] = [
    ["publishers", (audience, by) => ({ ...audience, publishers: audience.publishers + by })],
    ["viewers", (audience, by) => ({ ...audience, viewers: audience.viewers + by })],
    ["bitrate", (audience, by) => ({ ...audience, bitrateKbps: audience.bitrateKbps + by })],
    ["renditions", (audience) => ({ ...audience, ladder: [...renditionHeights.filter((height) => height < 2160)] })],
  ];
  for (const [what, change] of more) {
    it(`never falls with more ${what}`, () => {
      const cases = fc.tuple(machines, machines, targets, audiences, fc.integer({ min: 0, max: 5000 }));
      fc.assert(
        fc.property(cases, ([origin, edge, target, audience, by]) => {
          fc.pre(!audience.ladder.includes(2160));
          const before = needs(origin, edge, target, audience);
          const after = needs(origin, edge, target, change(audience, by));
          assert.ok(after.edges >= before.edges && after.origins >= before.origins);
        }),
      );
    });
  }

  it("agrees with its inverse: as many machines carry the audience", () => {
    fc.assert(
      fc.property(fc.tuple(machines, machines, targets, audiences), ([origin, edge, target, audience]) => {
        const { origins, edges } = needs(origin, edge, target, audience);
        fc.pre(Number.isFinite(origins) && Number.isFinite(edges));
        assert.ok(viewersOf(at(edge, target, edges), audience) >= audience.viewers);
        assert.ok(publishersOf(at(origin, target, origins), audience, edges) >= audience.publishers);
      }),
    );
  });

  it("is the least: one edge less carries less than was asked for", () => {
    fc.assert(
      fc.property(fc.tuple(machines, targets, audiences), ([edge, target, audience]) => {
        const edges = deciding(edgeLimits(at(edge, target), audience))?.machines ?? 0;
        fc.pre(Number.isFinite(edges) && edges > 1);
        assert.ok(viewersOf(at(edge, target, edges - 1), audience) < audience.viewers);
      }),
    );
  });
});
