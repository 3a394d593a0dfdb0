import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { compare, type StackDiff } from "../../../tools/diff/compare.ts";
import { tallyOf } from "../../../tools/diff/page/words.ts";
import { readPreview } from "../../../tools/diff/preview.ts";
import { parseChange, setAt } from "../../../tools/stack-file/config-path.ts";
import type { Cloud } from "../../support/cloud/server.ts";
import { quick, startOnEngine } from "../../support/on-engine.ts";
import { planned } from "../../support/planned.ts";
import { type StackUnderTest, succeeded } from "../../support/stack.ts";

/** The engine refuses to replace what is protected, and with it the whole preview. */
const base = ["protect=false"];

const scenarios: Readonly<Record<string, readonly string[]>> = {
  "larger machines, another zone, more machines, a replica set and an administrator's range": [
    "origin.machine=compute-8",
    "edge.max=20",
    "network.zones[2]=c",
    "access.adminCidrs[0]=203.0.113.0/24",
    "database.kind=replica-set",
    "database.machine=general-8",
    "database.diskGiB=100",
  ],
  "another network range and the next generation of secrets": ["network.cidr=10.64.0.0/16", "generation=2"],
  "no RTMP any more": ["balancer.rtmp=false"],
  "nothing at all": [],
};

/**
 * Alarms and dashboards that name a target group which is made anew: the plan knows where their text comes from, but not
 * whether it changes, and tells one of them too many or too few. Each of them is updated in place at worst.
 */
const isUncertain = ({ operation, urn }: StackDiff["resources"][number]): boolean =>
  operation === "update" && /:Alarms\$aws:cloudwatch\/(dashboard|metricAlarm):/.test(urn);

const certain = ({ resources }: StackDiff): StackDiff["resources"] => resources.filter((one) => !isUncertain(one));

const byOperation = (diff: StackDiff) =>
  certain(diff)
    .map(({ operation, urn }) => `${operation} ${urn.split("::").slice(2).join(" ")}`)
    .sort();

for (const name of ["aws", "alibaba"]) {
  describe(`The diff of ${name} against the real engine's preview`, () => {
    let cloud: Cloud;
    let stack: StackUnderTest;
    let close: (() => void) | undefined;
    let original = "";

    const configure = (changes: readonly string[]): void => {
      const config = changes.map(parseChange).reduce(setAt, parse(original).config);
      writeFileSync(stack.file(`Pulumi.${name}.yaml`), stringify({ ...parse(original), config }));
    };

    before(async () => {
      ({ cloud, stack, close } = await startOnEngine({ stack: name, ...quick }));
      original = readFileSync(stack.file(`Pulumi.${name}.yaml`), "utf8");
      configure(base);
      succeeded(await stack.up());
    });

    after(() => close?.());

    for (const [what, changes] of Object.entries(scenarios)) {
      it(`tells the same operations on the same resources for ${what}`, async () => {
        configure([...base, ...changes]);
        const preview = readPreview(await stack.previewAsJson());
        const offline = compare(await planned(name, base), await planned(name, [...base, ...changes]));
        assert.deepEqual(byOperation(offline), byOperation(preview.diff));
        const both = [offline, preview.diff].map((diff) => tallyOf({ ...diff, resources: certain(diff) }));
        assert.deepEqual(both[0], both[1]);
        assert.equal(offline.resources.length > 0, changes.length > 0);
        const generated = cloud.store("random").all();
        assert.ok(generated.length > 0);
        const shown = JSON.stringify(preview.diff);
        assert.ok(
          generated.every(({ outputs }) => !shown.includes(String(outputs["result"]))),
          "a secret is shown",
        );
      });
    }
  });
}
