import * as alicloud from "@pulumi/alicloud";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AmsCluster, type AmsClusterArgs } from "ams-cluster";

const config = new pulumi.Config();

/** Arguments that both clusters share. */
const shared = {
  network: { zones: ["a", "b"] },
  certificate: { source: "none" },
  edge: { min: 2, max: 10, follow: "load" },
} satisfies Partial<AmsClusterArgs>;

const inIreland = new AmsCluster(
  "eu",
  { ...shared, cloud: "aws", region: "eu-west-1", aws: { images: { media: config.require("awsImage") } } },
  { provider: new aws.Provider("ireland", { region: "eu-west-1" }) },
);

const inSingapore = new AmsCluster(
  "asia",
  {
    ...shared,
    cloud: "alibaba",
    region: "ap-southeast-1",
    alibaba: { images: { media: config.require("alibabaImage") } },
  },
  { provider: new alicloud.Provider("singapore", { region: "ap-southeast-1" }) },
);

export const playUrls = { eu: inIreland.playUrl, asia: inSingapore.playUrl };
