import assert from "node:assert/strict";
import { formatFault } from "../../../config/fault.ts";
import { unpackUserData } from "../../../machine/index.ts";
import { adapter } from "../../../providers/alibaba/index.ts";
import { type RecordedResource, Unknown } from "../../../recording/record.ts";
import { before, images, type Rendered, render, sources, tls, type Values } from "../../support/alibaba.ts";
import { cluster } from "../../support/cluster.ts";
import { assertOnlyFault } from "../../support/faults.ts";

const eip = "ecs/eipAddress:EipAddress";
const template = "ecs/ecsLaunchTemplate:EcsLaunchTemplate";
const shared = { sharedBandwidthMbps: 2000 };
const groups = { origin: { max: 3 }, edge: { max: 5 } };

const poolOf = (stack: Rendered, role: string): readonly RecordedResource[] =>
  stack.all(eip).filter(({ name }) => name.startsWith(`ams-test-addresses-${role}-`));

const factsOf = (stack: Rendered, role: string): string => {
  const { userData } = stack.one(template, `ams-test-${role}`).inputs;
  return unpackUserData(String(userData));
};

const policyOf = (stack: Rendered, name: string): string => {
  const { policyDocument } = stack.one("ram/policy:Policy", name).inputs;
  return policyDocument instanceof Unknown ? (policyDocument.text ?? "") : String(policyDocument);
};

const follows = (stack: Rendered, one: RecordedResource, other: RecordedResource): boolean =>
  before(stack, one).has(other.urn);

describe("On Alibaba Cloud, shared bandwidth", () => {
  it("is off by default: each media machine has its own public address, and none of a pool", async () => {
    const stack = await render(groups);
    assert.deepEqual(stack.all("vpc/commonBandwithPackage:CommonBandwithPackage"), []);
    assert.deepEqual([...poolOf(stack, "origin"), ...poolOf(stack, "edge")], []);
    assert.doesNotMatch(factsOf(stack, "edge"), /addressPool/);
  });

  it("has an address for each machine that a group may have, all in one Internet Shared Bandwidth", async () => {
    const stack = await render(groups, shared);
    const [own, ...others] = stack.all("vpc/commonBandwithPackage:CommonBandwithPackage");
    assert.deepEqual(others, []);
    const { bandwidth, internetChargeType, isp } = own?.inputs ?? {};
    assert.deepEqual([bandwidth, internetChargeType, isp], ["2000", "PayByTraffic", "BGP"]);
    for (const [role, most] of [
      ["origin", 3],
      ["edge", 5],
    ] as const) {
      const pool = poolOf(stack, role);
      // One zone's share of new machines in a rolling upgrade, and as many old ones that drain meanwhile.
      assert.equal(pool.length, most + 2 * Math.ceil(most / 2));
      for (const { name, inputs, ignoreChanges, protect } of pool) {
        const attachment = stack.one("vpc/commonBandwithPackageAttachment:CommonBandwithPackageAttachment", name);
        const joined = attachment.inputs;
        // A machine that has the address would lose its bandwidth.
        assert.deepEqual([protect, attachment.protect], [true, true]);
        assert.deepEqual(sources(joined["instanceId"]), [name]);
        assert.deepEqual(sources(joined["bandwidthPackageId"]), ["ams-test-addresses"]);
        // Both are the package's while the address is in it.
        assert.deepEqual([...ignoreChanges].sort(), ["bandwidth", "internetChargeType"]);
        assert.equal(Object(inputs["tags"]).Name, `ams-test-addresses-${role}`);
      }
      const { internetMaxBandwidthOut } = stack.one(template, `ams-test-${role}`).inputs;
      assert.equal(internetMaxBandwidthOut, 0);
      assert.match(factsOf(stack, role), new RegExp(`"name": "ams-test-addresses-${role}"`));
    }
  });

  it("stands before the machines that need it, and so ends after them", async () => {
    const stack = await render(groups, shared);
    const group = stack.one("ess/scalingGroup:ScalingGroup", "ams-test-edge");
    const known = before(stack, group);
    for (const type of [eip, "vpc/commonBandwithPackageAttachment:CommonBandwithPackageAttachment"]) {
      const own = stack.all(type).filter(({ name }) => name.includes("-addresses-edge-"));
      assert.ok(own.length > 0 && own.every(({ urn }) => known.has(urn)), type);
    }
    const granted = stack.one("ram/rolePolicyAttachment:RolePolicyAttachment", "ams-test-addresses-edge");
    assert.ok(known.has(granted.urn));
  });

  it("lets a machine bind the addresses of its own group, by id, and unbind none", async () => {
    const stack = await render({ ...groups, edge: { max: 200 } }, shared);
    const documents = ["edge", "edge-more-2", "edge-more-3", "edge-more-4", "edge-more-5", "origin"].map((name) =>
      policyOf(stack, `ams-test-addresses-${name}`),
    );
    for (const document of documents) {
      const actions = JSON.parse(document).Statement.map(({ Action }: { readonly Action: string }) => Action);
      assert.deepEqual(actions, ["vpc:DescribeEipAddresses", "vpc:AssociateEipAddress"]);
      assert.ok(document.length < 6144, `${document.length} characters`);
      assert.doesNotMatch(document, /Unassociate|eip\/\*"[^}]*AssociateEipAddress/);
    }
    const ids = (document: string | undefined) => document?.match(/:eip\/[^"*]+/g) ?? [];
    const edges = documents.slice(0, 5).flatMap(ids);
    assert.equal(edges.length, poolOf(stack, "edge").length);
    assert.equal(new Set(edges).size, edges.length);
    assert.equal(ids(documents[5]).length, poolOf(stack, "origin").length);
    assert.deepEqual(
      ids(documents[5]).filter((id) => edges.includes(id)),
      [],
    );
  });

  it("has the balancers' addresses in it as well, by attachments that make no other balancer", async () => {
    const stack = await render({ ...tls, turn: {} }, shared);
    const web = stack.all(
      "alb/loadBalancerCommonBandwidthPackageAttachment:LoadBalancerCommonBandwidthPackageAttachment",
    );
    const stream = stack.all(
      "nlb/loadbalancerCommonBandwidthPackageAttachment:LoadbalancerCommonBandwidthPackageAttachment",
    );
    const joined = [...web, ...stream].flatMap(({ inputs }) => sources(inputs["loadBalancerId"]));
    assert.deepEqual(joined.sort(), ["ams-test-balancer", "ams-test-balancer-stream", "ams-test-balancer-turn"]);
    for (const type of ["alb/loadBalancer:LoadBalancer", "nlb/loadBalancer:LoadBalancer"])
      for (const { inputs, ignoreChanges } of stack.all(type)) {
        assert.equal(inputs["bandwidthPackageId"], undefined);
        assert.ok(ignoreChanges.includes("bandwidthPackageId"));
      }
    // A balancer that is being configured takes nothing else: one after the other, and then its listeners.
    const [joinedWeb] = web;
    assert.ok(joinedWeb !== undefined);
    for (const type of ["loadBalancerSecurityGroupAttachment", "loadBalancerAccessLogConfigAttachment"]) {
      const [earlier] = stack.all(`alb/${type}:L${type.slice(1)}`);
      assert.ok(earlier !== undefined && follows(stack, joinedWeb, earlier), type);
    }
    const front = (listener: RecordedResource, joins: readonly RecordedResource[]) =>
      joins.filter((one) => follows(stack, listener, one)).length;
    assert.deepEqual([...new Set(stack.all("alb/listener:Listener").map((one) => front(one, web)))], [1]);
    assert.deepEqual([...new Set(stack.all("nlb/listener:Listener").map((one) => front(one, stream)))], [1]);
    const closed = await render({ balancer: { scheme: "internal" } }, shared);
    assert.deepEqual(
      closed.resources.filter(({ type }) => /CommonBandwidthPackageAttachment$/.test(type)),
      [],
    );
  });

  const refuse = (values: Values, block: Values) => {
    const { faults } = adapter.prepare({ images, ...block }, cluster({ cloud: "alibaba", ...values }));
    return faults.map(formatFault);
  };

  it("is refused where it would carry nothing, or not what the audience needs", () => {
    const path = "^ams:alibaba\\.sharedBandwidth";
    const people = { publishers: 1, viewers: 5000, bitrateKbps: 1500 };
    assertOnlyFault(
      refuse({ network: { zones: ["a", "b"], media: "private" } }, shared),
      new RegExp(`${path}Mbps: got 2000; allowed: not set, because ams:network\\.media is private`),
    );
    assertOnlyFault(
      refuse({ audience: people }, shared),
      new RegExp(`${path}Mbps: got 2000; allowed: at least 7500, .* 5000 viewers at 1500 kbps.*Mbps 7500`),
    );
    assert.deepEqual(refuse({ audience: people }, { sharedBandwidthMbps: 7500 }), []);
    assertOnlyFault(
      refuse({}, { sharedBandwidthBilling: "bandwidth" }),
      new RegExp(
        `${path}Billing: got "bandwidth"; allowed: traffic, because ams:alibaba\\.sharedBandwidthMbps is not set`,
      ),
    );
    assertOnlyFault(
      refuse({ edge: { max: 400 } }, shared),
      /^ams:edge\.max: got 800 machines; allowed: at most 450.* ams:edge\.max 224$/,
    );
    assert.deepEqual(refuse({ edge: { max: 224 } }, shared), []);
  });
});

describe("On Alibaba Cloud, fixed addresses of origins", () => {
  it("are a pool of the origins' own, which the outputs name, beside edges with addresses of their own", async () => {
    const stack = await render({ origin: { max: 2, fixedAddresses: true } }, { publicBandwidthMbps: 80 });
    assert.deepEqual(poolOf(stack, "edge"), []);
    assert.deepEqual(
      poolOf(stack, "origin").map(({ inputs, ignoreChanges }) => [inputs["bandwidth"], [...ignoreChanges]]),
      Array.from({ length: 4 }, () => ["80", ["internetChargeType"]]),
    );
    assert.deepEqual(stack.all("vpc/commonBandwithPackage:CommonBandwithPackage"), []);
    const widths = ["origin", "edge"].map(
      (role) => stack.one(template, `ams-test-${role}`).inputs["internetMaxBandwidthOut"],
    );
    assert.deepEqual(widths, [0, 80]);
    assert.deepEqual(
      sources(stack.outputs["originAddresses"]),
      poolOf(stack, "origin").map(({ name }) => name),
    );
    assert.deepEqual((await render({}, shared)).outputs["originAddresses"], []);
  });
});
