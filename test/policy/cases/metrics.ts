import { broken, type Case } from "../broken.ts";

const inAws = "vpc/securityGroupIngressRule firewall";
const office = { referencedSecurityGroupId: undefined, cidrIpv4: "203.0.113.0/24", fromPort: 9464, toPort: 9464 };

/** The exporters' port: private networks alone, and no port beside it. */
export const metrics: readonly Case[] = [
  ...broken("no-open-ingress", "aws", [
    "metrics",
    `${inAws}-internet-edge-udp-50000-60000-in`,
    { fromPort: 9464, toPort: 9464, ipProtocol: "tcp" },
  ]),
  ...broken("node-ports-only-from-cluster", "aws", [
    "metrics for an office",
    `${inAws}-balancer-edge-tcp-5080-in`,
    office,
  ]),
  ...broken("node-ports-only-from-cluster", "alibaba", [
    "metrics and more",
    "ecs/securityGroupRule firewall-balancer-edge-tcp-5080-in-a",
    { cidrIp: "10.20.0.0/24", portRange: "9464/9465" },
  ]),
  ...broken("database-only-from-nodes", "aws", [
    "metrics for an office",
    `${inAws}-edge-database-tcp-27017-in`,
    office,
  ]),
];
