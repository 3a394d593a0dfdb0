import { broken, type Case } from "../broken.ts";

/** Requests and flows. */

export const accessLogs: readonly Case[] = [
  ...broken(
    "requests-are-logged",
    "aws",
    ["off", "lb/loadBalancer web", { "accessLogs.enabled": false }],
    ["none", "lb/loadBalancer stream", { accessLogs: undefined }],
  ),
  ...broken("requests-are-logged", "alibaba", [
    "another balancer's",
    "alb/loadBalancerAccessLogConfigAttachment balancer",
    { loadBalancerId: "alb-1" },
    "alb/loadBalancer balancer",
  ]),
  ...broken(
    "network-flows-are-logged",
    "aws",
    ["another network's", "ec2/flowLog logs-flows", { vpcId: "vpc-1" }, "ec2/vpc network"],
    ["what was let in alone", "ec2/flowLog logs-flows", { trafficType: "ACCEPT" }],
  ),
  ...broken(
    "network-flows-are-logged",
    "alibaba",
    ["another network's", "vpc/flowLog logs-flows", { resourceId: "vpc-1" }, "vpc/network network"],
    ["at rest", "vpc/flowLog logs-flows", { status: "Inactive" }],
  ),
];
