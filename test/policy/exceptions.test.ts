import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import { review } from "../../policy/index.ts";
import { stackFiles } from "../support/contract.ts";
import { breakStack, broken } from "./broken.ts";

const volume = "ams-aws-database-data";
const spoiled = () => broken("encrypted-disks", "aws", ["", "ebs/volume database-data", { encrypted: false }]);

const faultsOf = (exceptions: unknown): readonly string[] => {
  const { aws } = stackFiles;
  return parse({ ...aws, values: { ...aws.values, exceptions } }).faults.map(
    ({ path, allowed }) => `${path}: ${allowed}`,
  );
};

const full = { rule: "encrypted-disks", resource: volume, reason: "a copy is under way", until: "2027-03-01" };

/** What is found, and what passes, on a day. */
async function on(today: string, exception: Partial<typeof full>) {
  const [one] = spoiled();
  assert.ok(one);
  const { resource, ...whole } = { ...full, ...exception };
  const scope = resource === undefined ? {} : { resource };
  const { findings, excepted } = review(await breakStack(one), [{ ...whole, ...scope }], today);
  return { found: findings.map(({ rule }) => rule), passes: excepted.map(({ name, until }) => `${name} ${until}`) };
}

describe("An exception", () => {
  it("lets its rule's finding pass on its resource, to the end of its last day", async () => {
    for (const day of ["2026-01-01", "2027-03-01"])
      assert.deepEqual(await on(day, {}), { found: [], passes: [`${volume} 2027-03-01`] });
  });

  it("doesn't count any more afterwards, and is reported as ended", async () => {
    assert.deepEqual(await on("2027-03-02", {}), { found: ["encrypted-disks", "exception-has-ended"], passes: [] });
  });

  it("lets nothing pass of another resource or of another rule", async () => {
    for (const other of [{ resource: "ams-aws-other" }, { rule: "targets-drain" }])
      assert.deepEqual(await on("2027-03-01", other), { found: ["encrypted-disks"], passes: [] });
  });

  it("from a rule that there isn't is reported", async () => {
    assert.deepEqual(await on("2027-03-01", { rule: "no-such-rule" }), {
      found: ["encrypted-disks", "exception-from-no-rule"],
      passes: [],
    });
  });
});

describe("ams:exceptions", () => {
  it("takes rule, resource, reason and day, also as the engine hands a day over", () => {
    assert.deepEqual(faultsOf([full, { ...full, resource: "x", until: "2027-03-01 00:00:00 +0000 UTC" }]), []);
    const { aws } = stackFiles;
    const values = { ...aws.values, exceptions: [{ ...full, until: "2027-03-01 00:00:00 +0000 UTC" }] };
    assert.deepEqual(parse({ ...aws, values }).cluster?.exceptions, [full]);
    assert.deepEqual(parse(aws).cluster?.exceptions, []);
  });

  it("refuses one without reason or end, with a day that there isn't, or with another key", () => {
    const { reason: _reason, ...unreasoned } = full;
    const { until: _until, ...endless } = full;
    assert.deepEqual(faultsOf([unreasoned, endless]), [
      "ams:exceptions[0].reason: one line of 10 to 300 characters",
      "ams:exceptions[1].until: a date such as 2027-03-01",
    ]);
    assert.deepEqual(faultsOf([{ ...full, until: "2027-02-30" }]), [
      "ams:exceptions[0].until: a date such as 2027-03-01",
    ]);
    assert.match(faultsOf([{ ...full, rules: [] }]).join(), /^ams:exceptions\[0\]\.rules: /);
    assert.match(faultsOf("encrypted-disks").join(), /^ams:exceptions: a list of exceptions/);
  });
});
