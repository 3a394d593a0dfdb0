import { gzipSync } from "node:zlib";
import { base64, broken, type Case } from "../broken.ts";

const packed = gzipSync("mongodb://ams:hunter2@db1:27017/").toString("base64");
const script = (text: string) => ({ userData: base64(text) });
const agent = (line: string): string => JSON.stringify({ files: { "/etc/x.sh": ["#!/bin/sh", line] }, commands: [] });

export const images: readonly Case[] = [
  ...broken(
    "group-images-are-pinned",
    "aws",
    ["the newest", "ec2/launchTemplate edge", { imageId: "resolve:ssm:/ams/newest" }],
    ["none", "ec2/launchTemplate edge", { imageId: undefined }],
  ),
  ...broken("group-images-are-pinned", "alibaba", [
    "a family",
    "ecs/ecsLaunchTemplate edge",
    { imageId: "acs:ubuntu_24_04" },
  ]),
  ...broken("groups-use-launch-templates", "aws", [
    "a launch configuration",
    "autoscaling/group edge",
    { launchTemplate: undefined, launchConfiguration: "old" },
  ]),
  ...broken("groups-use-launch-templates", "alibaba", [
    "none",
    "ess/scalingGroup edge",
    { launchTemplateId: undefined },
  ]),
  ...broken(
    "image-fits-machine",
    "aws",
    ["Graviton with an image for Intel", "ec2/instance database", { instanceType: "m7g.xlarge" }],
    ["Intel with an image for ARM", "ec2/instance database", { ami: "resolve:ssm:/canonical/arm64/ami-id" }],
  ),
  ...broken("image-fits-machine", "alibaba", [
    "Yitian with an image for Intel",
    "ecs/instance database",
    { instanceType: "ecs.g8y.xlarge" },
  ]),
  ...broken(
    "user-data-boots",
    "aws",
    ["too long", "ec2/launchTemplate edge", script(`#cloud-config\n${"#".repeat(16384)}`)],
    ["no header", "ec2/launchTemplate edge", script("apt-get install mongodb")],
  ),
  ...broken("user-data-boots", "alibaba", ["no header", "ecs/instance database", script("echo")]),
  ...broken(
    "user-data-has-no-credentials",
    "aws",
    ["a password in a URI", "ec2/launchTemplate edge", script("#!/bin/sh\nstart mongodb://ams:hunter2@db1:27017/")],
    [
      "one in a compressed file",
      "ec2/launchTemplate edge",
      script(`#cloud-config\nwrite_files:\n  - {encoding: gz+b64, content: ${packed}}`),
    ],
    ["an access key", "ec2/launchTemplate edge", script("#!/bin/sh\nexport ID=AKIAABCDEFGHIJKLMNOP")],
    ["a trace", "ec2/launchTemplate edge", script("#!/bin/sh\nset -eux\n")],
    ["a trace in an agent", "s3/bucketObjectv2 agent-media", { content: agent("set -eux") }],
  ),
  ...broken("user-data-has-no-credentials", "alibaba", [
    "a private key",
    "ecs/instance database",
    script("#!/bin/sh\ncat <<E\n-----BEGIN RSA PRIVATE KEY-----\nE"),
  ]),
  ...broken("user-data-has-no-credentials", "alibaba", [
    "a password in an agent",
    "oss/bucketObject agent-media",
    { content: agent("url = 'mongodb://ams:hunter2@db1:27017/'") },
  ]),
];
