import assert from "node:assert/strict";
import { adapter } from "../../providers/alibaba/index.ts";
import { images, render } from "../support/alibaba.ts";
import { cluster } from "../support/cluster.ts";

const group = "ess/scalingGroup:ScalingGroup";
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
    ["periods without their days", { edge: { schedule: [period] } }, {}, "ams:alibaba.schedule"],
    [
      "periods for more than a year",
      { edge: { schedule: [period] } },
      { schedule: { ...schedule, until: "2027-12-02" } },
      "ams:alibaba.schedule",
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
