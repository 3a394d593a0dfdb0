import assert from "node:assert/strict";
import { isKnownType, reasonFor, verdictOn } from "../../../tools/diff/force-new/force-new.ts";
import { planned } from "../../support/planned.ts";

const subnet = "aws:ec2/subnet:Subnet";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const balancer = "aws:lb/loadBalancer:LoadBalancer";

describe("What is known of replacements", () => {
  it("covers every type that the stacks use", async () => {
    const stacks = await Promise.all(
      ["aws", "alibaba"].map((stack) => planned(stack, ["access.adminCidrs[0]=203.0.113.0/24"])),
    );
    const types = new Set(stacks.flatMap(({ resources }) => resources.map(({ type }) => type)));
    assert.deepEqual(
      [...types].filter((type) => !isKnownType(type)),
      [],
    );
  });

  it("tells replacement, update in place and not knowing apart", () => {
    const verdict = (type: string, path: string) => verdictOn(type, { path, before: "a", after: "b" }, {}, {});
    assert.equal(verdict(subnet, "cidrBlock"), "replace");
    assert.equal(verdict(subnet, "mapPublicIpOnLaunch"), "update");
    assert.equal(verdict(subnet, "tags.Name"), "update");
    assert.equal(verdict(rule, "description"), "update");
    assert.equal(verdict("aws:new/thing:Thing", "size"), "unknown");
    assert.equal(verdict("aws:new/thing:Thing", "tags.Name"), "update");
    assert.equal(verdict("aws:ec2/instance:Instance", "launchTemplate.id"), "replace");
    assert.equal(verdict("aws:ec2/instance:Instance", "instanceType"), "update");
    assert.equal(verdict("aws:ec2/instance:Instance", "someNewProperty"), "unknown");
    assert.equal(verdict("alicloud:pvtz/zone:Zone", "zoneName"), "replace");
    assert.equal(verdict("alicloud:alb/loadBalancer:LoadBalancer", "zoneMappings.vswitchId"), "update");
    assert.equal(verdict("alicloud:vpc/flowLog:FlowLog", "logStoreName"), "replace");
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
    assert.match(reasonFor(balancer, taken, network) ?? "", /is removed/);
    assert.equal(verdictOn(balancer, added, network, network), "update");
    assert.equal(verdictOn(balancer, taken, {}, { loadBalancerType: "application" }), "update");
  });
});
