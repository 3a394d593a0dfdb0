import assert from "node:assert/strict";
import { compare } from "../../../tools/diff/compare.ts";
import { detailsOf, tallyOf, tallyText } from "../../../tools/diff/page/words.ts";
import { type PlannedStack, readPlan } from "../../../tools/diff/planned.ts";

interface Made {
  readonly name: string;
  readonly type?: string;
  readonly inputs?: object;
  readonly options?: object;
}

const subnet = "aws:ec2/subnet:Subnet";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const secretVersion = "aws:secretsmanager/secretVersion:SecretVersion";

const urnOf = (name: string, type: string) => `urn:pulumi:aws::ams::antmedia:cluster:Cluster$${type}::${name}`;

function stack(...made: readonly Made[]): PlannedStack {
  const resources = made.map(({ name, type = subnet, inputs = {}, options = {} }) => {
    return { urn: urnOf(name, type), type, name, parent: null, dependencies: [], inputs, options };
  });
  const [read] = readPlan(JSON.stringify({ stacks: [{ stack: "aws", cloud: "aws", resources, outputs: {} }] }));
  assert.ok(read !== undefined);
  return read;
}

const operations = (before: PlannedStack, after: PlannedStack) =>
  compare(before, after).resources.map(({ operation, name }) => `${operation} ${name}`);

describe("The comparison of two plans", () => {
  it("finds nothing where nothing differs", () => {
    const one = stack({ name: "a", inputs: { cidrBlock: "10.0.0.0/24" } });
    const diff = compare(one, one);
    assert.deepEqual([diff.resources, diff.same], [[], 1]);
  });

  it("tells create, update, replace and delete, in this order of the program, deletions last", () => {
    const before = stack(
      { name: "a", inputs: { cidrBlock: "10.0.0.0/24" } },
      { name: "b", inputs: { mapPublicIpOnLaunch: true } },
      { name: "c" },
      { name: "d" },
    );
    const after = stack(
      { name: "a", inputs: { cidrBlock: "10.0.1.0/24" } },
      { name: "b", inputs: { mapPublicIpOnLaunch: false } },
      { name: "c" },
      { name: "e", inputs: { vpcId: "v" } },
    );
    assert.deepEqual(operations(before, after), ["replace a", "update b", "create e", "delete d"]);
    const diff = compare(before, after);
    assert.deepEqual(tallyOf(diff), { create: 1, update: 1, replace: 1, delete: 1 });
    assert.equal(tallyText(diff), "1 create, 1 update in place, 1 replace, 1 delete, 1 unchanged");
  });

  it("leaves out what the program says to ignore, also inside of a value", () => {
    const own = (inputs: object) => stack({ name: "a", inputs, options: { ignoreChanges: ["cidrBlock", "tags.at"] } });
    const before = own({ cidrBlock: "10.0.0.0/24", tags: { at: "1" } });
    assert.deepEqual(operations(before, own({ cidrBlock: "10.9.0.0/24", tags: { at: "2" } })), []);
    assert.deepEqual(operations(before, own({ cidrBlock: "10.9.0.0/24", tags: { at: "2", by: "me" } })), ["update a"]);
  });

  it("replaces for what the program says to replace for", () => {
    const own = (inputs: object) =>
      stack({ name: "a", inputs, options: { replaceOnChanges: ["mapPublicIpOnLaunch"] } });
    assert.deepEqual(operations(own({ mapPublicIpOnLaunch: true }), own({})), ["replace a"]);
  });

  it("says that the engine refuses to replace or delete what is protected", () => {
    const own = (inputs: object) => ({ name: "a", inputs, options: { protect: true } });
    const before = stack(own({ cidrBlock: "10.0.0.0/24" }));
    const [replaced] = compare(before, stack(own({ cidrBlock: "10.1.0.0/24" }))).resources;
    const [deleted] = compare(before, stack()).resources;
    const [updated] = compare(before, stack(own({ cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true }))).resources;
    assert.deepEqual([replaced?.isRefused, deleted?.isRefused, updated?.isRefused], [true, true, false]);
    assert.match(detailsOf(deleted ?? assert.fail())[0] ?? "", /protected: the engine rejects/);
  });

  it("keeps what the program names by a former name, and says of others that they were renamed", () => {
    const before = stack({ name: "old", inputs: { cidrBlock: "10.0.0.0/24", tags: { Name: "old" } } });
    const inputs = { cidrBlock: "10.0.0.0/24", tags: { Name: "new" } };
    assert.deepEqual(operations(before, stack({ name: "new", inputs, options: { aliases: ["old"] } })), ["update new"]);
    assert.deepEqual(operations(before, stack({ name: "new", inputs, options: { aliases: [urnOf("old", subnet)] } })), [
      "update new",
    ]);
    const renamed = compare(before, stack({ name: "new", inputs })).resources;
    assert.deepEqual(
      renamed.map(({ operation, name }) => `${operation} ${name}`),
      ["create new", "delete old"],
    );
    assert.match(detailsOf(renamed[0] ?? assert.fail())[0] ?? "", /differs only in name from old/);
    assert.match(detailsOf(renamed[1] ?? assert.fail())[0] ?? "", /is recreated as new/);
  });

  it("follows what is made anew to all that refers to it, as far as that matters", () => {
    const own = (cidrBlock: string) =>
      stack(
        { name: "vpc", type: "aws:ec2/vpc:Vpc", inputs: { cidrBlock } },
        { name: "a", inputs: { vpcId: { unknown: `${urnOf("vpc", "aws:ec2/vpc:Vpc")}.id` } } },
        {
          name: "web",
          type: "aws:lb/loadBalancer:LoadBalancer",
          inputs: { subnets: [{ unknown: `${urnOf("a", subnet)}.id` }] },
        },
        { name: "other", type: "aws:lb/loadBalancer:LoadBalancer", inputs: { subnets: ["subnet-1"] } },
      );
    assert.deepEqual(operations(own("10.0.0.0/16"), own("10.1.0.0/16")), ["replace vpc", "replace a", "update web"]);
  });

  it("knows that a launch template's update makes a new version, and that new tags make none", () => {
    const own = (inputs: object) =>
      stack(
        { name: "t", type: template, inputs },
        {
          name: "g",
          type: "aws:autoscaling/group:Group",
          inputs: { launchTemplate: { version: { unknown: `${urnOf("t", template)}.latestVersion` } } },
        },
      );
    assert.deepEqual(operations(own({ imageId: "a" }), own({ imageId: "b" })), ["update t", "update g"]);
    assert.deepEqual(operations(own({ tags: { a: "1" } }), own({ tags: { a: "2" } })), ["update t"]);
  });

  it("shows a changed secret as changed, and nothing of it", () => {
    const own = (parts: readonly string[]) =>
      stack({
        name: "s",
        type: secretVersion,
        inputs: { secretString: "[secret]" },
        options: { secrets: { secretString: parts } },
      });
    const given = own(["config.ams:panelPassword"]);
    assert.deepEqual(operations(own(["generated.result"]), given), ["replace s"]);
    assert.deepEqual(operations(given, given), []);
    const [changed] = compare(given, given, new Set(["panelPassword"])).resources;
    assert.deepEqual(detailsOf(changed ?? assert.fail()), [
      "secretString [secret] -> different [secret] [forces replacement]",
    ]);
  });

  it("notices another text around a secret's parts by its fingerprint, where both plans have one", () => {
    const made = (fingerprints: object) => {
      const options = { secrets: { secretString: ["p.result"] }, ...fingerprints };
      return stack({ name: "s", type: secretVersion, inputs: { secretString: "[secret]" }, options });
    };
    const [one, other] = ["0123456789abcdef", "fedcba9876543210"].map((hash) =>
      made({ fingerprints: { secretString: hash } }),
    );
    assert.ok(one !== undefined && other !== undefined);
    assert.deepEqual(operations(one, one), []);
    assert.deepEqual(operations(one, other), ["replace s"]);
    assert.deepEqual(operations(made({}), other), []);
  });

  it("doesn't know what becomes of a type that nobody has read about", () => {
    const own = (size: number) => stack({ name: "x", type: "aws:new/thing:Thing", inputs: { size } });
    const diff = compare(own(1), own(2));
    assert.equal(
      tallyText(diff),
      "0 create, 1 update in place (1 of these: replace?), 0 replace, 0 delete, 0 unchanged",
    );
    assert.deepEqual(detailsOf(diff.resources[0] ?? assert.fail()), ["size 1 -> 2 [replace?]"]);
  });

  it("takes an absent side for a stack that is new or goes", () => {
    const one = stack({ name: "a" });
    const none = { ...one, resources: [] };
    assert.deepEqual(operations(none, one), ["create a"]);
    assert.deepEqual(operations(one, none), ["delete a"]);
  });
});
