import assert from "node:assert/strict";
import { extrasOf, newFindings, reportOnPair } from "../../../tools/diff/extras.ts";
import { markdownText } from "../../../tools/diff/page/markdown.ts";
import type { PlannedStack } from "../../../tools/diff/planned.ts";
import { planned } from "../../support/planned.ts";

describe("What other rooms say about a change", () => {
  it("is what it costs a month", async () => {
    const before = await planned("aws");
    assert.match((await extrasOf(before, before)).cost ?? "", /^\+0\.00 USD per month/);
    const more = await planned("aws", ["edge.min=4"]);
    assert.match((await extrasOf(before, more)).cost ?? "", /^(about )?\+[\d,]+\.\d\d USD per month/);
    assert.match((await extrasOf(more, before)).cost ?? "", /^(about )?-[\d,]+\.\d\d USD per month/);
  });

  it("is told with the difference, if there is one, and takes the licence from the plan", async () => {
    const [before, after] = [await planned("alibaba"), await planned("alibaba", ["edge.min=4"])];
    const image = { before, after, secrets: new Set<string>() };
    const { cost = "", findings } = reportOnPair(image);
    assert.deepEqual([cost, findings], [extrasOf(image.before, image.after).cost, []]);
    assert.equal(reportOnPair({ ...image, after: image.before }).cost, undefined);
    const withKey = ({ resources, stated: _, ...rest }: PlannedStack): PlannedStack => ({
      ...rest,
      resources: resources.map((one) => ({ ...one, secrets: { ...one.secrets, value: ["config.ams:licenceKey"] } })),
    });
    const key = reportOnPair({ ...image, before: withKey(image.before), after: withKey(image.after) });
    assert.notEqual(key.cost, cost);
  });

  it("is the money of doubled edges, outside of the fold of a pull request's comment", async () => {
    const [before, after] = [await planned("aws"), await planned("aws", ["edge.min=4", "edge.max=20"])];
    const stacks = [reportOnPair({ before, after, secrets: new Set<string>() })];
    const [visible = ""] = markdownText({ title: "a -> b", notes: [], stacks }).split("<details>");
    const [, least = "", most = ""] =
      /USD per month expected \(\+([\d,.]+) minimum, \+([\d,.]+) maximum/.exec(visible) ?? [];
    const [two, ten] = [least, most].map((text) => Number(text.replaceAll(",", "")));
    // No machine with a disk and an address is for less than 50 dollars a month; the audience is nobody's, so no traffic.
    assert.ok(two !== undefined && ten !== undefined && two > 100 && Math.abs(ten - 5 * two) < 0.1, visible);
    assert.match(visible, /excluding licences \(2 to 10 -&#62; 4 to 20 x /);
  });

  it("has the traffic of an audience that a change declares, where both plans tell of it", async () => {
    const people = ["audience.publishers=1", "audience.viewers=1000", "audience.hoursPerDay=2"];
    const [before, after] = [
      await planned("aws", people),
      await planned("aws", [...people, "audience.bitrateKbps=3000"]),
    ];
    const money = (one: PlannedStack, other: PlannedStack): string => extrasOf(one, other).cost ?? "";
    assert.match(money(before, after), /^(about )?\+[1-9][\d,.]+ USD per month expected/);
    const { stated: _, ...older } = before;
    assert.match(money(older, after), /^\+0\.00 USD per month expected/);
  });

  it("is which policy findings are new, and none that was there before", async () => {
    const [good, bad] = [await planned("aws"), spoil(await planned("aws"))];
    assert.deepEqual(newFindings(bad, bad), []);
    assert.match(newFindings(good, bad).join(), /^encrypted-disks: ams-aws-database-data: encrypted is false/);
    assert.deepEqual(newFindings(bad, good), []);
  });

  it("leaves out what an exception lets pass until it ends", async () => {
    const [good, bad] = [await planned("aws"), spoil(await planned("aws"))];
    const until = (day: string) => [{ rule: "encrypted-disks", reason: "a copy is under way", until: day }];
    assert.deepEqual(newFindings(good, { ...bad, exceptions: until("2999-12-31") }), []);
    const ended = newFindings(good, { ...bad, exceptions: until("2020-01-31") });
    assert.equal(ended.length, 2);
    assert.match(ended[1] ?? "", /^exception-has-ended: encrypted-disks: .* expired on 2020-01-31/);
  });
});

const spoil = (stack: PlannedStack): PlannedStack => ({
  ...stack,
  resources: stack.resources.map((one) =>
    one.type === "aws:ebs/volume:Volume" ? { ...one, inputs: { ...one.inputs, encrypted: false } } : one,
  ),
});
