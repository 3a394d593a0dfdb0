import assert from "node:assert/strict";
import type { Cloud } from "../../../config/types.ts";
import { ipv6Subnet } from "../../../model/network/ranges.ts";
import { check } from "../../../policy/index.ts";
import { toResources } from "../../../recording/read/plain.ts";
import { faultsIn } from "../../mistakes/faults-of.ts";
import { render, stackFiles } from "../../support/contract.ts";

const dual = {
  balancer: { ipv6: true },
  domain: { name: "live.example.com", zone: "example.com", names: ["a.example.com"] },
};
const raw = (values: object) => ({ ...stackFiles.aws, values: { ...stackFiles.aws.values, ...values } });

const recorded = async (values: object) => toResources((await render("aws", raw(values))).recording.resources);

describe("IPv6 for viewers on AWS", () => {
  it("gives the application load balancer, its subnets and its names addresses of both kinds, and nothing else", async () => {
    const all = await recorded(dual);
    const having = (key: string): readonly string[] =>
      all.filter(({ props }) => props[key] !== undefined).map(({ name }) => name);
    assert.deepEqual(having("ipAddressType"), ["ams-aws-web"]);
    assert.deepEqual(having("assignGeneratedIpv6CidrBlock"), ["ams-aws-network"]);
    assert.deepEqual(having("ipv6CidrBlock"), ["ams-aws-network-balancer-a", "ams-aws-network-balancer-b"]);
    assert.deepEqual(having("destinationIpv6CidrBlock"), ["ams-aws-network-public-ipv6"]);
    const opened = all.filter(({ props }) => props["cidrIpv6"] === "::/0").map(({ props }) => props["fromPort"]);
    assert.deepEqual([...opened].sort(), [443, 5080, 5443, 80]);
    const records = all.filter(({ type, props }) => type.endsWith(":Record") && props["type"] === "AAAA");
    assert.deepEqual(
      records.map(({ props }) => props["name"]),
      ["live.example.com", "a.example.com"],
    );
  });

  it("leaves each resource as it is that is there without it", async () => {
    const { balancer: _, ...without } = dual;
    const [before, after] = [await recorded(without), await recorded(dual)];
    const names = after.map(({ type, name }) => `${type} ${name}`);
    assert.deepEqual(
      before.map(({ type, name }) => `${type} ${name}`).filter((one) => !names.includes(one)),
      [],
    );
  });

  it("is no way in beside the firewall, but an address of a media machine's subnet is", async () => {
    const all = await recorded(dual);
    assert.deepEqual(check(all), []);
    const broken = all.map((one) =>
      one.name === "ams-aws-network-media-a"
        ? { ...one, props: { ...one.props, ipv6CidrBlock: "2001:db8::/64" } }
        : one,
    );
    assert.deepEqual(
      check(broken).map(({ rule, name }) => [rule, name]),
      [["no-other-ways-in", "ams-aws-network-media-a"]],
    );
  });

  it("numbers a zone's range by its letter", () => {
    assert.equal(ipv6Subnet("2001:db8:1:ab00::/56", 97), "2001:db8:1:ab61::/64");
    assert.equal(ipv6Subnet("2001:db8:1:ab00::/56", 122), "2001:db8:1:ab7a::/64");
  });

  it("is refused on Alibaba Cloud, and for internal balancers and proxies, by the key's name", async () => {
    const paths = async (cloud: Cloud, balancer: object) => {
      const { values, ...rest } = stackFiles[cloud];
      return (await faultsIn({ ...rest, values: { ...values, balancer } })).map(({ path }) => path);
    };
    assert.deepEqual(await paths("alibaba", { ipv6: true }), ["ams:balancer.ipv6"]);
    assert.deepEqual(await paths("aws", { ipv6: true, scheme: "internal" }), ["ams:balancer.ipv6"]);
    assert.deepEqual(await paths("aws", { kind: "nginx", ipv6: true }), ["ams:balancer.ipv6"]);
  });
});
