import assert from "node:assert/strict";
import { machineOf } from "../../../model/capacity/machines.ts";
import { carriesOf, loadOf, scalingOf } from "../../../model/groups/load.ts";
import { loadSteps } from "../../../model/groups/load-steps.ts";
import { cluster } from "../../support/cluster.ts";

const c5 = machineOf("aws", "c5.9xlarge");
const c6e = machineOf("alibaba", "ecs.c6e.xlarge", 80);

describe("what a media machine carries", () => {
  const of = cluster();
  const alibaba = cluster({ cloud: "alibaba" });

  it("is its own way to the internet on the side of the clients, and its whole network on the other", () => {
    assert.deepEqual(carriesOf(of, "edge", [c5]), { cpu: 75, memory: 75, egress: 6000, ingress: 12_000 });
    assert.deepEqual(carriesOf(of, "origin", [c5]), { cpu: 75, memory: 75, egress: 12_000, ingress: 6000 });
    assert.deepEqual(carriesOf(alibaba, "edge", [c6e]), { cpu: 75, memory: 75, egress: 80, ingress: 2000 });
    const inside = cluster({ cloud: "alibaba", network: { media: "private", zones: ["a", "b"] } });
    assert.equal(carriesOf(inside, "edge", [c6e]).egress, 2000);
  });

  it("is the least of several types, and nothing for a type that nobody has looked up", () => {
    assert.equal(carriesOf(of, "edge", [c5, machineOf("aws", "c5.large")]).egress, 750);
    assert.deepEqual(carriesOf(of, "edge", [c5, undefined]), { cpu: 75, memory: 75 });
  });

  it("is what the stack says, and where its AMS refuses", () => {
    const said = cluster({
      edge: { carries: { viewers: 200, egressMbps: 300 } },
      media: { properties: { "server.cpu_limit": "60", "server.memory_limit_percentage": "5" } },
    });
    assert.deepEqual(carriesOf(said, "edge", [undefined]), { cpu: 60, memory: 10, egress: 300, viewers: 200 });
  });
});

describe("the load", () => {
  const carries = { cpu: 75, egress: 100, viewers: 50 };

  it("is the fullest part's, which it names, and goes beyond 100", () => {
    assert.deepEqual(loadOf({ cpu: 20, egress: 120, viewers: 40 }, carries), { percent: 120, decides: "egress" });
    assert.deepEqual(loadOf({ cpu: 60, egress: 20, viewers: 1 }, carries), { percent: 80, decides: "cpu" });
  });

  it("leaves out what nobody measured or limits", () => {
    assert.deepEqual(loadOf({ memory: 99, viewers: 10 }, carries), { percent: 20, decides: "viewers" });
    assert.equal(loadOf({ memory: 99 }, carries), undefined);
  });
});

describe("what a group follows", () => {
  it("is its CPU until the stack says otherwise", () => {
    const { follows, targetPercent, surge } = scalingOf(cluster(), "edge");
    assert.deepEqual([follows, targetPercent, surge.abovePercent], ["cpu", 60, 70]);
    const load = scalingOf(cluster({ edge: { follow: "load" } }), "edge");
    assert.deepEqual([load.follows, load.targetPercent, load.surge.abovePercent], ["load", 80, 90]);
  });
});

/** Machines after a rule's change, as ESS rounds: to whole machines, and at least one. */
function changed(machines: number, percent: number): number {
  const change = Math.round((machines * Math.abs(percent)) / 100);
  return machines + Math.sign(percent) * Math.max(1, change);
}

describe("tracking by steps", () => {
  for (const target of [10, 60, 80, 95]) {
    for (const min of [1, 2, 3, 8, 40]) {
      const { grow, shrink } = loadSteps(target, min);
      /** The step that a figure falls into, and no other. */
      const step = (rule: typeof grow, figure: number) => {
        const from = figure - rule.threshold;
        const found = rule.steps.filter((one) => (one.from ?? -1e9) <= from && from < (one.to ?? 1e9));
        assert.equal(found.length, 1, `${figure}: ${JSON.stringify(rule)}`);
        return found[0]?.percent ?? 0;
      };

      it(`at ${target} % with at least ${min} grows enough for whatever load, and never by twice too much`, () => {
        for (let figure = target; figure <= 2 * target; figure += 0.5) {
          const needed = 100 * (figure / target - 1);
          const percent = step(grow, figure);
          assert.ok(percent >= needed, `${figure} asks for ${needed}, not ${percent}`);
          assert.ok(percent <= needed + 52, `${figure} asks for ${needed}, not ${percent}`);
        }
      });

      it(`at ${target} % with at least ${min} never shrinks a group beyond its target`, () => {
        for (let machines = min + 1; machines <= min + 60; machines += 1) {
          for (let figure = 0; figure < shrink.threshold; figure += 0.5) {
            const left = changed(machines, step(shrink, figure));
            assert.ok(left < machines, "it shrinks");
            const after = (figure * machines) / Math.max(left, min);
            assert.ok(after <= target, `${machines} at ${figure} % become ${left} at ${after} %`);
          }
        }
      });
    }
  }
});
