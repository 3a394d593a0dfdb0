import * as pulumi from "@pulumi/pulumi";
import { AmsCluster } from "ams-cluster";

const config = new pulumi.Config();
const zone = config.require("zone");

const cluster = new AmsCluster("live", {
  cloud: "alibaba",
  network: { zones: ["a", "b"] },
  balancer: { kind: "haproxy", count: 2 },
  domain: { name: `live.${zone}`, zone },
  // The proxies obtain a certificate from Let's Encrypt.
  certificate: { source: "issued" },
  access: { adminCidrs: config.requireObject<string[]>("adminCidrs") },
  alibaba: { images: { media: config.require("image") } },
});

export const { publishUrl, playUrl, statsUrl } = cluster;
