import assert from "node:assert/strict";
import { adapter } from "../../../providers/alibaba/index.ts";
import { images, before as priorTo, render, sources, type Values } from "../../support/alibaba.ts";
import { cluster } from "../../support/cluster.ts";

const group = "ess/scalingGroup:ScalingGroup";
const refreshType = "ess/instanceRefresh:InstanceRefresh";
const refreshed = { zonePolicy: "priority", upgrade: "instance-refresh" };
const schedule = { from: "2026-12-01", until: "2027-11-30" };
const period = { name: "show", days: ["fri"], from: "06:00", to: "09:30", timeZone: "Asia/Shanghai", min: 5 };

const faultsOf = (values: object, block: object = {}): readonly string[] =>
  adapter.prepare({ images, ...block }, cluster({ cloud: "alibaba", ...values })).faults.map(({ path }) => path);

describe("An Alibaba group", () => {
  it("has its hooks before anything that scales it", async () => {
    const stack = await render();
    const hooks = stack.all("ess/lifecycleHook:LifecycleHook").filter(({ name }) => name.startsWith("ams-test-edge-"));
    assert.deepEqual(
      hooks.map(({ inputs }) => [inputs["name"], inputs["lifecycleTransition"], inputs["defaultResult"]]),
      [
        ["launch", "SCALE_OUT", "ABANDON"],
        ["drain", "SCALE_IN", "CONTINUE"],
      ],
    );
    const rule = stack.one("ess/scalingRule:ScalingRule", "ams-test-edge-cpu");
    for (const { urn } of hooks) assert.ok(rule.dependencies.includes(urn));
  });

  it("says its periods in UTC, with another day where the zone has one", async () => {
    const stack = await render({ edge: { schedule: [period] } }, { schedule });
    const task = (key: string) => stack.one("ess/scheduledTask:ScheduledTask", `ams-test-edge-show-${key}`).inputs;
    assert.deepEqual(
      ["begin", "end"].map((key) => [task(key)["launchTime"], task(key)["recurrenceValue"], task(key)["minValue"]]),
      [
        ["2026-12-03T22:00Z", "4", 5],
        ["2026-12-04T01:30Z", "5", 2],
      ],
    );
    assert.equal(task("end")["recurrenceEndTime"], "2027-11-30T00:00Z");
  });

  it("takes the days of its periods as the engine hands them over that stand in the stack file without quotes", async () => {
    const asTimes = { from: "2026-12-01 00:00:00 +0000 UTC", until: "2027-11-30 00:00:00 +0000 UTC" };
    const tasks = async (days: object) =>
      (await render({ edge: { schedule: [period] } }, { schedule: days })).all("ess/scheduledTask:ScheduledTask");
    const inputs = (await tasks(asTimes)).map((task) => task.inputs);
    assert.ok(inputs.length > 0);
    assert.deepEqual(
      inputs,
      (await tasks(schedule)).map((task) => task.inputs),
    );
  });

  it("predicts its CPU where asked for, and moves its minimum only where that is asked for too", async () => {
    const rule = async (predictive: string) =>
      (await render({ edge: { predictive } }))
        .all("ess/scalingRule:ScalingRule")
        .find(({ name }) => name === "ams-test-edge-predictive")?.inputs;
    assert.equal(await rule("off"), undefined);
    const { scalingGroupId: _, ...forecast } = (await rule("forecast")) ?? {};
    assert.deepEqual(forecast, {
      scalingRuleName: "ams-test-edge-predictive",
      scalingRuleType: "PredictiveScalingRule",
      metricName: "CpuUtilization",
      targetValue: 60,
      predictiveScalingMode: "PredictOnly",
      predictiveTaskBufferTime: 15,
      initialMaxSize: 10,
      predictiveValueBehavior: "MaxOverridePredictiveValue",
    });
    assert.equal((await rule("scale"))?.["predictiveScalingMode"], "PredictAndScale");
  });

  it("spreads over zones with one type and with several", async () => {
    const alone = (await render()).one(group, "ams-test-edge").inputs;
    assert.deepEqual([alone["multiAzPolicy"], alone["scalingGroupName"]], ["BALANCE", "ams-test-edge"]);
    const mixed = (await render({ edge: { spotPercent: 60, min: 4 } })).one(group, "ams-test-edge").inputs;
    assert.deepEqual(
      [mixed["multiAzPolicy"], mixed["azBalance"], mixed["scalingGroupName"]],
      ["COMPOSABLE", true, "ams-test-edge-mixed"],
    );
    assert.deepEqual(
      [mixed["capacityOptionsOnDemandBaseCapacity"], mixed["capacityOptionsOnDemandPercentageAboveBaseCapacity"]],
      [4, 40],
    );
  });

  it("gives a new machine the time that a start of AMS may take, and 15 minutes at least", async () => {
    for (const [startMinutes, seconds] of [
      [5, 900],
      [60, 3600],
    ]) {
      const stack = await render({ media: { startMinutes } });
      const hooks = stack.all("ess/lifecycleHook:LifecycleHook").filter(({ inputs }) => inputs["name"] === "launch");
      assert.deepEqual(new Set(hooks.map(({ inputs }) => inputs["heartbeatTimeout"])), new Set([seconds]));
    }
  });

  it("fills one zone after the other where the stack says so, under a name of its own", async () => {
    const { inputs } = (await render({}, { zonePolicy: "priority" })).one(group, "ams-test-edge");
    assert.deepEqual([inputs["multiAzPolicy"], inputs["scalingGroupName"]], ["PRIORITY", "ams-test-edge-priority"]);
    assert.deepEqual((await render({}, { zonePolicy: "priority" })).all(refreshType), []);
  });

  for (const [what, values, block, path] of [
    ["a warm pool", { edge: { warmMachines: 1 } }, {}, "ams:edge.warmMachines"],
    ["less than all in service", { edge: { minInServicePercent: 80 } }, {}, "ams:edge.minInServicePercent"],
    ["a drain beyond six hours", { drain: { maxMinutes: 361 } }, {}, "ams:drain.maxMinutes"],
    [
      "a zone with daylight saving time",
      { edge: { schedule: [{ ...period, timeZone: "Europe/Berlin" }] } },
      { schedule },
      "ams:edge.schedule[0].timeZone",
    ],
    [
      "spot machines in a group that fills one zone after the other",
      { edge: { spotPercent: 50 } },
      { zonePolicy: "priority" },
      "ams:edge.spotPercent",
    ],
    [
      "several sizes in such a group",
      { edge: { machine: "compute-4", moreMachines: ["general-4"] } },
      { zonePolicy: "priority" },
      "ams:edge.moreMachines",
    ],
    [
      "an instance refresh of balanced groups",
      { edge: { minInServicePercent: 80 } },
      { upgrade: "instance-refresh" },
      "ams:alibaba.zonePolicy",
    ],
    [
      "predictions of a figure that they don't know",
      { edge: { follow: "load", predictive: "forecast" } },
      {},
      "ams:edge.predictive",
    ],
    [
      "periods whose minimum predictions would override",
      { edge: { schedule: [period], predictive: "scale" } },
      { schedule },
      "ams:edge.predictive",
    ],
    ["periods without their days", { edge: { schedule: [period] } }, {}, "ams:alibaba.schedule"],
    [
      "periods for more than a year",
      { edge: { schedule: [period] } },
      { schedule: { ...schedule, until: "2027-12-02" } },
      "ams:alibaba.schedule.until",
    ],
    [
      "two webhooks",
      { alarms: { webhooks: ["https://a.example/x", "https://b.example/x"] } },
      {},
      "ams:alarms.webhooks",
    ],
  ] as const) {
    it(`refuses ${what}`, () => assert.deepEqual(faultsOf(values, block), [path]));
  }
});

describe("An instance refresh on Alibaba Cloud", () => {
  it("rolls the edges' template through their group, within what the model keeps in service", async () => {
    const stack = await render({ edge: { minInServicePercent: 80 } }, refreshed);
    const { inputs } = stack.one(refreshType, "ams-test-edge-refresh");
    const { least, most, matching } = {
      least: inputs["minHealthyPercentage"],
      most: inputs["maxHealthyPercentage"],
      matching: inputs["skipMatching"],
    };
    assert.deepEqual([least, most, matching, inputs["checkpoints"]], [80, 130, true, undefined]);
    assert.deepEqual(sources(inputs["desiredConfigurationLaunchTemplateVersion"]), ["ams-test-edge"]);
  });

  it("begins with the edges, and pauses for an hour after the first origin", async () => {
    const stack = await render({}, refreshed);
    const origin = stack.one(refreshType, "ams-test-origin-refresh");
    const edge = stack.one(refreshType, "ams-test-edge-refresh");
    assert.ok(priorTo(stack, origin).has(edge.urn));
    assert.ok(!priorTo(stack, edge).has(origin.urn));
    assert.deepEqual(JSON.parse(JSON.stringify(origin.inputs["checkpoints"])), [
      { percentage: 1 },
      { percentage: 100 },
    ]);
    assert.equal(origin.inputs["checkpointPauseTime"], 60);
  });

  it("begins when all that its machines' way in and out needs is there", async () => {
    const stack = await render({}, refreshed);
    const needed = priorTo(stack, stack.one(refreshType, "ams-test-edge-refresh"));
    for (const type of ["ess/lifecycleHook:LifecycleHook", "ess/serverGroupAttachment:ServerGroupAttachment"]) {
      const own = stack.all(type).filter(({ name }) => name.startsWith("ams-test-edge-"));
      assert.ok(own.length > 0 && own.every(({ urn }) => needed.has(urn)), type);
    }
  });

  it("keeps the group's previous template for a rollback until the new one has rolled out", async () => {
    const ignored = async (block: Values) => (await render({}, block)).one(group, "ams-test-origin").ignoreChanges;
    assert.ok((await ignored(refreshed)).includes("launchTemplateVersion"));
    assert.ok(!(await ignored({ zonePolicy: "priority" })).includes("launchTemplateVersion"));
  });

  it("names all that does not go together at once", () => {
    const values = { edge: { spotPercent: 50, minInServicePercent: 90 }, drain: { maxMinutes: 400 } };
    assert.deepEqual([...faultsOf(values, { zonePolicy: "priority" })].sort(), [
      "ams:drain.maxMinutes",
      "ams:edge.minInServicePercent",
      "ams:edge.spotPercent",
    ]);
  });
});
