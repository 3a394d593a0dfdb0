import assert from "node:assert/strict";
import { flows } from "../../model/network/firewall.ts";
import { gatePorts, ingest, streamTargets } from "../../model/traffic/targets.ts";
import { renderCluster as renderAlibaba } from "../support/alibaba.ts";
import { renderCluster as renderAws } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";
import { Recorded } from "../support/read/recorded.ts";
import { filesOf } from "./rig.ts";

/** As an engineer's next row of the table; its name is one of those that the tests' types know. */
const added = { role: "origin", stickySeconds: 0, enabled: () => true } as const;
const rows = [
  { ...added, name: "rist", protocol: "tcp", port: 7001 },
  { ...added, name: "quic", protocol: "udp", port: 7002 },
] as const;

const portsOfGate = (of = cluster()): unknown =>
  JSON.parse(filesOf("origin", of).get("/etc/ams-cluster/facts.json") ?? "").gate;

/** The ports that a stranger reaches on a node, but for WebRTC's media, which AMS opens for a session alone. */
const openPorts = (of = cluster()): readonly string[] =>
  flows(of)
    .filter(({ from, to, ports }) => from === "internet" && to === "origin" && ports[0] === ports[1])
    .map(({ protocol, ports }) => `${protocol} ${ports[0]}`);

describe("a new target of the listener table", () => {
  before(() => Reflect.apply(Array.prototype.push, ingest, rows));
  after(() => Reflect.apply(Array.prototype.splice, ingest, [-rows.length]));

  it("is closed at the gate, opened by the firewall and served by target groups, on both clouds", async () => {
    const wanted = ["tcp 1935", "udp 4200", "tcp 7001", "udp 7002"];
    assert.deepEqual(openPorts(), wanted);
    assert.deepEqual(portsOfGate(), {
      peers: ["10.0.0.0/19", "10.0.32.0/19"],
      tcp: [5080, 1935, 7001],
      udp: [4200, 7002],
    });
    const aws = new Recorded(await renderAws(cluster()));
    const targets = aws.ofType("aws:lb/targetGroup:TargetGroup").map(({ inputs }) => Number(inputs["port"]));
    const grants = aws.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    for (const { port } of rows) {
      assert.ok(targets.includes(port), `a target group for ${port}`);
      assert.ok(
        grants.some(({ inputs }) => inputs["fromPort"] === port),
        `a rule for ${port}`,
      );
    }
    const alibaba = await renderAlibaba(cluster({ cloud: "alibaba" }));
    const groups = alibaba.all("nlb/serverGroup:ServerGroup").map(({ name }) => name);
    for (const { name } of rows)
      assert.ok(
        groups.some((one) => one.endsWith(name)),
        `${name} among ${groups}`,
      );
  });

  it("is closed at the gate for AMS listens there, whatever the balancer takes", () => {
    const closed = cluster({ balancer: { rtmp: false, srt: false } });
    assert.deepEqual(
      streamTargets(closed).map(({ name }) => String(name)),
      ["rist", "quic"],
    );
    assert.deepEqual(portsOfGate(closed), { peers: ["10.0.0.0/19", "10.0.32.0/19"], ...gatePorts(closed) });
  });
});
