import assert from "node:assert/strict";
import { minute } from "../../../model/groups/minimum.ts";
import { compare } from "../../../tools/diff/compare.ts";
import { effectsOf } from "../../../tools/diff/effects/effects.ts";
import { planned } from "../../support/planned.ts";

type Stack = "aws" | "alibaba";
const stacks: readonly Stack[] = ["aws", "alibaba"];

/** Sentences beside those on user data, which many keys are in. */
async function effects(stack: Stack, before: readonly string[], after: readonly string[], now?: number) {
  const { resources } = await compare(await planned(stack, before), await planned(stack, after));
  return effectsOf(resources, now).filter((text) => !/^(rolls|new \w+ start)/.test(text));
}

/** An event of an hour around a moment. */
function eventAround(now: number): readonly string[] {
  const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);
  const [from, to] = [now - 30 * minute, now + 30 * minute];
  const event = Object.entries({ name: "big-show", date: new Date(from).toISOString().slice(0, 10), min: 8 });
  const times = [["from", clock(from)] as const, ["to", clock(to)] as const];
  return ["edge.max=20", ...[...event, ...times].map(([key, value]) => `edge.schedule[0].${key}=${value}`)];
}

const restore = "Restore the group's minimum after the update with: pulumi up --refresh";
const cpu = ["edge.follow=cpu"];

describe("The effects that a diff names", function () {
  this.timeout(120_000);

  for (const stack of stacks) {
    it(`are what a group on ${stack} follows, and its target`, async () => {
      const follow = ["edge.follow=load"];
      assert.deepEqual(await effects(stack, cpu, follow), [
        "edge group: scales on its load (CPU, memory, network and sessions) instead of its CPU; running machines are not affected",
      ]);
      assert.deepEqual(await effects(stack, follow, cpu), [
        "edge group: scales on its CPU instead of its load: memory, network and sessions no longer add machines",
      ]);
      const target = "edge group: target 80 % -> 70 %";
      assert.deepEqual(await effects(stack, follow, [...follow, "edge.loadTargetPercent=70"]), [target]);
    });

    it(`are a group's forecasts on ${stack}`, async () => {
      const forecast = (mode: string) => [...cpu, `edge.predictive=${mode}`];
      const left =
        stack === "aws"
          ? ""
          : "; the minimum that the last forecast set may remain in effect. Restore the configured minimum with: pulumi up --refresh";
      assert.deepEqual(await effects(stack, cpu, forecast("forecast")), [
        "edge group: forecasts its demand without starting machines",
      ]);
      assert.deepEqual(await effects(stack, forecast("forecast"), forecast("scale")), [
        "edge group: starts machines before the forecast demand arrives",
      ]);
      assert.deepEqual(await effects(stack, forecast("scale"), cpu), [
        `edge group: no longer forecasts its demand${left}`,
      ]);
    });

    it(`are restore drills on ${stack}`, async () => {
      const drill = ["database.restoreDrill.maxAgeDays=40"];
      assert.deepEqual(await effects(stack, [], drill), ["enables restore drills and their alarm, restore-drill"]);
      assert.deepEqual(await effects(stack, drill, []), [
        "disables restore drills. Before the update, delete any machines left behind by an interrupted drill",
      ]);
    });

    it(`are the minimum that remains on ${stack} when an event is removed while it is in progress`, async () => {
      const now = Date.now();
      const running = eventAround(now);
      const after = ["edge.max=20"];
      assert.deepEqual(await effects(stack, running, after), [
        `edge group: the event big-show is in progress, and its minimum remains in effect. ${restore}`,
      ]);
      // Its begin is still in the state of an older update.
      const coming = eventAround(now + 120 * minute);
      assert.deepEqual(await effects(stack, coming, after), []);
      assert.deepEqual(await effects(stack, coming, after, now + 120 * minute), [
        `edge group: the event big-show is in progress, and its minimum remains in effect. ${restore}`,
      ]);
      assert.deepEqual(await effects(stack, running, after, now + 60 * minute), []);
    });

    it(`are the addresses of a pool on ${stack}`, async () => {
      const fixed = ["origin.max=2", "origin.fixedAddresses=true"];
      assert.deepEqual(await effects(stack, ["origin.max=2"], fixed), [
        "origin group: allocates 4 more public addresses, which are billed even when they are not in use",
      ]);
      assert.deepEqual(await effects(stack, fixed, ["origin.max=2"]), [
        "origin group: releases 4 public addresses; machines that use these addresses lose their connections",
      ]);
    });
  }

  it("are a period of each week that is removed, which may be in progress", async () => {
    const period = { name: "evening", days: "[mon]", from: "18:00", to: "23:00", min: 8 };
    const weekly = ["edge.max=20", ...Object.entries(period).map(([key, value]) => `edge.schedule[0].${key}=${value}`)];
    weekly[2] = 'edge.schedule[0].days=["mon"]';
    assert.deepEqual(await effects("aws", weekly, ["edge.max=20"]), [
      `edge group: if the period evening is in progress, its minimum remains in effect. ${restore}`,
    ]);
  });

  it("are shared bandwidth on Alibaba Cloud", async () => {
    const shared = (mbps: number, ...more: readonly string[]) => [
      ...["origin.max=2", "edge.max=2", `alibaba.sharedBandwidthMbps=${mbps}`],
      ...more,
    ];
    const [first] = await effects("alibaba", ["origin.max=2", "edge.max=2"], shared(2000));
    assert.equal(first, "creates shared bandwidth of 2000 Mbps for media machines and load balancers");
    const wider = await effects("alibaba", shared(2000), shared(3000));
    assert.deepEqual(wider, ["shared bandwidth: 2000 Mbps -> 3000 Mbps"]);
    const [replaced] = await effects("alibaba", shared(2000), shared(2000, "alibaba.sharedBandwidthBilling=bandwidth"));
    assert.equal(
      replaced,
      "replaces the shared bandwidth: each address is limited to its own bandwidth until it joins the new shared bandwidth",
    );
    const [gone] = await effects("alibaba", shared(2000), ["origin.max=2", "edge.max=2"]);
    assert.equal(gone, "deletes the shared bandwidth; afterwards, each address is limited to its own bandwidth");
  });
});
