import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import { elasticityOf } from "../../model/groups/node-group.ts";
import { cluster } from "../support/cluster.ts";
import { assertOnlyFault } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

type Values = Parameters<typeof raw>[0];

const evening = { name: "evening", from: "18:00", to: "23:30", timeZone: "Europe/Berlin", min: 6 };
const faultsOf = (values: Values): readonly string[] => parse(raw(values)).faults.map(formatFault);

describe("a group's scaling", () => {
  it("has the defaults that the documents give", () => {
    const { edge, origin, drain, logs } = cluster();
    assert.deepEqual(edge.surge, { abovePercent: 70, aboveLoadPercent: 90, addPercent: 50 });
    assert.deepEqual(
      [origin.schedule, origin.minInServicePercent, drain.maxMinutes, logs.retentionDays],
      [[], 100, 240, 365],
    );
  });

  it("gives what only edges may have to edges alone", () => {
    const spot = cluster({ edge: { spotPercent: 40, moreMachines: ["general-4"], warmMachines: 2 } });
    assert.deepEqual(elasticityOf(spot, "edge").moreMachines, ["general-4"]);
    assert.deepEqual(elasticityOf(spot, "origin"), { spotPercent: 0, moreMachines: [], warmMachines: 0 });
  });

  it("takes a period of every day where none is named", () => {
    const [period] = cluster({ edge: { schedule: [evening] } }).edge.schedule;
    assert.equal(period?.days.length, 7);
  });

  /** Each row: what is wrong, the configuration, and what its single fault must say. */
  const rows: readonly [string, Values, RegExp][] = [
    ["spot origins", { origin: { spotPercent: 10 } }, /^ams:origin\.spotPercent: got an unknown key/],
    [
      "a surge below the target",
      { edge: { surge: { abovePercent: 50 } } },
      /^ams:edge\.surge\.abovePercent: got 50; allowed: at least ams:edge\.cpuTargetPercent, which is 60/,
    ],
    [
      "a surge below the target of the load",
      { edge: { follow: "load", loadTargetPercent: 85, surge: { aboveLoadPercent: 80 } } },
      /^ams:edge\.surge\.aboveLoadPercent: got 80; allowed: at least ams:edge\.loadTargetPercent, which is 85/,
    ],
    [
      "a time zone that is none",
      { edge: { schedule: [{ ...evening, timeZone: "Europe/Berlim" }] } },
      /^ams:edge\.schedule\[0\]\.timeZone: got "Europe\/Berlim"; allowed: an IANA time zone name/,
    ],
    [
      "a time without its zero",
      { edge: { schedule: [{ ...evening, from: "8:00" }] } },
      /^ams:edge\.schedule\[0\]\.from: got "8:00"; allowed: a time such as 18:00/,
    ],
    [
      "a period that needs more than the group may have",
      { edge: { schedule: [{ ...evening, min: 11 }] } },
      /^ams:edge\.schedule\[0\]\.min: got 11; allowed: at most ams:edge\.max, which is 10/,
    ],
    [
      "a period without length",
      { edge: { schedule: [{ ...evening, to: "18:00" }] } },
      /^ams:edge\.schedule\[0\]\.to: got "18:00"; allowed: a time other than/,
    ],
    [
      "a day twice",
      { edge: { schedule: [{ ...evening, days: ["mon", "mon"] }] } },
      /^ams:edge\.schedule\[0\]\.days: .*each day only once/,
    ],
    [
      "two periods of one name",
      { edge: { schedule: [evening, { ...evening, from: "08:00", to: "09:00" }] } },
      /^ams:edge\.schedule\[1\]\.name: got "evening"/,
    ],
    [
      "two periods that meet",
      { edge: { schedule: [evening, { ...evening, name: "late", from: "20:00", to: "21:00" }] } },
      /^ams:edge\.schedule\[1\]: .*which overlaps the period evening/,
    ],
    [
      "a date that the calendar does not have",
      { edge: { schedule: [{ ...evening, date: "2026-02-30" }] } },
      /^ams:edge\.schedule\[0\]\.date: got "2026-02-30"; allowed: a date such as 2026-12-24/,
    ],
    [
      "days beside a date",
      { edge: { schedule: [{ ...evening, date: "2026-12-24", days: ["thu"] }] } },
      /^ams:edge\.schedule\[0\]\.days: got \["thu"\]; allowed: not set, because a period with a date.*config rm/,
    ],
    [
      "a stand-in of another size",
      { edge: { moreMachines: ["compute-8"] } },
      /^ams:edge\.moreMachines\[0\]: got "compute-8"; allowed: .*a size with 4 vCPUs/,
    ],
    [
      "a start that nobody waits for",
      { media: { startMinutes: 4 } },
      /^ams:media\.startMinutes: got 4; allowed: a whole number from 5 to 60/,
    ],
    [
      "no drain at all",
      { drain: { maxMinutes: 0 } },
      /^ams:drain\.maxMinutes: got 0; allowed: a whole number from 1 to 2880/,
    ],
    ["an odd retention", { logs: { retentionDays: 366 } }, /^ams:logs\.retentionDays: got 366; allowed: one of 1, 3/],
    ["a webhook in clear", { alarms: { webhooks: ["http://a.example/x"] } }, /^ams:alarms\.webhooks\[0\]: .*https/],
    ["an address that is none", { alarms: { emails: ["ops"] } }, /^ams:alarms\.emails\[0\]: .*an e-mail address/],
  ];
  for (const [what, values, expected] of rows) {
    it(`refuses ${what}`, () => {
      const faults = faultsOf(values);
      assertOnlyFault(faults, expected);
    });
  }
});
