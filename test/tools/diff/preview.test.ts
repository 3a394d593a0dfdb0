import assert from "node:assert/strict";
import { UsageError } from "../../../tools/cli/faults.ts";
import { firewallChanges } from "../../../tools/diff/firewall.ts";
import { jsonText } from "../../../tools/diff/machine.ts";
import { markdownText } from "../../../tools/diff/page/markdown.ts";
import { reportOn } from "../../../tools/diff/page/report.ts";
import { terminalText } from "../../../tools/diff/page/terminal.ts";
import { tallyOf, textDiffs } from "../../../tools/diff/page/words.ts";
import { readPreview } from "../../../tools/diff/preview.ts";

const signature = "4dabf18193072939515e22adb298388d";
const secretKind = "1b47061264138c4ac30d75fd1eb44270";
const canary = "CanaryCanary27";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const urnOf = (type: string, name: string) => `urn:pulumi:live::ams::antmedia:cluster:Cluster$${type}::${name}`;

interface State {
  readonly [key: string]: unknown;
}

interface Step {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  readonly old?: State;
  readonly own?: State;
  readonly more?: object;
}

const step = ({ op, type, name, old, own, more }: Step) => {
  const urn = urnOf(type, name);
  return {
    op,
    urn,
    ...(old === undefined ? {} : { oldState: { urn, type, ...old } }),
    ...(own === undefined ? {} : { newState: { urn, type, ...own } }),
    ...more,
  };
};

const read = (...steps: readonly Step[]) =>
  readPreview(JSON.stringify({ config: {}, steps: steps.map(step), changeSummary: {} }));

const subnet = "aws:ec2/subnet:Subnet";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe("The summary of a real preview", () => {
  it("counts each resource once, replacements too, without components, providers and what stays", () => {
    const inputs = { inputs: { a: 1 } };
    const replaced = {
      type: subnet,
      name: "r",
      old: inputs,
      own: { inputs: { a: 2 } },
      more: { replaceReasons: ["a"] },
    };
    const { diff } = read(
      { op: "same", type: "pulumi:pulumi:Stack", name: "ams-live", old: {}, own: {} },
      { op: "create", type: "antmedia:cluster:NodeGroup", name: "g", own: {} },
      { op: "create", type: "pulumi:providers:aws", name: "default", own: {} },
      { op: "same", type: subnet, name: "s", old: inputs, own: inputs },
      { op: "create", type: subnet, name: "c", own: inputs },
      { op: "update", type: subnet, name: "u", old: inputs, own: { inputs: { a: 2 } } },
      { ...replaced, op: "create-replacement" },
      { ...replaced, op: "replace" },
      { ...replaced, op: "delete-replaced" },
      { op: "delete", type: subnet, name: "d", old: { ...inputs, protect: true } },
      { op: "read", type: subnet, name: "x", own: inputs },
    );
    assert.deepEqual(tallyOf(diff), { create: 1, update: 1, replace: 1, delete: 1 });
    assert.deepEqual([diff.stack, diff.same], ["live", 1]);
    const byName = new Map(diff.resources.map((resource) => [resource.name, resource]));
    assert.deepEqual(byName.get("u")?.changes, [{ path: "a", before: 1, after: 2, verdict: "update" }]);
    assert.deepEqual(byName.get("r")?.changes, [{ path: "a", before: 1, after: 2, verdict: "replace" }]);
    assert.equal(byName.get("d")?.isRefused, true);
  });

  it("takes the provider's own word for what changes and what it replaces for", () => {
    const { diff } = read({
      op: "replace",
      type: subnet,
      name: "r",
      old: { inputs: { list: [{ a: 1 }], tags: { "x.y": "1" } }, outputs: { state: "on" } },
      own: { inputs: { list: [{ a: unknown }], tags: { "x.y": "2" } }, outputs: { state: "off" } },
      more: {
        detailedDiff: {
          "list[0].a": { kind: "update-replace" },
          'tags["x.y"]': { kind: "update" },
          state: { kind: "update", inputDiff: false },
        },
      },
    });
    const found = JSON.parse(JSON.stringify(diff.resources[0]?.changes));
    assert.deepEqual(
      found.map((entry: { path: string; verdict: string; before: unknown }) => [
        entry.path,
        entry.verdict,
        entry.before,
      ]),
      [
        ["list[0].a", "replace", 1],
        ['tags["x.y"]', "update", "1"],
        ["state", "update", "on"],
      ],
    );
  });

  it("shows no secret in any format, in whatever form the engine gives it", () => {
    const wrapped = (text: string) => ({ [signature]: secretKind, plaintext: JSON.stringify(text), value: text });
    const key = `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----`;
    const own = (suffix: string) => ({
      inputs: {
        a: wrapped(canary + suffix),
        b: { c: [wrapped(canary + suffix)] },
        key: key + suffix,
        __defaults: [canary],
      },
      outputs: { out: wrapped(canary) },
    });
    const { diff, groups } = read(
      {
        op: "update",
        type: subnet,
        name: "s",
        old: own("1"),
        own: own("2"),
        more: { detailedDiff: { a: { kind: "update" }, b: {}, key: {}, out: {} } },
      },
      { op: "update", type: subnet, name: "t", old: own("1"), own: own("2") },
      { op: "create", type: subnet, name: "u", own: own("1") },
    );
    const report = { title: "t", notes: [], stacks: [reportOn(diff, groups)] };
    const plain = { paint: (_: string, text: string) => text, width: 500 } as const;
    for (const text of [markdownText(report), jsonText(report), terminalText(report, plain), JSON.stringify(diff)]) {
      assert.ok(!text.includes("Canary"), text.slice(0, 2000));
    }
    assert.match(terminalText(report, plain), /a \[secret\] -> different \[secret\]/);
  });

  it("shows user data as a difference of texts", () => {
    const own = (word: string) => ({
      inputs: { userData: Buffer.from(`#!/bin/sh\necho ${word}\n`).toString("base64") },
    });
    const { diff } = read({
      op: "update",
      type: template,
      name: "ams-origin",
      old: own("one"),
      own: own("two"),
      more: { detailedDiff: { userData: {} } },
    });
    assert.deepEqual(textDiffs(diff.resources), [
      { title: "ams-origin userData", text: "@@ -1 +1 @@\n #!/bin/sh\n-echo one\n+echo two\n " },
    ]);
  });

  it("names a rule's security group although the preview has its id alone", () => {
    const group = urnOf("aws:ec2/securityGroup:SecurityGroup", "ams-live-firewall-origin");
    const inputs = { securityGroupId: "sg-1", cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 22, toPort: 22 };
    const own = { inputs, propertyDependencies: { securityGroupId: [group] } };
    const { diff, groups } = read({ op: "create", type: rule, name: "ssh", own });
    assert.deepEqual(firewallChanges(diff.resources, groups), [
      {
        action: "opens",
        direction: "in",
        group: "origin",
        protocol: "tcp",
        ports: "22",
        peer: "0.0.0.0/0",
        isWorld: true,
      },
    ]);
  });

  it("refuses what is no preview, and takes an empty one", () => {
    assert.throws(() => readPreview("{"), UsageError);
    assert.throws(() => readPreview("[]"), UsageError);
    assert.throws(() => readPreview('{"steps": 1}'), UsageError);
    assert.deepEqual(readPreview('{"changeSummary": {}}').diff.resources, []);
  });
});
