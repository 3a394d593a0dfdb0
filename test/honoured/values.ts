import type { Cloud } from "../../config/types.ts";
import { existingNetwork } from "../support/existing.ts";
import { selfSigned } from "../support/self-signed.ts";
import { ofCloud } from "./of-cloud.ts";

type Values = Readonly<Record<string, unknown>>;

/** Two values of a key, and what has to be said beside them; secrets may differ between the two. */
export interface Case {
  readonly path: RegExp;
  /** Of the group that the key is in. @default any */
  readonly kind?: string;
  readonly two?: readonly [unknown, unknown];
  readonly beside?: Values;
  /** Clouds that refuse the second value, by the key's name. */
  readonly refused?: readonly Cloud[];
  readonly secrets?: readonly [Record<string, string>, Record<string, string>];
}

/** Where the values that are paths begin. */
export const files = new URL("files/", import.meta.url).pathname;

const domain = { name: "live.example.com", zone: "example.com" };
const period = { name: "evening", from: "18:00", to: "23:00", min: 3 };
const dates = { from: "2026-12-01", until: "2027-06-01" };
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI";
const admins = { adminCidrs: ["203.0.113.7/32"] };
const own = selfSigned();
const other = selfSigned();
const { pem } = own;

const ofTurn = selfSigned(90, [domain.name, `turn.${domain.name}`]);
const relayed = { domain };
const withTurnCertificate = {
  beside: { domain, certificate: { source: "uploaded", pem: ofTurn.pem } },
  secrets: [{ certificateKey: ofTurn.key }, { certificateKey: ofTurn.key }],
} as const;

const sentTo = (protocol: "syslog" | "otlp"): Values => ({ logs: { forward: { protocol, host: "10.20.0.9" } } });

/** The first that fits a key. */
export function casesOf(cloud: Cloud): readonly Case[] {
  const ids = ofCloud[cloud];
  const withDates = cloud === "alibaba" ? { alibaba: { schedule: dates } } : {};
  const snapshots = { two: ids.snapshot, beside: { database: { kind: "replica-set" } } };
  const proxied = { balancer: { kind: "haproxy" } };
  const withTls = { domain, certificate: { source: "existing", id: ids.certificate[0] }, access: admins };
  const issued = { domain, certificate: { source: "issued" }, access: admins };
  const cdnOf = (keys: Values): Values => ({
    ...(cloud === "aws" ? issued : withTls),
    cdn: { domain: "cdn.example.com", ...(cloud === "aws" ? {} : { certificateId: ids.cdnCertificate[0] }), ...keys },
  });
  const withBucket = { ...cdnOf({}), recordings: { store: "bucket" } };
  const url = "mongodb+srv://ams:Secret1@cluster.example.net/?tls=true";
  const both = ["aws", "alibaba"] as const;
  const streams = { balancer: { streams: [{ name: "rtsp", port: 554, protocol: "tcp", targetPort: 5554 }] } };
  const there = { network: existingNetwork(cloud) };
  return [
    { path: /^ams:name$/, two: ["one", "two"] },
    { path: /^ams:network\.cidr$/, two: ["10.0.0.0/16", "10.64.0.0/16"] },
    {
      path: /^ams:network\.zones$/,
      two: [
        ["a", "b"],
        ["a", "c"],
      ],
    },
    {
      path: /^ams:network\.databaseZones$/,
      two: [
        [1, 2, 1],
        [2, 1, 2],
      ],
      beside: { database: { kind: "replica-set" } },
    },
    { path: /^ams:network\.nat$/, two: ["one", "per-zone"] },
    { path: /^ams:network\.avoid$/, two: [[], ["10.0.0.0/16"]], refused: ["aws", "alibaba"] },
    { path: /^ams:network\.existing\.id$/, two: ids.network, beside: there },
    { path: /^ams:network\.existing\.subnets\.\w+\[n\]\.id$/, two: ids.subnet, beside: there },
    { path: /existing\.subnets\.\w+\[n\]\.cidr$/, two: ["10.9.7.0/24", "10.9.8.0/24"], beside: there },
    { path: /^ams:database\.mirror$/, two: ["https://repo.mongodb.org", "https://mirror.example.com"] },
    {
      path: /^ams:database\.tls\.(pem|ca)$/,
      two: [pem, `${pem}${other.pem}`],
      beside: { database: { tls: { pem, ca: pem } } },
      secrets: [{ databaseTlsKey: own.key }, { databaseTlsKey: own.key }],
    },
    { path: /^ams:database\.diskGiB$/, kind: "managed", two: [50, 60] },
    { path: /^ams:database\.version$/, kind: "managed", refused: ["aws"] },
    { path: /^ams:balancer\.(http|panelStickinessSeconds)$/, kind: "managed", beside: withTls },
    { path: /^ams:balancer\.(http|panelStickinessSeconds)$/, beside: issued },
    { path: /^ams:balancer\.ipv6$/, two: [false, true], refused: ["alibaba"] },
    { path: /^ams:balancer\.rtmps$/, kind: "managed", two: [false, true], beside: withTls },
    { path: /^ams:balancer\.rtmps$/, two: [false, true], beside: issued },
    { path: /^ams:balancer\.streams\[n\]\.name$/, two: ["rtsp", "other"], beside: streams },
    { path: /^ams:balancer\.streams\[n\]\.port$/, two: [554, 555], beside: streams },
    {
      path: /^ams:balancer\.streams\[n\]\.protocol$/,
      kind: "managed",
      two: ["tcp", "tls"],
      beside: { ...withTls, ...streams },
    },
    { path: /^ams:balancer\.streams\[n\]\.protocol$/, two: ["tcp", "tls"], beside: { ...issued, ...streams } },
    { path: /^ams:balancer\.streams\[n\]\.targetPort$/, two: [5554, 5555], beside: streams },
    { path: /^ams:balancer\.srt$/, kind: "haproxy", two: [false, true], refused: both },
    { path: /^ams:origin\.(loadTargetPercent|surge\.aboveLoadPercent)$/, beside: { origin: { follow: "load" } } },
    { path: /^ams:edge\.(loadTargetPercent|surge\.aboveLoadPercent)$/, beside: { edge: { follow: "load" } } },
    { path: /minInServicePercent$/, refused: ["alibaba"] },
    { path: /secretStore$/, refused: ["alibaba"] },
    { path: /upgrade$/, beside: { alibaba: { zonePolicy: "priority" } } },
    { path: /\.schedule\[n\]\.name$/, two: ["evening", "night"], ...periods(withDates) },
    { path: /\.schedule\[n\]\.days$/, two: [["mon"], ["tue", "wed"]], ...periods(withDates) },
    { path: /\.schedule\[n\]\.(from|to)$/, two: ["19:00", "20:00"], ...periods(withDates) },
    { path: /\.schedule\[n\]\.timeZone$/, two: ["UTC", "Asia/Kolkata"], ...periods(withDates) },
    { path: /\.schedule\[n\]\.date$/, two: [dayFromNow(10), dayFromNow(20)], ...periods(withDates) },
    { path: /\.schedule\[n\]\.min$/, two: [3, 4], ...periods(withDates) },
    { path: /^ams:edge\.moreMachines$/, two: [[], ["general-4"]] },
    { path: /^ams:turn\.tls$/, two: [false, true], ...withTurnCertificate },
    { path: /^ams:turn\./, beside: relayed },
    { path: /^ams:balancer\.trustedSources$/, two: [[], ["203.0.113.0/24"]] },
    { path: /^ams:domain\.name$/, two: ["live.example.com", "video.example.com"], beside: { domain } },
    { path: /^ams:domain\.zone$/, two: ["example.com", "example.org"], beside: { domain }, refused: both },
    { path: /^ams:domain\.names$/, two: [["a.example.com"], ["b.example.com"]], beside: { domain } },
    { path: /^ams:domain\.dns$/, beside: { domain } },
    { path: /^ams:certificate\.source$/, two: ["none", "issued"], beside: { domain }, refused: ["alibaba"] },
    { path: /^ams:certificate\.id$/, two: ids.certificate, beside: { domain } },
    {
      path: /^ams:certificate\.pem$/,
      two: [pem, other.pem],
      beside: { domain },
      secrets: [{ certificateKey: own.key }, { certificateKey: other.key }],
    },
    { path: /^ams:cdn\.domain$/, two: ["cdn.example.com", "hls.example.com"], beside: cdnOf({}) },
    { path: /^ams:cdn\.certificateId$/, two: ids.cdnCertificate, beside: cdnOf({}) },
    { path: /^ams:cdn\.recordings$/, two: [false, true], beside: withBucket, refused: ["alibaba"] },
    { path: /^ams:cdn\./, beside: cdnOf({}) },
    { path: /^ams:access\.adminCidrs$/, two: [["203.0.113.7/32"], ["203.0.113.8/32"]] },
    { path: /^ams:access\.adminGroup$/, two: ids.group, beside: { access: { ...admins, sshPublicKey: key } } },
    { path: /^ams:access\.sshPublicKey$/, two: [`${key}A me`, `${key}B me`], beside: { access: admins } },
    { path: /^ams:encryption\.keyId$/, two: ids.key },
    { path: /^ams:media\.licence$/, two: ["marketplace", "key"], secrets: [{}, { licenceKey: "abcdefgh12345678" }] },
    {
      path: /^ams:media\.version$/,
      two: ["3.1.0", "3.0.3"],
      beside: { database: { kind: "external" } },
      secrets: [{ databaseUrl: url }, { databaseUrl: url }],
      refused: both,
    },
    { path: /^ams:media\.panelUser$/, two: ["one", "two"] },
    { path: /^ams:media\.properties$/, two: [{}, { "server.cpu_limit": 80 }] },
    { path: /^ams:machines\.setup$/, two: ["setup.sh", "other.sh"] },
    { path: /^ams:machines\.setupMinutes$/, beside: { machines: { setup: "setup.sh" } } },
    { path: /^ams:media\.proxy$/, two: ["one.example.com:3128", "two.example.com:3128"] },
    { path: /^ams:media\.stunServer$/, two: ["stun:one.example.com:3478", "stun:two.example.com:3478"] },
    {
      path: /^ams:applications\.live\.renditions\[n\]\.\w+$/,
      beside: { applications: { live: { renditions: [{ height: 720, videoKbps: 1000 }] } } },
    },
    { path: /^ams:applications\.live\.record\.prefix$/, two: ["one", "two"] },
    { path: /^ams:applications\.live\.webhook$/, two: ["https://one.example.com/", "https://two.example.com/"] },
    { path: /^ams:applications\.live\.allowed$/, two: [["203.0.113.0/24"], ["198.51.100.0/24"]] },
    { path: /^ams:applications\.live\.settings$/, two: [{ gopSize: 50 }, { gopSize: 60 }] },
    { path: /^ams:applicationsMode$/, beside: { applications: { live: { publish: "open" } } } },
    { path: /^ams:alarms\.emails$/, two: [["one@example.com"], ["two@example.com"]] },
    { path: /^ams:alarms\.webhooks$/, two: [["https://one.example.com/x"], ["https://two.example.com/x"]] },
    { path: /^ams:monitoring\.scrapeCidrs$/, two: [["10.20.0.0/24"], ["10.21.0.0/24"]] },
    { path: /^ams:logs\.forward\.host$/, two: ["logs.example.com", "203.0.113.9"], beside: sentTo("otlp") },
    { path: /^ams:logs\.forward\.path$/, two: ["/v1/logs", "/otlp/v1/logs"], beside: sentTo("otlp") },
    { path: /^ams:logs\.forward\.ca$/, two: [pem, other.pem], beside: sentTo("otlp") },
    { path: /^ams:logs\.forward\./, beside: sentTo("syslog") },
    { path: /^ams:logs\.bucket$/, two: ["one-bucket", "two-bucket"] },
    { path: /^ams:tags$/, two: [{ team: "one" }, { team: "two" }] },
    { path: /\.images\.gpu$/, two: ids.image, beside: { origin: { machine: "gpu-4" } } },
    { path: /\.images\.proxy$/, two: ids.image, beside: proxied },
    { path: /\.images\.\w+$/, two: ids.image },
    { path: /\.instanceTypes\.database$/, two: ids.databaseType },
    { path: /\.instanceTypes\.proxy$/, two: ids.type, beside: proxied },
    { path: /\.instanceTypes\.turn$/, two: ids.type, beside: { domain, turn: {} } },
    { path: /\.instanceTypes\.\w+$/, two: ids.type },
    { path: /\.databaseSnapshots\.db\d$/, ...snapshots },
    { path: /\.hostedZoneId$/, two: ["Z0123456789ABC", "Z0123456789ABD"], beside: { domain } },
    { path: /\.permissionsBoundary$/, two: ["boundary", "other"].map(policyNamed) as [string, string] },
    { path: /\.rolePath$/, two: ["/ams/", "/media/ams/"], beside: { recordings: { store: "bucket" } } },
    { path: /\.documentDbCa$/, two: [pem, other.pem], beside: { database: { kind: "managed" } } },
    { path: /\.sharedBandwidthMbps$/, two: [1000, 2000] },
    { path: /\.sharedBandwidthBilling$/, beside: { alibaba: { sharedBandwidthMbps: 1000 } } },
    { path: /\.kms\.instanceId$/, two: ["kst-one", "kst-two"], beside: kms },
    { path: /\.kms\.keyId$/, two: ["key-one", "key-two"], beside: kms },
    { path: /\.schedule\.from$/, two: ["2026-12-01", "2026-12-10"], ...datesOfPeriods },
    { path: /\.schedule\.until$/, two: ["2027-03-01", "2027-06-01"], ...datesOfPeriods },
    { path: /^ams:edge\.warmMachines$/, two: [0, 1], refused: ["alibaba"] },
  ];
}

const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const policyNamed = (name: string): string => `arn:aws:iam::123456789012:policy/${name}`;

const periods = (withDates: Values) => ({
  beside: { origin: { schedule: [period] }, edge: { schedule: [period] }, ...withDates },
});

const datesOfPeriods = { beside: { origin: { schedule: [period] }, alibaba: { schedule: dates } } };

const kms = { alibaba: { secretStore: "kms", kms: { instanceId: "kst-abc", keyId: "key-abc" } } };
