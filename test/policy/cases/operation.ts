import { broken, type Case } from "../broken.ts";

/** Logging, tags and names. */

const long = "ams-aws-a-name-that-has-more-characters-than-any-cloud-takes-for-anything";
const longer = long.repeat(3);

const logging: readonly Case[] = [
  ...broken("logs-are-kept", "aws", ["a week", "cloudwatch/logGroup secrets-log", { retentionInDays: 7 }]),
  ...broken(
    "logs-are-kept",
    "alibaba",
    ["a month", "log/store secrets-log", { retentionPeriod: 30 }],
    ["the default", "log/store secrets-log", { retentionPeriod: undefined }],
  ),
  ...broken(
    "machines-report",
    "aws",
    ["a machine", "ec2/instance database", { monitoring: false }],
    ["a template", "ec2/launchTemplate edge", { monitoring: undefined }],
  ),
  ...broken("machines-report", "alibaba", [
    "a machine",
    "ecs/instance database",
    { securityEnhancementStrategy: "Deactive" },
  ]),
  ...broken(
    "logs-have-client-addresses",
    "aws",
    ["headers taken off", "lb/loadBalancer web", { xffHeaderProcessingMode: "remove" }],
    ["streams", "lb/targetGroup rtmp", { preserveClientIp: "false" }],
  ),
  ...broken("logs-have-client-addresses", "alibaba", [
    "headers not set",
    "alb/listener balancer-https-443",
    { "xForwardedForConfig.xForwardedForEnabled": false },
  ]),
];

const tags: readonly Case[] = [
  ...broken(
    "resources-are-tagged",
    "aws",
    ["none", "ec2/vpc network", { tags: undefined }],
    ["no Name", "ebs/volume database-data", { "tags.Name": undefined }],
    [
      "a group's list without the cluster",
      "autoscaling/group edge",
      { tags: [{ key: "Name", value: "edge", propagateAtLaunch: false }] },
    ],
  ),
  ...broken("resources-are-tagged", "alibaba", [
    "no cluster",
    "vpc/network network",
    { "tags.ams-cluster": undefined },
  ]),
  ...broken("machines-get-tags", "aws", ["disks", "ec2/launchTemplate edge", { "tagSpecifications[1]": undefined }]),
  ...broken(
    "machines-get-tags",
    "alibaba",
    ["a template", "ecs/ecsLaunchTemplate edge", { templateTags: undefined }],
    ["disks", "ecs/instance database", { volumeTags: undefined }],
  ),
];

const naming: readonly Case[] = [
  ...broken("names-fit", "aws", ["a balancer", "lb/loadBalancer web", { name: long }]),
  ...broken(
    "names-fit",
    "alibaba",
    ["a group", "ess/scalingGroup edge", { scalingGroupName: long }],
    ["a disk", "ecs/ecsDisk database-data", { diskName: longer }],
  ),
  ...broken("balancer-names-are-legal", "aws", [
    "a prefix that AWS keeps",
    "lb/loadBalancer web",
    { name: "internal-web" },
  ]),
  ...broken("balancer-names-are-legal", "alibaba", [
    "a digit first",
    "alb/loadBalancer balancer",
    { loadBalancerName: "1st" },
  ]),
  ...broken("firewall-is-described", "aws", [
    "a rule",
    "vpc/securityGroupEgressRule firewall-edge-internet-all-out",
    { description: undefined },
  ]),
  ...broken("firewall-is-described", "alibaba", ["a group", "ecs/securityGroup firewall-edge", { description: "" }]),
];

export const operation: readonly Case[] = [...logging, ...tags, ...naming];
