import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSteps } from "../../model/groups/load-steps.ts";
import { dimensionsOf, loadMetric, metricNamespace } from "../../model/operation/metrics.ts";
import { clouds, render, root, stackFiles } from "../support/contract.ts";
import { published, wanted as wantedByRules } from "../support/scaling-evaluator.ts";
import { Agenda } from "./day/agenda.ts";
import { usageOf } from "./day/assumptions.ts";
import { Scaling } from "./day/scaling.ts";
import { declared, type Fleet } from "./day/settings.ts";
import { simulatedOf } from "./day/simulated.ts";
import { page } from "./simulate.ts";

const run = (...words: readonly string[]) =>
  spawnSync(process.execPath, ["start.mjs", "test/simulation/simulate.ts", ...words], { cwd: root, encoding: "utf8" });

describe("npm run simulate", () => {
  it("prints what docs/simulation.md shows", () => {
    const file = join(root, "docs/simulation.md");
    const shown = readFileSync(file, "utf8");
    const [before, rest] = shown.split("<!-- npm run simulate -->\n");
    const after = rest?.split("<!-- /npm run simulate -->")[1];
    assert.ok(before !== undefined && after !== undefined, "docs/simulation.md has no place for the table");
    const text = `${before}<!-- npm run simulate -->\n\n${page(root)}\n\n<!-- /npm run simulate -->${after}`;
    if (process.env["UPDATE"] === "1") writeFileSync(file, text);
    assert.equal(readFileSync(file, "utf8"), text);
  });

  it("gives one JSON object, with a change to the stack that is not in its file", () => {
    const { status, stdout, stderr } = run(
      "aws",
      "--scenario",
      "spot",
      "--days",
      "1",
      "--config",
      "edge.min=9",
      "--json",
    );
    assert.equal(status, 0, stderr);
    const { stacks, days } = JSON.parse(stdout);
    assert.equal(days, 1);
    assert.deepEqual(new Set(stacks[0].rows.map((row: { scenario: string }) => row.scenario)), new Set(["spot"]));
    assert.ok(stacks[0].rows.every(({ nodeHours }: { nodeHours: number }) => nodeHours > 24 * 3));
  });

  it("says what a scenario may be called, how many days there may be, and which stack can't be played", () => {
    for (const [words, message] of [
      [["aws", "--scenario", "flood"], /--scenario: got flood; allowed: day, surge/],
      [["aws", "--days", "0"], /--days: got 0; allowed: a whole number from 1 to 100/],
      [["aws", "--config", "mode=standalone"], /ams:mode is standalone, which does not scale/],
      [[], /no stack specified; available stacks: aws, alibaba/],
    ] as const) {
      const { status, stderr } = run(...words);
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
    }
  });

  it("tells the configuration's faults as the program does", () => {
    const { status, stderr } = run("aws", "--config", "edge.min=11");
    assert.equal(status, 1);
    assert.match(stderr, /ams:edge\.min: got 11/);
  });
});

describe("The simulation's parts", () => {
  it("run what happens in the order of time, and at the same time in the order of entry", () => {
    const agenda = new Agenda();
    const seen: string[] = [];
    for (const [at, name] of [
      [3, "c"],
      [1, "a"],
      [3, "d"],
      [2, "b"],
      [9, "never"],
    ] as const) {
      agenda.at(at, () => {
        seen.push(name);
        if (name === "a") agenda.after(1, () => seen.push("after a"));
      });
    }
    agenda.runUntil(5);
    assert.deepEqual(seen, ["a", "b", "after a", "c", "d"]);
    assert.equal(agenda.now, 5);
  });

  it("load an edge as Ant Media measured: 300 viewers take 80 % of 8 vCPUs", () => {
    const machine = (vcpus: number) => ({ vcpus, bitrateKbps: 1500 });
    assert.deepEqual(usageOf("edge", machine(8), 300), { cpu: 80, egress: 450, viewers: 300 });
    assert.deepEqual(usageOf("origin", machine(4), 40), { cpu: 80, ingress: 60, publishers: 40 });
  });
});

const scaling = { follows: "cpu", targetPercent: 60, surge: undefined, cooldownSeconds: 300 } as const;

const fleet: Fleet = {
  ...{
    cloud: "aws",
    vcpus: 4,
    zones: ["a"],
    min: 2,
    max: 10,
    metricSeconds: 60,
    carries: { cpu: 75 },
    bitrateKbps: 1500,
  },
  ...{ schedule: [], leadMinutes: 0, spotPercent: 0, warmMachines: 0, filling: "evenly" },
  ...{ scaling, steps: undefined },
};

const surging = (addPercent: number): Fleet => ({
  ...fleet,
  scaling: { ...scaling, surge: { abovePercent: 70, addPercent } },
});

/** What is wanted after each minute with a figure. */
function wanted(of: Fleet, percents: readonly number[]): readonly number[] {
  const scaling = new Scaling(of, 0);
  return percents.map((percent, minute) => {
    scaling.see({ percent, machines: scaling.desired }, minute * 60);
    return scaling.desired;
  });
}

/** Of so many machines, after a figure has stood long enough for each rule. */
function settled(of: Fleet, machines: number, percent: number): number {
  const grows = new Scaling({ ...of, min: machines }, 0);
  const shrinks = new Scaling({ ...of, max: machines }, 0);
  shrinks.see({ percent: 1000, machines }, 0);
  shrinks.see({ percent: 1000, machines }, 60);
  shrinks.see({ percent: 1000, machines }, 120);
  for (let minute = 60; minute < 75; minute++) {
    for (const one of [grows, shrinks]) one.see({ percent, machines }, minute * 60);
  }
  return Math.max(grows.desired, machines) + Math.min(shrinks.desired, machines) - machines;
}

describe("The simulated scaling", () => {
  for (const cloud of clouds) {
    it(`wants what the rules want that are rendered on ${cloud}`, async () => {
      const { values, ...file } = stackFiles[cloud];
      const edge = { ...(values["edge"] as object), follow: "load", min: 3, max: 40 };
      const { cluster, recording } = await render(cloud, { ...file, stack: "test", values: { ...values, edge } });
      const { fleets } = declared(simulatedOf(cluster, values[cloud]), "media-goes-on");
      const dimensions = dimensionsOf(cluster, loadMetric, "edge");
      const figure = published(cloud === "aws" ? metricNamespace(cluster) : "1", loadMetric.name, dimensions);
      for (const machines of [4, 5, 7, 12]) {
        for (const percent of [20, 45, 52, 60, 70, 75, 81, 95, 130, 170]) {
          const figures = { [figure]: Array<number>(15).fill(percent) };
          assert.equal(
            settled(fleets.edge, machines, percent),
            wantedByRules(recording.resources, "ams-test-edge", machines, figures),
            `${machines} machines at ${percent} %`,
          );
        }
      }
    });
  }

  it("goes out in proportion after three minutes above the target, and not for two", () => {
    assert.deepEqual(wanted(fleet, [90, 90, 90]), [2, 2, 3]);
    assert.deepEqual(wanted(fleet, [90, 90, 50, 90, 90]), [2, 2, 2, 2, 2]);
  });

  it("answers a surge within one minute, by the declared share and at least by one machine", () => {
    assert.deepEqual(wanted(surging(200), [69, 71]), [2, 6]);
    assert.deepEqual(wanted(surging(10), [71]), [3]);
  });

  it("rounds a share of the machines as its cloud does: down on AWS, to the nearest on Alibaba Cloud", () => {
    const five = { ...surging(30), min: 5 };
    assert.deepEqual(wanted(five, [71]), [6]);
    assert.deepEqual(wanted({ ...five, cloud: "alibaba" }, [71]), [7]);
  });

  it("never wants more than max, nor fewer than min", () => {
    assert.equal(wanted(surging(200), Array(20).fill(100)).at(-1), 10);
    assert.equal(wanted(fleet, [...Array(5).fill(100), ...Array(300).fill(0)]).at(-1), 2);
  });

  it("goes in by one machine after fifteen minutes below, and waits as long for the next", () => {
    const minutes = wanted({ ...fleet, min: 1 }, [...Array(5).fill(100), ...Array(40).fill(10)]);
    const steps = minutes.flatMap((count, minute) => (count < (minutes[minute - 1] ?? 0) ? [minute] : []));
    assert.ok(steps.length >= 2 && (steps[0] ?? 0) >= 5 + 14);
    assert.ok(steps.every((minute, index) => minute - (steps[index - 1] ?? minute - 15) >= 15));
  });

  it("takes the steps that a group is rendered with where they stand in for target tracking", () => {
    const steps = loadSteps(80, 2);
    const stepped: Fleet = {
      ...fleet,
      cloud: "alibaba",
      steps,
      scaling: { ...scaling, follows: "load", targetPercent: 80 },
    };
    const [first] = steps.grow.steps;
    assert.ok(first !== undefined);
    // Just above the target, by the smallest step, which is less than a machine.
    assert.deepEqual(wanted(stepped, [81, 81, 81]), [2, 2, 3]);
    assert.deepEqual(wanted(stepped, [200, 200, 200]), [2, 2, 5]);
    const low = Array(15).fill(steps.shrink.threshold - 1);
    // Sixteen percent of five machines is nearest to one.
    assert.deepEqual(wanted(stepped, [200, 200, 200, ...Array(5).fill(80), ...low]).slice(-2), [5, 4]);
  });
});
