import assert from "node:assert/strict";
import { dayFromNow } from "../../support/days.ts";
import { onEngine, quick } from "../../support/on-engine.ts";
import { succeeded } from "../../support/stack.ts";

const groups = { aws: "aws:autoscaling/group:Group", alibaba: "alicloud:ess/scalingGroup:ScalingGroup" } as const;

for (const cloud of ["aws", "alibaba"] as const)
  describe(`An event that is removed while it goes on, on ${cloud}`, () => {
    const name = cloud === "aws" ? "aws" : "alicloud";
    const on = onEngine({ stack: cloud, ...quick }, async ({ stack }) => {
      stack.set("ams:edge.schedule[0].name", "show");
      stack.set("ams:edge.schedule[0].date", dayFromNow(30));
      stack.set("ams:edge.schedule[0].from", "20:00");
      stack.set("ams:edge.schedule[0].to", "22:00");
      stack.set("ams:edge.schedule[0].min", "6");
      succeeded(await stack.up());
    });

    const edges = () => {
      const found = on.cloud.standing().find(({ type, urn }) => type === groups[cloud] && urn.endsWith("-edge"));
      assert.ok(found);
      return found;
    };
    const least = () => edges().outputs["minSize"];

    it("leaves the group's raised minimum to an update, as diff says", async () => {
      // What the action did as the event began.
      on.cloud.store(name).put({ ...edges(), outputs: { ...edges().outputs, minSize: 6 } });
      on.stack.unset("ams:edge.schedule");
      const { steps } = succeeded(await on.stack.up());
      assert.deepEqual([...new Set(steps.map(({ op }) => op))], ["delete"]);
      assert.equal(least(), 6);
    });

    it("gives the group the stack's minimum by the command that diff shows, and no other change", async () => {
      const { steps } = succeeded(await on.stack.up("--refresh"));
      const changed = steps.filter(({ op }) => op !== "refresh" && op !== "same");
      assert.deepEqual(
        changed.map(({ op, type }) => `${op} ${type}`),
        [`update ${groups[cloud]}`],
      );
      assert.equal(least(), 2);
    });
  });
