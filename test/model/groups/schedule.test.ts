import assert from "node:assert/strict";
import type { Period } from "../../../config/types.ts";
import { beginOf, cronOf, endOf, firstSince, offsetsOf, overlap } from "../../../model/groups/schedule.ts";

const evening: Period = {
  name: "evening",
  days: ["mon", "sat"],
  from: "18:00",
  to: "01:30",
  timeZone: "UTC",
  min: 4,
};

describe("A period", () => {
  it("begins on its own days and ends on the day after, if it passes midnight", () => {
    assert.equal(cronOf(beginOf(evening)), "0 18 * * 1,6");
    assert.equal(cronOf(endOf(evening)), "30 1 * * 0,2");
  });

  it("ends on its own days, if it doesn't", () => {
    assert.equal(cronOf(endOf({ ...evening, to: "23:15" })), "15 23 * * 1,6");
  });

  it("says every day in a crontab's way", () => {
    assert.equal(
      cronOf(beginOf({ ...evening, days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] })),
      "0 18 * * *",
    );
  });

  it("moves to other hours and days in UTC", () => {
    const morning: Period = { ...evening, from: "06:15", to: "09:00" };
    assert.deepEqual(beginOf(morning, 480), { minute: 15, hour: 22, days: [0, 5] });
    assert.deepEqual(endOf(morning, 480), { minute: 0, hour: 1, days: [1, 6] });
    assert.deepEqual(beginOf({ ...evening, days: ["sat"], from: "22:00" }, -180), { minute: 0, hour: 1, days: [0] });
    assert.deepEqual(beginOf(morning, 330).minute, 45);
  });

  it("first comes on the first of its days, the given one among them", () => {
    // A Tuesday.
    assert.equal(firstSince("2026-12-01", beginOf(evening)), "2026-12-05T18:00Z");
    assert.equal(firstSince("2026-12-05", beginOf(evening)), "2026-12-05T18:00Z");
    assert.equal(firstSince("2026-12-30", endOf(evening)), "2027-01-03T01:30Z");
  });
});

describe("A time zone", () => {
  it("has one offset without daylight saving time, and two with it", () => {
    assert.deepEqual(offsetsOf("UTC"), [0]);
    assert.deepEqual(offsetsOf("Asia/Shanghai"), [480]);
    assert.deepEqual(offsetsOf("Asia/Kolkata"), [330]);
    assert.deepEqual([...offsetsOf("America/New_York")].sort(), [-240, -300]);
  });
});

describe("Two periods", () => {
  const other = (values: Partial<Period>): Period => ({ ...evening, name: "other", ...values });

  it("meet where one begins before the other ends, also past midnight and past the week's end", () => {
    assert.ok(overlap(evening, other({ days: ["mon"], from: "17:00", to: "19:00" })));
    assert.ok(overlap(evening, other({ days: ["sun"], from: "01:00", to: "03:00" })));
    assert.ok(overlap(other({ days: ["sun"], from: "01:00", to: "03:00" }), evening));
  });

  it("meet where one begins in the minute in which the other ends", () => {
    assert.ok(overlap(evening, other({ days: ["tue"], from: "01:30", to: "03:00" })));
    assert.ok(!overlap(evening, other({ days: ["tue"], from: "01:31", to: "03:00" })));
  });

  it("meet across zones, in summer or in winter", () => {
    const berlin = other({ days: ["mon"], from: "19:30", to: "19:45", timeZone: "Europe/Berlin" });
    assert.ok(overlap(evening, berlin));
    assert.ok(!overlap(evening, { ...berlin, from: "18:00", to: "18:30" }));
  });
});
