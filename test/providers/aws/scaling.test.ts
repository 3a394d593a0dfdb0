import assert from "node:assert/strict";
import { adapter } from "../../../providers/aws/index.ts";
import { block, external, issued, render, types, type Values } from "../../support/aws.ts";
import { cluster } from "../../support/cluster.ts";
import { at, has, numberAt, textAt } from "../../support/read/recorded.ts";

const group = "aws:autoscaling/group:Group";
const preferences = "instanceRefresh.preferences";

const edge = async (values: object) => (await render({ edge: values })).one(group, "ams-test-edge");

describe("An AWS group", () => {
  it("has its hooks before its first machine", async () => {
    const one = await edge({});
    assert.equal(textAt(one, "initialLifecycleHooks[0].name"), "launch");
    assert.equal(textAt(one, "initialLifecycleHooks[1].name"), "drain");
  });

  it("gives a new machine the time that a start of AMS may take, and 15 minutes at least", async () => {
    const times = async (startMinutes: number) => {
      const one = (await render({ media: { startMinutes } })).one(group, "ams-test-origin");
      const hook = numberAt(one, "initialLifecycleHooks[0].heartbeatTimeout");
      return [hook, numberAt(one, "healthCheckGracePeriod"), textAt(one, "waitForCapacityTimeout")];
    };
    assert.deepEqual(await times(5), [900, 900, "30m"]);
    assert.deepEqual(await times(60), [3600, 3600, "75m"]);
  });

  it("may take as long to delete as its machines' launch hook, drain and deregistration together", async () => {
    const minutes = async (values: Values) =>
      (await render(values)).ofType(group).map(({ timeouts }) => timeouts.delete);
    assert.deepEqual(await minutes({}), ["285m", "285m"]);
    assert.deepEqual(await minutes({ drain: { maxMinutes: 600 }, balancer: { kind: "nginx", drainSeconds: 60 } }), [
      "631m",
      "631m",
      "631m",
    ]);
  });

  it("forecasts its CPU where asked for, and scales by it only where that is asked for too", async () => {
    const policy = async (predictive: string, more: Values = {}) => {
      const stack = await render({ edge: { predictive }, ...more });
      return stack.ofType("aws:autoscaling/policy:Policy").find(({ name }) => name === "ams-test-edge-predictive");
    };
    assert.equal(await policy("off"), undefined);
    const [forecast, scale] = [await policy("forecast"), await policy("scale", { media: { startMinutes: 60 } })];
    assert.deepEqual(JSON.parse(JSON.stringify(forecast?.inputs["predictiveScalingConfiguration"])), {
      mode: "ForecastOnly",
      maxCapacityBreachBehavior: "HonorMaxCapacity",
      schedulingBufferTime: "900",
      metricSpecification: {
        targetValue: 60,
        predefinedMetricPairSpecification: { predefinedMetricType: "ASGCPUUtilization" },
      },
    });
    assert.ok(scale !== undefined);
    assert.equal(textAt(scale, "predictiveScalingConfiguration.mode"), "ForecastAndScale");
    assert.equal(textAt(scale, "predictiveScalingConfiguration.schedulingBufferTime"), "3600");
  });

  it("forecasts the load that its machines publish where it follows that", async () => {
    const stack = await render({ edge: { predictive: "forecast", follow: "load" } });
    const policy = stack.one("aws:autoscaling/policy:Policy", "ams-test-edge-predictive");
    const metric = {
      namespace: "AMS/ams-test",
      metricName: "LoadPercent",
      dimensions: [
        { name: "Cluster", value: "ams-test" },
        { name: "Role", value: "edge" },
      ],
    };
    const queries = (id: string, stat: string) => ({ metricDataQueries: [{ id, metricStat: { metric, stat } }] });
    assert.deepEqual(JSON.parse(JSON.stringify(at(policy, "predictiveScalingConfiguration.metricSpecification"))), {
      targetValue: 80,
      customizedLoadMetricSpecification: queries("load", "Sum"),
      customizedScalingMetricSpecification: queries("scaling", "Average"),
    });
  });

  it("rolls one zone's share at a time, with no switch for a way back that it doesn't have", async () => {
    const three = await render({ network: { zones: ["a", "b", "c"] } });
    const one = three.one(group, "ams-test-edge");
    assert.equal(numberAt(one, `${preferences}.minHealthyPercentage`), 100);
    assert.equal(numberAt(one, `${preferences}.maxHealthyPercentage`), 133);
    assert.equal(has(one, `${preferences}.autoRollback`), false);
    assert.equal(has(one, `${preferences}.alarmSpecification`), false);
  });

  it("waits for its targets only once a listener that waits for ACM is there", async () => {
    for (const values of [issued, external]) {
      const stack = await render(values);
      const listeners = stack.ofType(types.listener);
      assert.ok(listeners.length > 2);
      for (const one of stack.ofType(group))
        for (const { urn } of listeners) assert.ok(one.dependencies.includes(urn), `${one.name} ${urn}`);
    }
  });

  it("outlives one launch that fails, and waits for a second boot", async () => {
    for (const one of (await render({ balancer: { kind: "haproxy" } })).ofType(group)) {
      assert.equal(at(one, "ignoreFailedScalingActivities"), true, one.name);
      assert.equal(textAt(one, "waitForCapacityTimeout"), "30m", one.name);
    }
  });

  it("is not replaced for other numbers of its hooks", async () => {
    const stack = await render();
    for (const one of stack.ofType(group)) assert.deepEqual(one.ignoreChanges, ["initialLifecycleHooks"]);
  });

  it("waits after an origin's first new machine, and not after an edge's", async () => {
    const stack = await render();
    const path = `${preferences}.checkpointDelay`;
    assert.equal(textAt(stack.one(group, "ams-test-origin"), path), "3600");
    assert.equal(has(stack.one(group, "ams-test-edge"), path), false);
  });

  it("keeps its minimum on demand, and takes the rest from the spot market's deepest pools", async () => {
    const one = await edge({ min: 3, spotPercent: 75, moreMachines: ["general-4"] });
    const path = "mixedInstancesPolicy.instancesDistribution";
    assert.equal(numberAt(one, `${path}.onDemandBaseCapacity`), 3);
    assert.equal(numberAt(one, `${path}.onDemandPercentageAboveBaseCapacity`), 25);
    assert.equal(at(one, "capacityRebalance"), true);
    assert.equal(textAt(one, "mixedInstancesPolicy.launchTemplate.overrides[1].instanceType"), "m5.xlarge");
    assert.equal(has(one, "launchTemplate"), false);
  });

  it("keeps a pool of stopped machines of one size, where it is asked for", async () => {
    const one = await edge({ warmMachines: 2 });
    assert.deepEqual(JSON.parse(JSON.stringify(at(one, "warmPool"))), {
      poolState: "Stopped",
      minSize: 2,
      maxGroupPreparedCapacity: 2,
    });
    assert.equal(has(await edge({}), "warmPool"), false);
  });

  it("refuses a warm pool beside spot machines", () => {
    const { faults } = adapter.prepare(block, cluster({ edge: { warmMachines: 1, spotPercent: 50 } }));
    assert.deepEqual(
      faults.map(({ path }) => path),
      ["ams:edge.warmMachines"],
    );
  });

  it("says its periods in their own zone, daylight saving time and all", async () => {
    const period = { name: "show", days: ["fri"], from: "20:00", to: "00:30", timeZone: "Europe/Berlin", min: 5 };
    const stack = await render({ edge: { schedule: [period] } });
    const action = (key: string) => stack.one("aws:autoscaling/schedule:Schedule", `ams-test-edge-show-${key}`);
    assert.deepEqual(
      ["begin", "end"].map((key) => [textAt(action(key), "recurrence"), numberAt(action(key), "minSize")]),
      [
        ["0 20 * * 5", 5],
        ["30 0 * * 6", 2],
      ],
    );
    assert.equal(textAt(action("end"), "timeZone"), "Europe/Berlin");
  });
});
