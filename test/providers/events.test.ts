import assert from "node:assert/strict";
import { mock } from "node:test";
import { adapter as alibaba } from "../../providers/alibaba/index.ts";
import { adapter as aws } from "../../providers/aws/index.ts";
import * as onAlibaba from "../support/alibaba.ts";
import * as onAws from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";

const evening = { name: "evening", from: "18:00", to: "23:00", timeZone: "Asia/Shanghai", min: 8 };
const show = { name: "show", date: "2026-12-24", from: "20:00", to: "23:30", timeZone: "Europe/Berlin", min: 20 };
const edge = { max: 20, schedule: [evening, show] };
const schedule = { from: "2026-12-01", until: "2027-11-30" };

/** What of the event a cloud gets when the stack is rendered at a moment. */
async function actionsAt(now: string): Promise<Readonly<Record<"aws" | "alibaba", readonly unknown[]>>> {
  const clock = mock.method(Date, "now", () => Date.parse(now));
  try {
    // A tag, as renderings of the same values are made once.
    const values = { edge, tags: { now } };
    const [first, second] = [await onAws.render(values), await onAlibaba.render(values, { schedule })];
    const once = (key: string) => (one: { readonly inputs: Readonly<Record<string, unknown>> }) =>
      one.inputs[key] === undefined;
    return {
      aws: first
        .ofType("aws:autoscaling/schedule:Schedule")
        .filter(once("recurrence"))
        .map(({ name, inputs: { startTime, timeZone, minSize, maxSize, desiredCapacity } }) => [
          ...[name, startTime, timeZone, minSize, maxSize, desiredCapacity],
        ]),
      alibaba: second
        .all("ess/scheduledTask:ScheduledTask")
        .filter(once("recurrenceType"))
        .map(({ name, inputs: { launchTime, scheduledTaskName, minValue } }) => [
          ...[name, launchTime, scheduledTaskName, minValue],
        ]),
    };
  } finally {
    clock.mock.restore();
  }
}

describe("An event's actions", () => {
  it("set the minimum once, by boot time before the event, on both clouds", async () => {
    const actions = await actionsAt("2026-12-01T00:00:00Z");
    assert.deepEqual(actions.aws, [
      ["ams-test-edge-show-begin", "2026-12-24T18:45:00Z", undefined, 20, -1, -1],
      ["ams-test-edge-show-end", "2026-12-24T22:30:00Z", undefined, 2, -1, -1],
    ]);
    assert.deepEqual(actions.alibaba, [
      ["ams-test-edge-show-begin", "2026-12-24T18:45Z", "ams-test-e-show-on", 20],
      ["ams-test-edge-show-end", "2026-12-24T22:30Z", "ams-test-e-show-off", 2],
    ]);
  });

  it("are left out once their time is over: a cloud does not make them again", async () => {
    const names = async (now: string) =>
      Object.values(await actionsAt(now)).map((actions) => actions.map((one) => (one as readonly unknown[])[0]));
    const left = ["ams-test-edge-show-end"];
    assert.deepEqual(await names("2026-12-24T20:00:00Z"), [left, left]);
    assert.deepEqual(await names("2026-12-25T00:00:00Z"), [[], []]);
  });

  it("need no dates of periods on Alibaba Cloud, and take its zone with daylight saving time", () => {
    const faultsAt = (now: string): readonly string[] => {
      const clock = mock.method(Date, "now", () => Date.parse(now));
      try {
        const model = (cloud: "aws" | "alibaba") => cluster({ cloud, edge: { max: 20, schedule: [show] } });
        assert.deepEqual(aws.prepare(onAws.block, model("aws")).faults, []);
        return alibaba.prepare({ images: onAlibaba.images }, model("alibaba")).faults.map(({ path }) => path);
      } finally {
        clock.mock.restore();
      }
    };
    assert.deepEqual(faultsAt("2026-12-01T00:00:00Z"), []);
    assert.deepEqual(faultsAt("2027-01-01T00:00:00Z"), []);
    // A task begins at most 90 days after it is made.
    assert.deepEqual(faultsAt("2026-09-01T00:00:00Z"), ["ams:edge.schedule[0].date"]);
  });
});
