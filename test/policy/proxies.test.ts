import assert from "node:assert/strict";
import { type Cloud, check } from "../../policy/index.ts";
import { toPlain } from "../../recording/read/plain.ts";
import { render, stackFiles } from "../support/contract.ts";
import { type Case, change, isAt, type Thing } from "./broken.ts";

const clouds: readonly Cloud[] = ["aws", "alibaba"];
const kinds = ["haproxy", "nginx"] as const;
type Kind = (typeof kinds)[number];

/** A shipped stack file with proxies and administrators. */
async function stackOf(cloud: Cloud, kind: Kind): Promise<readonly Thing[]> {
  const raw = stackFiles[cloud];
  const values = {
    ...raw.values,
    balancer: { kind },
    certificate: { source: "issued" },
    access: { adminCidrs: ["203.0.113.0/24"] },
  };
  const { recording } = await render(cloud, { ...raw, values });
  return recording.resources
    .filter(({ custom }) => custom)
    .map(({ type, name, inputs }) => ({ type, name, props: toPlain(inputs) }));
}

const inAws = "vpc/securityGroupIngressRule firewall";
const inAlibaba = "ecs/securityGroupRule firewall";
const toAnybody = { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" };

interface Broken extends Omit<Case, "found"> {
  /** What is found fault with, if it isn't what was changed. */
  readonly found?: readonly string[];
}

const cases: readonly Broken[] = [
  {
    rule: "no-open-ingress",
    cloud: "aws",
    what: "the statistics are open to anybody",
    at: `${inAws}-admin-proxy-tcp-6080-in-203.0.113.0-24`,
    set: { cidrIpv4: "0.0.0.0/0" },
  },
  {
    rule: "no-open-ingress",
    cloud: "aws",
    what: "the nodes take RTMP from anybody past the proxies",
    at: `${inAws}-proxy-origin-tcp-1935-in`,
    set: toAnybody,
  },
  {
    rule: "node-ports-only-from-cluster",
    cloud: "aws",
    what: "a range reaches the proxies' health port",
    at: `${inAws}-balancer-proxy-tcp-6081-in`,
    set: { referencedSecurityGroupId: undefined, cidrIpv4: "198.51.100.0/24" },
  },
  {
    rule: "database-only-from-nodes",
    cloud: "aws",
    what: "the proxies reach the database",
    at: `${inAws}-edge-database-tcp-27017-in`,
    set: {
      referencedSecurityGroupId: {
        unknown: "urn:pulumi:aws::ams::aws:ec2/securityGroup:SecurityGroup::ams-aws-firewall-proxy.id",
      },
    },
  },
  {
    rule: "no-wildcard-grants",
    cloud: "aws",
    what: "their role asks without a condition",
    at: "iam/rolePolicy secrets-proxy",
    set: { policy: { Statement: [{ Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" }] } },
  },
  {
    rule: "replacement-keeps-capacity",
    cloud: "aws",
    what: "a refresh takes half of them away",
    at: "autoscaling/group proxy",
    set: { "instanceRefresh.preferences.minHealthyPercentage": 50 },
  },
  {
    rule: "plain-http-only-redirects",
    cloud: "aws",
    what: "there is no TLS to be redirected to",
    at: "lb/listener balancer-tcp-443",
    set: { port: 8443 },
    found: ["lb/listener balancer-tcp-80"],
  },
  {
    rule: "group-images-are-pinned",
    cloud: "aws",
    what: "their image is somebody's parameter",
    at: "ec2/launchTemplate proxy",
    set: { imageId: "resolve:ssm:/somebody/image" },
  },
  {
    rule: "targets-are-checked",
    cloud: "aws",
    what: "a set of proxies has no path to ask for",
    at: "lb/targetGroup tcp443",
    set: { "healthCheck.path": undefined },
  },
  {
    rule: "no-open-ingress",
    cloud: "alibaba",
    what: "the statistics are open to anybody",
    at: `${inAlibaba}-admin-proxy-tcp-6080-in-203.0.113.0-24`,
    set: { cidrIp: "0.0.0.0/0" },
  },
  {
    rule: "node-ports-only-from-cluster",
    cloud: "alibaba",
    what: "a range reaches the proxies' health port",
    at: `${inAlibaba}-balancer-proxy-tcp-6081-in-a`,
    set: { cidrIp: "198.51.100.0/24" },
  },
  {
    rule: "balancer-decides-health",
    cloud: "alibaba",
    what: "nobody asks the balancer about them",
    at: "ess/scalingGroup proxy",
    set: { healthCheckTypes: ["ECS"] },
  },
  {
    rule: "logs-have-client-addresses",
    cloud: "alibaba",
    what: "a set of proxies sees the balancer's addresses",
    at: "nlb/serverGroup balancer-tcp443",
    set: { preserveClientIpEnabled: false },
  },
];

describe("The policy rules over clusters with proxies", () => {
  for (const cloud of clouds)
    for (const kind of kinds)
      it(`find nothing with ${kind} on ${cloud}`, async () => {
        assert.deepEqual(check(await stackOf(cloud, kind)), []);
      });

  for (const { rule, cloud, what, at, set, found: others } of cases)
    it(`find with ${rule} that ${what}, on ${cloud}`, async () => {
      const stack = await stackOf(cloud, "nginx");
      const targets = stack.filter((thing) => isAt(at, cloud, thing));
      assert.equal(targets.length, 1, at);
      const broken = stack.map((thing) =>
        targets.includes(thing) ? { ...thing, props: change(thing.props, set) } : thing,
      );
      const found = check(broken).map((finding) => `${finding.rule} ${finding.name}`);
      const wanted = (others ?? [at]).map((one) => stack.find((thing) => isAt(one, cloud, thing))?.name);
      assert.deepEqual(
        found.filter((text) => text.startsWith(`${rule} `)),
        wanted.map((name) => `${rule} ${name}`),
      );
      // A port that nothing serves any more is another rule's matter.
      if (others === undefined) assert.equal(found.length, 1, found.join(", "));
    });
});
