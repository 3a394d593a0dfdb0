import assert from "node:assert/strict";
import { admins, before, render, sources, text, tls, type Values } from "../../support/alibaba.ts";

describe("On Alibaba Cloud, the firewall", () => {
  const clusters: readonly [string, Values][] = [
    ["the least cluster", {}],
    ["administrators, TLS and three zones", { ...tls, ...admins, network: { zones: ["a", "b", "c"] } }],
    ["no ingest", { balancer: { rtmp: false, srt: false } }],
  ];
  for (const [what, values] of clusters) {
    it(`has no two rules that the cloud would take for one, with ${what}`, async () => {
      const rules = (await render(values)).all("ecs/securityGroupRule:SecurityGroupRule");
      const keys = rules.map(({ inputs }) => {
        const { description: _, ...identity } = inputs;
        return JSON.stringify(identity, Object.keys(identity).sort().concat("unknown"));
      });
      assert.equal(new Set(keys).size, keys.length);
    });
  }

  it("writes a range of ports with a slash, and minus one for all", async () => {
    const rules = (await render(admins)).all("ecs/securityGroupRule:SecurityGroupRule");
    for (const rule of rules) {
      const allowed = rule.inputs["ipProtocol"] === "all" ? /^-1\/-1$/ : /^\d+\/\d+$/;
      assert.match(text(rule, "portRange"), allowed, rule.name);
      assert.equal(rule.inputs["nicType"], "intranet", rule.name);
    }
  });

  it("drops what isn't granted where the cloud would let it pass, behind the grants", async () => {
    const rules = (await render()).all("ecs/securityGroupRule:SecurityGroupRule");
    const drops = rules.filter(({ inputs }) => inputs["policy"] === "drop");
    assert.deepEqual(drops.map(({ name }) => name).sort(), [
      "ams-test-firewall-balancer-drop-in",
      "ams-test-firewall-balancer-drop-out",
      "ams-test-firewall-database-drop-out",
    ]);
    for (const drop of drops) assert.deepEqual([drop.inputs["priority"], drop.inputs["cidrIp"]], [100, "0.0.0.0/0"]);
    for (const rule of rules) if (!drops.includes(rule)) assert.equal(rule.inputs["priority"], 1, rule.name);
  });

  it("lets the database ask the VPC's name servers and nothing else beyond the table", async () => {
    const rules = (await render()).all("ecs/securityGroupRule:SecurityGroupRule");
    const beyond = rules.filter(({ inputs }) => String(inputs["cidrIp"]).startsWith("100."));
    assert.deepEqual(
      beyond.map(({ inputs }) => [
        sources(inputs["securityGroupId"])[0],
        inputs["type"],
        inputs["ipProtocol"],
        inputs["portRange"],
        inputs["cidrIp"],
      ]),
      ["100.100.2.136/32", "100.100.2.138/32"].map((server) => [
        "ams-test-firewall-database",
        "egress",
        "udp",
        "53/53",
        server,
      ]),
    );
  });

  it("knows the balancers by their vSwitches' ranges on the nodes, a rule for each zone", async () => {
    const stack = await render();
    const ranges = ["a", "b"].map(
      (zone) => stack.one("vpc/switch:Switch", `ams-test-network-balancer-${zone}`).inputs["cidrBlock"],
    );
    const rules = ["a", "b"].map((zone) =>
      stack.one("ecs/securityGroupRule:SecurityGroupRule", `ams-test-firewall-balancer-edge-tcp-5080-in-${zone}`),
    );
    assert.deepEqual(
      rules.map(({ inputs }) => inputs["cidrIp"]),
      ranges,
    );
    for (const group of stack.all("ecs/securityGroup:SecurityGroup"))
      assert.equal(group.inputs["innerAccessPolicy"], "Drop");
  });
});

describe("On Alibaba Cloud, the way out of the database's network", () => {
  const routes = async (nat: string) => {
    const stack = await render({ network: { zones: ["a", "b"], nat } });
    const led = ["a", "b"].map((zone) => {
      const name = `ams-test-network-private-${zone}`;
      const route = stack.one("vpc/routeEntry:RouteEntry", name);
      const snat = stack.one("vpc/snatEntry:SnatEntry", name);
      assert.ok(route.deleteBeforeReplace && snat.deleteBeforeReplace, "each holds its place alone");
      assert.deepEqual(
        sources(stack.one("vpc/routeTableAttachment:RouteTableAttachment", name).inputs["vswitchId"]),
        sources(snat.inputs["sourceVswitchId"]),
      );
      return [
        sources(route.inputs["nexthopId"])[0],
        sources(snat.inputs["snatTableId"])[0],
        sources(snat.inputs["snatIp"])[0],
      ];
    });
    return { led, gateways: stack.all("vpc/natGateway:NatGateway").length };
  };

  it("is one gateway for all zones, or each zone's own", async () => {
    const [first, second] = ["ams-test-network-nat-a", "ams-test-network-nat-b"];
    assert.deepEqual(await routes("one"), {
      gateways: 1,
      led: [
        [first, first, first],
        [first, first, first],
      ],
    });
    assert.deepEqual(await routes("per-zone"), {
      gateways: 2,
      led: [
        [first, first, first],
        [second, second, second],
      ],
    });
  });

  it("comes up beside the database's machine, which tries again until it is there", async () => {
    const stack = await render();
    const needed = before(stack, stack.one("ecs/instance:Instance", "ams-test-database"));
    assert.ok(needed.size > 0);
    for (const type of [
      "vpc/routeEntry:RouteEntry",
      "vpc/snatEntry:SnatEntry",
      "vpc/routeTableAttachment:RouteTableAttachment",
      "ecs/eipAssociation:EipAssociation",
    ]) {
      assert.ok(stack.all(type).length > 0);
      for (const { urn } of stack.all(type)) assert.ok(!needed.has(urn), urn);
    }
  });
});
