import * as pulumi from "@pulumi/pulumi";
import { AmsCluster } from "ams-cluster";

const config = new pulumi.Config();
const zone = config.require("zone");

const cluster = new AmsCluster("live", {
  cloud: "aws",
  network: { zones: ["a", "b", "c"], databaseZones: [1, 2, 3], nat: "per-zone" },
  database: { kind: "replica-set", machine: "general-4", diskGiB: 100 },
  origin: { machine: "compute-8", min: 2, max: 6, follow: "load" },
  edge: {
    machine: "compute-8",
    min: 3,
    max: 30,
    follow: "load",
    // Settings for a surge of 2,000 viewers within minutes (results: docs/simulation.md).
    loadTargetPercent: 75,
    surge: { addPercent: 200 },
    warmMachines: 8,
    schedule: [{ name: "evening", from: "18:00", to: "23:00", timeZone: "Europe/Berlin", min: 8 }],
  },
  domain: { name: `live.${zone}`, zone },
  certificate: { source: "issued" },
  access: { adminCidrs: config.requireObject<string[]>("adminCidrs") },
  recordings: { store: "bucket" },
  alarms: { emails: [config.require("onCall")] },
  audience: { publishers: 40, viewers: 5000 },
  tags: { service: "live-video" },
  aws: { images: { media: config.require("image") }, hostedZoneId: config.require("hostedZoneId") },
});

export const { publishUrl, playUrl, rtmpUrl, panelUrl, panelSecret } = cluster;
