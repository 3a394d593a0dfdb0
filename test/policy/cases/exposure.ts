import { storedDocument } from "../../../model/applications/document.ts";
import { cluster } from "../../support/cluster.ts";
import { broken, type Case } from "../broken.ts";

const inAws = "vpc/securityGroupIngressRule firewall";
const inAlibaba = "ecs/securityGroupRule firewall";
const awsGroup = (name: string) => ({
  unknown: `urn:pulumi:aws::ams::aws:ec2/securityGroup:SecurityGroup::ams-aws-firewall-${name}.id`,
});
const alibabaGroup = (name: string) => ({
  unknown: `urn:pulumi:alibaba::ams::alicloud:ecs/securityGroup:SecurityGroup::ams-alibaba-firewall-${name}.id`,
});
const awsMachine = { unknown: "urn:pulumi:aws::ams::aws:ec2/instance:Instance::ams-aws-database.id" };
const alibabaMachine = {
  unknown: "urn:pulumi:alibaba::ams::alicloud:ecs/instance:Instance::ams-alibaba-database.id",
};
const inline = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };

/** What the stack itself puts into the bucket in report mode. */
const reported = {
  content: storedDocument(
    cluster({ applicationsMode: "report", applications: { live: { publish: "open", play: "open" } } }),
  ).text,
};

const anybody = { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" };

export const exposure: readonly Case[] = [
  ...broken("unnamed-applications-are-closed", "aws", [
    "report mode",
    "s3/bucketObjectv2 agent-applications",
    reported,
  ]),
  ...broken("unnamed-applications-are-closed", "alibaba", [
    "report mode",
    "oss/bucketObject agent-applications",
    reported,
  ]),
  ...broken(
    "no-open-ingress",
    "aws",
    ["SSH", `${inAws}-internet-edge-udp-50000-60000-in`, { fromPort: 22, toPort: 22, ipProtocol: "tcp" }],
    [
      "SSH over IPv6",
      `${inAws}-internet-edge-udp-50000-60000-in`,
      { fromPort: 22, toPort: 22, ipProtocol: "tcp", cidrIpv4: undefined, cidrIpv6: "::/0" },
    ],
    [
      "half the internet",
      `${inAws}-edge-edge-tcp-5000-in`,
      { referencedSecurityGroupId: undefined, cidrIpv4: "128.0.0.0/1" },
    ],
    [
      "all protocols",
      `${inAws}-internet-balancer-tcp-443-in`,
      { ipProtocol: "-1", fromPort: undefined, toPort: undefined },
    ],
    ["one port too many", `${inAws}-internet-origin-udp-50000-60000-in`, { toPort: 60001 }],
    ["the panel", `${inAws}-internet-balancer-tcp-443-in`, { fromPort: 4444, toPort: 4444 }],
    ["the database", `${inAws}-edge-database-tcp-27017-in`, anybody],
    [
      "the database on a port that isn't known",
      `${inAws}-edge-database-tcp-27017-in`,
      { ...anybody, fromPort: { unknown: "x" } },
    ],
    ["a rule within its group", "ec2/securityGroup firewall-edge", { ingress: [inline] }],
  ),
  ...broken(
    "no-open-ingress",
    "alibaba",
    ["SSH", `${inAlibaba}-internet-edge-udp-50000-60000-in`, { ipProtocol: "tcp", portRange: "22/22" }],
    [
      "SSH over IPv6",
      `${inAlibaba}-internet-edge-udp-50000-60000-in`,
      { ipProtocol: "tcp", portRange: "22/22", cidrIp: undefined, ipv6CidrIp: "::/0" },
    ],
    ["all ports", `${inAlibaba}-internet-balancer-tcp-443-in`, { portRange: "-1/-1" }],
    ["a dropping rule that accepts", `${inAlibaba}-balancer-drop-in`, { policy: "accept" }],
    ["the panel", `${inAlibaba}-internet-balancer-tcp-443-in`, { portRange: "4444/4444" }],
    [
      "the database",
      `${inAlibaba}-edge-database-tcp-27017-in`,
      { sourceSecurityGroupId: undefined, cidrIp: "0.0.0.0/0" },
    ],
    ["a rule that names no source", `${inAlibaba}-edge-edge-tcp-5000-in`, { sourceSecurityGroupId: undefined }],
  ),
  ...broken("open-ports-are-served", "aws", [
    "no RTMP",
    "lb/listener balancer-tcp-1935",
    { port: 1936 },
    `${inAws}-internet-balancer-tcp-1935-in|${inAws}-internet-origin-tcp-1935-in`,
  ]),
  ...broken("open-ports-are-served", "alibaba", [
    "no SRT",
    "nlb/listener balancer-udp-4200",
    { listenerPort: 4201 },
    `${inAlibaba}-internet-balancer-udp-4200-in|${inAlibaba}-internet-origin-udp-4200-in`,
  ]),
  ...broken(
    "database-only-from-nodes",
    "aws",
    [
      "a range",
      `${inAws}-edge-database-tcp-27017-in`,
      { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" },
    ],
    ["the balancer", `${inAws}-edge-database-tcp-27017-in`, { referencedSecurityGroupId: awsGroup("balancer") }],
    ["a foreign group", `${inAws}-edge-database-tcp-27017-in`, { referencedSecurityGroupId: "sg-0123456789abcdef0" }],
  ),
  ...broken(
    "database-only-from-nodes",
    "alibaba",
    ["a range", `${inAlibaba}-edge-database-tcp-27017-in`, { sourceSecurityGroupId: undefined, cidrIp: "10.0.0.0/16" }],
    ["the balancer", `${inAlibaba}-edge-database-tcp-27017-in`, { sourceSecurityGroupId: alibabaGroup("balancer") }],
  ),
  ...broken("node-ports-only-from-cluster", "aws", [
    "an office",
    `${inAws}-balancer-edge-tcp-5080-in`,
    { referencedSecurityGroupId: undefined, cidrIpv4: "203.0.113.0/24" },
  ]),
  ...broken("node-ports-only-from-cluster", "alibaba", [
    "the whole network",
    `${inAlibaba}-balancer-edge-tcp-5080-in-a`,
    { cidrIp: "10.0.0.0/16" },
  ]),
  ...broken(
    "no-implicit-access",
    "aws",
    [
      "a rule in the default group",
      "ec2/defaultSecurityGroup network-default",
      { ingress: [{ protocol: "-1", self: true }] },
    ],
    ["another network's group", "ec2/defaultSecurityGroup network-default", { vpcId: "vpc-0" }, "ec2/vpc network"],
  ),
  ...broken("no-implicit-access", "alibaba", [
    "members who reach each other",
    "ecs/securityGroup firewall-edge",
    { innerAccessPolicy: undefined },
  ]),
  ...broken(
    "database-has-no-public-address",
    "aws",
    ["an address of its own", "ec2/instance database", { associatePublicIpAddress: true }],
    ["an elastic address", "ec2/eip network-nat-a", { instance: awsMachine }],
  ),
  ...broken(
    "database-has-no-public-address",
    "alibaba",
    ["bandwidth", "ecs/instance database", { internetMaxBandwidthOut: 100 }],
    ["an elastic address", "ecs/eipAssociation network-nat-a", { instanceId: alibabaMachine }],
  ),
  ...broken("subnets-assign-no-public-address", "aws", [
    "a media subnet",
    "ec2/subnet network-media-a",
    { mapPublicIpOnLaunch: true },
  ]),
  ...broken(
    "panel-only-for-admins",
    "aws",
    [
      "no denial",
      "lb/listenerRule balancer-https-443-deny-panel",
      { actions: [{ type: "forward" }] },
      "lb/listener balancer-https-443",
    ],
    [
      "half a denial",
      "lb/listenerRule balancer-https-5443-deny-panel",
      { "conditions[0].pathPattern.values": ["/"] },
      "lb/listener balancer-https-5443",
    ],
    [
      "a denial that comes late",
      "lb/listenerRule balancer-https-443-hls",
      { priority: 1, conditions: [{ hostHeader: { values: ["a.example"] } }] },
      "lb/listener balancer-https-443",
    ],
    ["the panel's own port", "lb/listener balancer-https-4444", { defaultActions: [{ type: "forward" }] }],
  ),
  ...broken(
    "panel-only-for-admins",
    "alibaba",
    [
      "no denial",
      "alb/rule balancer-https-443-deny-panel",
      { "ruleActions[0].type": "ForwardGroup" },
      "alb/listener balancer-https-443",
    ],
    [
      "a denial of some",
      "alb/rule balancer-https-5443-deny-panel",
      { ruleConditions: [{ type: "Path", pathConfig: { values: ["/"] } }] },
      "alb/listener balancer-https-5443",
    ],
    [
      "the panel's own port",
      "alb/rule balancer-https-4444-default",
      { "ruleActions[0].type": "ForwardGroup" },
      "alb/listener balancer-https-4444",
    ],
  ),
  ...broken(
    "malformed-requests-are-refused",
    "aws",
    ["invalid headers", "lb/loadBalancer web", { dropInvalidHeaderFields: undefined }],
    ["smuggling", "lb/loadBalancer web", { desyncMitigationMode: "monitor" }],
  ),
];
