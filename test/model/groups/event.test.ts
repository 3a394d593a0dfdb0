import assert from "node:assert/strict";
import { mock } from "node:test";
import { parse } from "../../../config/parse.ts";
import type { Period } from "../../../config/types.ts";
import { actionsOf, ahead, utcOf } from "../../../model/groups/event.ts";
import { type Event, holds, minimumAt, spanOf } from "../../../model/groups/minimum.ts";
import { weekDays } from "../../../model/groups/week-days.ts";
import { raw } from "../../support/raw.ts";

const show: Event = {
  ...{ name: "show", date: "2026-12-24", days: [...weekDays], from: "20:00", to: "21:30", timeZone: "UTC", min: 20 },
};
const { date: _, ...weekly } = show;
const evening: Period = { ...weekly, name: "evening", from: "18:00", to: "23:00", min: 8 };
const at = (text: string): number => Date.parse(text);

/** What the group's minimum is from when on, said in a line each. */
const said = (schedule: readonly Period[], leadMinutes = 15): readonly string[] =>
  actionsOf(schedule, 2, leadMinutes).map(({ name, at, min }) => `${utcOf(at).slice(5, 16)} ${min} ${name}`);

describe("An event", () => {
  it("begins earlier by the time that its machines need, and ends when it says", () => {
    assert.deepEqual(said([show]), ["12-24T19:45 20 show-begin", "12-24T21:30 2 show-end"]);
    assert.deepEqual(said([show], 45)[0], "12-24T19:15 20 show-begin");
  });

  it("has the moments of its own zone, in summer and in winter, and ends on the next day where it passes midnight", () => {
    const berlin = { ...show, timeZone: "Europe/Berlin", to: "00:30" };
    assert.deepEqual(said([berlin], 0), ["12-24T19:00 20 show-begin", "12-24T23:30 2 show-end"]);
    assert.deepEqual(said([{ ...berlin, date: "2026-07-31" }], 0), [
      "07-31T18:00 20 show-begin",
      "07-31T22:30 2 show-end",
    ]);
    // Daylight saving time ends at 3:00 on this day.
    const night = { ...berlin, date: "2026-10-25", from: "01:00", to: "05:00" };
    assert.deepEqual(said([night], 0), ["10-24T23:00 20 show-begin", "10-25T04:00 2 show-end"]);
    const { begin, end } = spanOf(night, 0);
    assert.equal((end - begin) / 3_600_000, 5);
  });

  it("keeps its minimum where a weekly period begins or ends meanwhile, and leaves the period's own behind", () => {
    assert.deepEqual(said([evening, show]), ["12-24T19:45 20 show-begin", "12-24T21:30 8 show-end"]);
    assert.deepEqual(said([evening, { ...show, from: "17:00", to: "23:30" }]), [
      "12-24T16:45 20 show-begin",
      "12-24T18:01 20 show-again-1",
      "12-24T23:01 20 show-again-2",
      "12-24T23:30 2 show-end",
    ]);
  });

  it("sets nothing in the minute in which a weekly period does", () => {
    assert.deepEqual(said([evening, { ...show, from: "18:15", to: "23:00" }]), ["12-24T18:01 20 show-again-1"]);
  });

  it("sets what all events ask for, once at a moment", () => {
    const more = { ...show, name: "more", from: "21:45", to: "22:00", min: 30 };
    assert.deepEqual(said([show, more]), [
      "12-24T19:45 20 show-begin",
      "12-24T21:30 30 show-end",
      "12-24T22:00 2 more-end",
    ]);
    const within = { ...show, name: "within", from: "20:30", to: "21:00", min: 5 };
    assert.deepEqual(said([show, within])[1], "12-24T20:15 20 within-begin");
  });

  it("loses what AWS has done by now, and none that may still be on its way", () => {
    const left = (now: string) => ahead(actionsOf([show], 2, 15), at(now)).map(({ name }) => name);
    assert.deepEqual(left("2026-12-24T19:44:00Z"), ["show-begin", "show-end"]);
    // It may be new, and the clouds take none in the past.
    assert.deepEqual(left("2026-12-24T19:45:00Z"), ["show-end"]);
    assert.deepEqual(left("2026-12-24T21:32:00Z"), ["show-end"]);
    assert.deepEqual(left("2026-12-24T21:36:00Z"), []);
  });

  const warningsAt = (now: string, more: Readonly<Record<string, unknown>> = {}, edge = {}): string => {
    const clock = mock.method(Date, "now", () => at(now));
    try {
      const schedule = [{ ...show, days: undefined }];
      return parse(raw({ edge: { max: 20, ...edge, schedule }, ...more })).warnings.join();
    } finally {
      clock.mock.restore();
    }
  };

  it("is told of once its machines are due, when a first deployment comes too late, with what helps until it ends", () => {
    assert.equal(warningsAt("2026-12-24T19:44:59Z"), "");
    for (const now of ["2026-12-24T19:45:00Z", "2026-12-24T21:29:00Z"])
      assert.match(
        warningsAt(now),
        /^ams:edge\.schedule\[0\]: the machines .* due to start at 2026-12-24T19:45:00Z\. If .* pulumi config set --path ams:edge\.min 20$/,
      );
    assert.match(warningsAt("2026-12-24T19:30:00Z", { media: { startMinutes: 30 } }), /start at 2026-12-24T19:30:00Z/);
    assert.equal(warningsAt("2026-12-24T20:00:00Z", {}, { min: 20 }), "");
  });

  it("is told of when it is over, with the command that removes it", () => {
    assert.match(
      warningsAt("2026-12-24T21:30:00Z"),
      /^ams:edge\.schedule\[0\]: the event show on 2026-12-24 is over .*pulumi config rm --path 'ams:edge\.schedule\[0\]'$/,
    );
  });
});

describe("A group's minimum", () => {
  it("is a weekly period's in its time zone, also over midnight", () => {
    const berlin: Period = { ...evening, days: ["wed"], timeZone: "Europe/Berlin", min: 5 };
    const times = ["2026-01-14T16:59Z", "2026-01-14T17:00Z", "2026-01-14T21:59Z", "2026-01-14T22:00Z"];
    assert.deepEqual(
      times.map((time) => holds(berlin, at(time), 0)),
      [false, true, true, false],
    );
    const night: Period = { ...berlin, from: "22:00", to: "02:00", timeZone: "UTC" };
    assert.deepEqual(
      ["2026-01-14T00:30Z", "2026-01-14T22:00Z", "2026-01-15T01:00Z", "2026-01-15T02:00Z"].map((time) =>
        holds(night, at(time), 0),
      ),
      [false, true, true, false],
    );
  });

  it("is the highest of its own and of all that hold", () => {
    assert.equal(minimumAt(2, [evening, show], at("2026-12-24T19:00Z"), 15), 8);
    assert.equal(minimumAt(2, [evening, show], at("2026-12-24T19:45Z"), 15), 20);
    assert.equal(minimumAt(30, [evening, show], at("2026-12-24T20:00Z"), 15), 30);
  });
});
