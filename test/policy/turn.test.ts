import assert from "node:assert/strict";
import { type Cloud, check } from "../../policy/index.ts";
import { clouds, render, stackFiles } from "../support/contract.ts";
import { type Case, change, isAt, type Thing, thingsIn } from "./broken.ts";

/** A shipped stack file with TURN servers. */
async function stackOf(cloud: Cloud): Promise<readonly Thing[]> {
  const raw = stackFiles[cloud];
  const domain = { name: "live.example.com", zone: "example.com" };
  const { recording } = await render(cloud, { ...raw, values: { ...raw.values, domain, turn: {} } });
  return thingsIn(recording);
}

const sdk = { aws: "vpc/securityGroupEgressRule firewall", alibaba: "ecs/securityGroupRule firewall" } as const;
const inward = { aws: "vpc/securityGroupIngressRule firewall", alibaba: sdk.alibaba } as const;

/** New values of a rule of each cloud. */
const ports = (first: number, last: number) => ({
  aws: { fromPort: first, toPort: last },
  alibaba: { portRange: `${first}/${last}` },
});
const range = (cidr: string) => ({
  aws: { referencedSecurityGroupId: undefined, cidrIpv4: cidr },
  alibaba: { sourceSecurityGroupId: undefined, cidrIp: cidr },
});

interface Row {
  readonly rule: string;
  readonly what: string;
  readonly of: typeof sdk | typeof inward;
  readonly at: string;
  readonly set: Readonly<Record<Cloud, Case["set"]>>;
}

const rows: readonly Row[] = [
  ...(
    [
      ["the whole of a node", ports(0, 65535)],
      ["the network, with the database in it", range("10.0.0.0/16")],
    ] as const
  ).map(([what, set]) => ({
    ...{ rule: "turn-relays-to-nodes-only", what, set, of: sdk },
    at: "turn-origin-udp-50000-60000-out",
  })),
  {
    rule: "no-open-ingress",
    what: "another port of a TURN server is open to anybody",
    of: inward,
    at: "internet-turn-tcp-3478-in",
    set: ports(22, 22),
  },
  {
    rule: "no-open-ingress",
    what: "what a TURN server relays from is open to anybody",
    of: inward,
    at: "origin-turn-udp-49152-65535-in",
    set: range("0.0.0.0/0"),
  },
  {
    rule: "database-only-from-nodes",
    what: "TURN servers reach the database",
    of: inward,
    at: "edge-database-tcp-27017-in",
    set: {
      aws: {
        referencedSecurityGroupId: {
          unknown: "urn:pulumi:aws::ams::aws:ec2/securityGroup:SecurityGroup::ams-aws-firewall-turn.id",
        },
      },
      alibaba: {
        sourceSecurityGroupId: {
          unknown: "urn:pulumi:alibaba::ams::alicloud:ecs/securityGroup:SecurityGroup::ams-alibaba-firewall-turn.id",
        },
      },
    },
  },
];

describe("A stack with TURN servers", () => {
  for (const cloud of clouds) {
    it(`gives the rules nothing to find on ${cloud}`, async () => {
      assert.deepEqual(check(await stackOf(cloud)), []);
    });

    for (const { rule, what, of, at, set } of rows) {
      it(`is found by ${rule} on ${cloud}, and by no other rule, where ${what}`, async () => {
        const stack = await stackOf(cloud);
        const [target, ...more] = stack.filter((thing) => isAt(`${of[cloud]}-${at}`, cloud, thing));
        assert.ok(target !== undefined && more.length === 0, at);
        const broken = stack.map((thing) =>
          thing === target ? { ...thing, props: change(thing.props, set[cloud]) } : thing,
        );
        const found = check(broken);
        assert.deepEqual([...new Set(found.map((one) => one.rule))], [rule], JSON.stringify(found));
      });
    }
  }
});
