import * as pulumi from "@pulumi/pulumi";
import { AmsCluster } from "ams-cluster";

const config = new pulumi.Config();

const cluster = new AmsCluster("live", {
  cloud: "aws",
  network: { zones: ["a", "b"] },
  certificate: { source: "none" },
  aws: { images: { media: config.require("image") } },
});

export const { publishUrl, playUrl } = cluster;
