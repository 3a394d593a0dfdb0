import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isKnownType, reasonFor, verdictOn } from "../../../tools/diff/force-new.ts";
import { planned } from "../../support/planned.ts";

const subnet = "aws:ec2/subnet:Subnet";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const balancer = "aws:lb/loadBalancer:LoadBalancer";

const checksOf = (provider: string): Readonly<Record<string, { readonly replacedBy?: readonly string[] }>> =>
  JSON.parse(readFileSync(new URL(`../../support/cloud/${provider}-checks.json`, import.meta.url), "utf8"));

/** Whose contract with their provider nobody has read, so that each of their changes shows as replace?. */
const unread = [
  "alicloud:cms/dynamicTagGroup:DynamicTagGroup",
  "alicloud:log/storeIndex:StoreIndex",
  "alicloud:vpc/routeTable:RouteTable",
  "alicloud:pvtz/zone:Zone",
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy",
  "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment",
];

describe("What is known of replacements", () => {
  it("covers every type that the stacks use, but for the ones named here", async () => {
    const stacks = await Promise.all(
      ["aws", "alibaba"].map((stack) => planned(stack, ["access.adminCidrs[0]=203.0.113.0/24"])),
    );
    const types = new Set(stacks.flatMap(({ resources }) => resources.map(({ type }) => type)));
    assert.deepEqual([...types].filter((type) => !isKnownType(type)).sort(), unread.sort());
  });

  it("calls nothing an update in place that the stand-in clouds, from other sources, replace", () => {
    const wrong = ["aws", "alicloud"].flatMap((provider) =>
      Object.entries(checksOf(provider)).flatMap(([type, { replacedBy = [] }]) =>
        replacedBy
          .filter(
            (path) => isKnownType(type) && verdictOn(type, { path, before: "a", after: "b" }, {}, {}) === "update",
          )
          .map((path) => `${type} ${path}`),
      ),
    );
    // The provider's own source updates these two (route53/record.go).
    const kept = ["aws:route53/record:Record type", "aws:route53/record:Record setIdentifier"];
    assert.deepEqual(
      wrong.filter((entry) => !kept.includes(entry)),
      [],
    );
  });

  it("tells replacement, update in place and not knowing apart", () => {
    const verdict = (type: string, path: string) => verdictOn(type, { path, before: "a", after: "b" }, {}, {});
    assert.equal(verdict(subnet, "cidrBlock"), "replace");
    assert.equal(verdict(subnet, "mapPublicIpOnLaunch"), "update");
    assert.equal(verdict(subnet, "tags.Name"), "update");
    assert.equal(verdict("aws:new/thing:Thing", "size"), "unknown");
    assert.equal(verdict("aws:new/thing:Thing", "tags.Name"), "update");
    assert.equal(verdict("aws:ec2/instance:Instance", "launchTemplate.id"), "replace");
    assert.equal(verdict("aws:ec2/instance:Instance", "instanceType"), "update");
    assert.equal(verdict("aws:ec2/instance:Instance", "someNewProperty"), "unknown");
    assert.equal(verdict("random:index/randomPassword:RandomPassword", "length"), "replace");
  });

  it("doesn't know what a whole block does that has a replacing property inside", () => {
    const change = { path: "launchTemplate", after: { id: "lt-1" } };
    assert.equal(verdictOn("aws:ec2/instance:Instance", change, {}, {}), "unknown");
  });

  it("replaces a rule whose kind of source is another one, and updates another source of the same kind", () => {
    const range = { cidrIpv4: "10.0.0.0/8" };
    const wider = { cidrIpv4: "0.0.0.0/0" };
    const group = { referencedSecurityGroupId: "sg-1" };
    const change = { path: "cidrIpv4", before: "10.0.0.0/8" };
    assert.equal(verdictOn(rule, { ...change, after: "0.0.0.0/0" }, range, wider), "update");
    assert.equal(verdictOn(rule, change, range, group), "replace");
  });

  it("says why it doesn't know, and only where the reason holds", () => {
    const taken = { path: "subnets[]", before: "subnet-1" };
    const added = { path: "subnets[]", after: "subnet-2" };
    const network = { loadBalancerType: "network" };
    assert.equal(verdictOn(balancer, taken, network, network), "unknown");
    assert.match(reasonFor(balancer, taken, network) ?? "", /taken away/);
    assert.equal(verdictOn(balancer, added, network, network), "update");
    assert.equal(verdictOn(balancer, taken, {}, { loadBalancerType: "application" }), "update");
  });
});
