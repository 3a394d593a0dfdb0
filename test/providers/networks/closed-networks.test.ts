import assert from "node:assert/strict";
import { parse } from "../../../config/parse.ts";
import type { Cloud } from "../../../config/types.ts";
import { type Recording, record } from "../../../recording/record.ts";
import { compare } from "../../../tools/diff/compare.ts";
import { effectsOf } from "../../../tools/diff/effects/effects.ts";
import { verdictOf } from "../../../tools/diff/verdict.ts";
import { clouds } from "../../support/contract.ts";
import { existingNetwork } from "../../support/existing.ts";
import { faultsOf } from "../../support/faults.ts";
import { merged, type Tree } from "../../support/merged.ts";
import { planned } from "../../support/planned.ts";
import { raw } from "../../support/raw.ts";

const least: Readonly<Record<Cloud, Tree>> = {
  aws: { aws: { images: { media: "ami-0123456789abcdef0" } } },
  alibaba: { alibaba: { images: { media: "m-gw8123456789abcdefgh" } } },
};

const closed = { balancer: { scheme: "internal" }, network: { zones: ["a", "b"], media: "private" } };
const render = (cloud: Cloud, values: Tree): Promise<Recording> =>
  record(raw({ cloud, ...merged(least[cloud], values) }));
const inputsOf = ({ resources }: Recording, type: RegExp) =>
  resources.filter((one) => type.test(one.type)).map(({ inputs }) => inputs);

const balancers = /^(aws:lb|alicloud:(alb|nlb))\/loadBalancer:/;
const addresses = /\/eip(Address)?:/;
const templates = /aunchTemplate:/;

/** Whether machines of a template get a public address. */
const machines = ({ resources }: Recording) =>
  resources
    .filter(({ type, name }) => templates.test(type) && /-(origin|edge|proxy)$/.test(name))
    .map(({ inputs }) => inputs);

const isPublic = (inputs: object): boolean => {
  const text = JSON.stringify(inputs);
  return !/"associatePublicIpAddress":"false"|"internetMaxBandwidthOut":0\b/.test(text);
};

const domain = { name: "live.example.com", zone: "example.com", dns: "external" };

describe("A closed network", () => {
  for (const cloud of clouds) {
    it(`on ${cloud} has no public balancer, no public AMS machine, and lets nobody in from the internet`, async () => {
      const recording = await render(cloud, merged(closed, { turn: {}, domain }));
      const found = inputsOf(recording, balancers);
      // With that of the TURN servers, which are for the clients of the same networks.
      assert.equal(found.length, 3);
      for (const inputs of found) assert.match(JSON.stringify(inputs), /"internal":true|"addressType":"Intranet"/);
      assert.deepEqual(machines(recording).map(isPublic), [false, false]);
      // The NAT gateway's own.
      assert.equal(inputsOf(recording, addresses).length, 1);
      const inward = inputsOf(recording, /:(SecurityGroupIngressRule|SecurityGroupRule)$/).filter(
        ({ type, policy }) => type !== "egress" && policy !== "drop",
      );
      assert.ok(inward.length > 10);
      assert.doesNotMatch(JSON.stringify(inward), /0\.0\.0\.0\/0/);
      assert.match(JSON.stringify(inward), /192\.168\.0\.0\/16/);
    });

    it(`on ${cloud} leads the AMS machines of each zone out by NAT`, async () => {
      const open = await render(cloud, { network: { zones: ["a", "b"] } });
      const { resources } = await render(cloud, closed);
      const toTable = resources.filter(({ type }) => /(RouteTableAssociation|RouteTableAttachment)$/.test(type));
      const tables = toTable.map(({ name, inputs }) => [name, String(JSON.stringify(inputs["routeTableId"]))] as const);
      for (const zone of ["a", "b"]) {
        const [, table = ""] = tables.find(([name]) => name.endsWith(`media-${zone}`)) ?? [];
        assert.match(table, new RegExp(`private-${zone}`));
      }
      const translated = resources.filter(({ type }) => type.endsWith(":SnatEntry")).length;
      const before = inputsOf(open, /:SnatEntry$/).length;
      assert.equal(translated - before, cloud === "alibaba" ? 2 : 0);
    });

    it(`on ${cloud} stands in private subnets of an existing network, proxies too`, async () => {
      const network = merged(existingNetwork(cloud) as Tree, { media: "private" });
      const recording = await render(cloud, { balancer: { kind: "haproxy", scheme: "internal" }, network });
      assert.deepEqual(machines(recording).map(isPublic), [false, false, false]);
      assert.equal(inputsOf(recording, addresses).length, 0);
    });

    it(`on ${cloud} is a replacement of the balancers for a stack that was open, and the diff says so`, async () => {
      const found = compare(await planned(cloud), await planned(cloud, ["balancer.scheme=internal"]));
      const names = found.resources.filter(({ type }) => balancers.test(type));
      assert.deepEqual(
        names.map(({ operation, isRefused }) => [operation, isRefused]),
        names.map(() => ["replace", true]),
      );
      assert.ok(names.length >= 1);
      const effects = effectsOf(found.resources);
      assert.match(effects.join("\n"), /replaces the load balancer \S+: its address changes/);
      assert.match(
        verdictOf(found, effects).text,
        /blocked by resource protection: .*deploy the stack with ams:protect set to false/,
      );
    });

    it(`on ${cloud} keeps the open stack's balancers, machines and rules as they are`, async () => {
      const said = { balancer: { scheme: "internet" }, network: { zones: ["a", "b"], media: "public" } };
      const [one, other] = [await render(cloud, said), await render(cloud, { network: { zones: ["a", "b"] } })];
      assert.deepEqual(JSON.stringify(one.resources), JSON.stringify(other.resources));
    });
  }

  it("needs NAT in a network of its own", () => {
    const network = { zones: ["a", "b"], media: "private", nat: "none" };
    const [fault = "", ...others] = faultsOf(raw({ mode: "standalone", network }));
    assert.deepEqual(others, []);
    assert.match(fault, /^ams:network\.nat: got "none"; allowed: one or per-zone, because .* ams:network\.nat one$/);
  });

  it("tells how WebRTC reaches machines without public addresses", () => {
    const warned = (values: Tree) =>
      parse(raw(merged({ domain, network: { zones: ["a", "b"], media: "private" } }, values))).warnings.filter((text) =>
        /WebRTC/.test(text),
      );
    const [bare = "", relayed = "", internal = ""] = [
      {},
      { turn: {} },
      { turn: {}, balancer: { scheme: "internal" } },
    ].map((values) => warned(values).join());
    assert.match(bare, /need a VPN or TURN servers \(ams:turn\)/);
    assert.match(relayed, /only through the TURN servers\. Set ams:turn\.count/);
    assert.doesNotMatch(relayed, /need a VPN/);
    assert.match(internal, /outside private networks need a VPN$/);
  });

  it("gets no certificate of Let's Encrypt, which asks from the internet", () => {
    const balancer = { kind: "nginx", scheme: "internal" };
    const [fault = "", ...others] = faultsOf(raw({ balancer, domain, certificate: { source: "issued" } }));
    assert.deepEqual(others, []);
    assert.match(fault, /^ams:certificate\.source: .*Let's Encrypt must reach the proxies from the internet/);
  });

  it("gets one with a wildcard, whose proof is a record that the internet reads", () => {
    const balancer = { kind: "nginx", scheme: "internal" };
    const names = ["*.live.example.com"];
    const values = { balancer, domain: { ...domain, names, dns: "managed" }, certificate: { source: "issued" } };
    assert.deepEqual(faultsOf(raw(values)), []);
  });
});
