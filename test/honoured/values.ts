import type { Cloud } from "../../config/types.ts";
import { existingNetwork } from "../support/existing.ts";
import { selfSigned } from "../support/self-signed.ts";

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

/** Keys without a trace in a plan, with the reason. */
export const exempt: readonly { readonly path: RegExp; readonly because: string }[] = [
  { path: /^ams:cloud$/, because: "it chooses whose plan it is" },
  { path: /^ams:audience\./, because: "it makes no resource: `plan`, `capacity` and `cost` read it" },
  { path: /^ams:media\.licenceUsdPerHour$/, because: "it makes no resource: `cost` reads it" },
  { path: /^ams:exceptions\[n\]\./, because: "it changes no resource: the policy reads it" },
  { path: /^ams:(aws|alibaba)\.quotas\./, because: "it changes no resource: warnings read it" },
  {
    path: /^ams:database\.diskGiB managed aws$/,
    because: "DocumentDB's storage has no size: it grows by itself, up to 128 TiB",
  },
  { path: /^ams:(aws|alibaba)\.unlistedTypes$/, because: "it lets `instanceTypes` name a type" },
];

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

const ofCloud = {
  aws: {
    network: ["vpc-0123456789abcdef1", "vpc-0123456789abcdef2"],
    subnet: ["subnet-0123456789abcdef7", "subnet-0123456789abcdef8"],
    group: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
    key: [
      "arn:aws:kms:ap-south-1:123456789012:key/11111111-2222-3333-4444-555555555555",
      "arn:aws:kms:ap-south-1:123456789012:key/11111111-2222-3333-4444-666666666666",
    ],
    certificate: [
      "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdff",
    ],
    cdnCertificate: [
      "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdff",
    ],
    image: ["ami-0123456789abcdef1", "ami-0123456789abcdef2"],
    type: ["c5.2xlarge", "c5.4xlarge"],
    databaseType: ["m5.2xlarge", "m5.4xlarge"],
    snapshot: ["snap-0123456789abcdef0", "snap-0123456789abcdef1"],
  },
  alibaba: {
    network: ["vpc-gw8123456789abcdefgh1", "vpc-gw8123456789abcdefgh2"],
    subnet: ["vsw-gw8123456789abcdefgh7", "vsw-gw8123456789abcdefgh8"],
    group: ["sg-gw8123456789abcdefgh1", "sg-gw8123456789abcdefgh2"],
    key: ["11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444-666666666666"],
    certificate: ["12345678-eu-central-1", "12345679-eu-central-1"],
    cdnCertificate: ["12345678-ap-southeast-1", "12345679-ap-southeast-1"],
    image: ["m-gw8123456789abcdefg1", "m-gw8123456789abcdefg2"],
    type: ["ecs.c6e.2xlarge", "ecs.c6e.4xlarge"],
    databaseType: ["ecs.g6e.2xlarge", "ecs.g6e.4xlarge"],
    snapshot: ["s-gw8f1e2d3c4b5a697887", "s-gw8f1e2d3c4b5a697888"],
  },
} as const;

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
    { path: /minInServicePercent$/, refused: ["alibaba"] },
    { path: /secretStore$/, refused: ["alibaba"] },
    { path: /upgrade$/, beside: { alibaba: { zonePolicy: "priority" } } },
    { path: /\.schedule\[n\]\.name$/, two: ["evening", "night"], ...periods(withDates) },
    { path: /\.schedule\[n\]\.days$/, two: [["mon"], ["tue", "wed"]], ...periods(withDates) },
    { path: /\.schedule\[n\]\.(from|to)$/, two: ["19:00", "20:00"], ...periods(withDates) },
    { path: /\.schedule\[n\]\.timeZone$/, two: ["UTC", "Asia/Kolkata"], ...periods(withDates) },
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
    { path: /\.kms\.instanceId$/, two: ["kst-one", "kst-two"], beside: kms },
    { path: /\.kms\.keyId$/, two: ["key-one", "key-two"], beside: kms },
    { path: /\.schedule\.from$/, two: ["2026-12-01", "2026-12-10"], ...datesOfPeriods },
    { path: /\.schedule\.until$/, two: ["2027-03-01", "2027-06-01"], ...datesOfPeriods },
    { path: /^ams:edge\.warmMachines$/, two: [0, 1], refused: ["alibaba"] },
  ];
}

const policyNamed = (name: string): string => `arn:aws:iam::123456789012:policy/${name}`;

const periods = (withDates: Values) => ({
  beside: { origin: { schedule: [period] }, edge: { schedule: [period] }, ...withDates },
});

const datesOfPeriods = { beside: { origin: { schedule: [period] }, alibaba: { schedule: dates } } };

const kms = { alibaba: { secretStore: "kms", kms: { instanceId: "kst-abc", keyId: "key-abc" } } };

export const isExempt = (at: string): boolean => exempt.some(({ path }) => path.test(at));
