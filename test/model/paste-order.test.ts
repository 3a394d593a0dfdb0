import assert from "node:assert/strict";
import { ConfigError } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import { applied } from "../mistakes/pulumi-config.ts";
import { callsIn } from "../mistakes/shells.ts";
import type { Tree } from "../mistakes/tree.ts";
import { raw } from "../support/raw.ts";

/** The configuration after the commands of all faults, in the order in which they are told. */
function followed(values: Tree): Tree {
  const { message } = new ConfigError(parse(raw(values)).faults);
  const lines = message.split("\n").flatMap((line) => /: (pulumi config .+)$/.exec(line)?.[1] ?? []);
  assert.ok(lines.length > 1, message);
  const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [`ams:${key}`, value]));
  return callsIn("bash", lines).flat().reduce<Tree>(applied, config);
}

describe("The commands of all faults, one after the other", () => {
  it("leave the private ranges of a list in which several are public", () => {
    const scrapeCidrs = ["203.0.113.1/32", "203.0.113.2/32", "10.1.0.0/24", "203.0.113.3/32", "10.2.0.0/24"];
    const { "ams:monitoring": left } = followed({ monitoring: { scrapeCidrs } });
    assert.deepEqual(left, { scrapeCidrs: ["10.20.0.0/24", "10.1.0.0/24", "10.2.0.0/24"] });
  });

  it("leave the periods of a schedule that meet no other, and remove each value once", () => {
    const days = ["mon"];
    const period = (name: string, from: string, to: string) => ({ name, days, from, to, timeZone: "UTC", min: 3 });
    const schedule = [
      period("one", "10:00", "12:00"),
      period("two", "11:00", "13:00"),
      period("three", "11:30", "12:30"),
      period("four", "18:00", "18:00"),
    ];
    const { "ams:edge": left } = followed({ edge: { schedule } });
    const kept = (left as { schedule: { name: string; to: string }[] }).schedule;
    assert.deepEqual(
      kept.map(({ name, to }) => [name, to]),
      [
        ["one", "12:00"],
        ["four", "19:00"],
      ],
    );
  });
});
