import * as fc from "fast-check";
import type { RawConfig } from "../../config/raw.ts";
import type { Balancer, Cloud } from "../../config/types.ts";
import { toCidr } from "../../model/network/ranges.ts";
import { maxAdminCidrs } from "../../model/traffic/listeners.ts";
import { blockFor, type Choices, certificateFor, choices } from "./choices.ts";
import { canaryText, certificate, type DatabaseChoice, databases, withoutGpu } from "./databases.ts";
import { edgeGroup, operation, originGroup, upgradedGroups } from "./groups.ts";

/** One cluster as both clouds' stack files would say it: what the clouds share is equal, certificates and images differ. */
export type Sample = Readonly<Record<Cloud, RawConfig>>;

const whole = (min: number, max: number) => fc.integer({ min, max });

const networkCidr = fc
  .tuple(fc.constantFrom("10.64.0.0", "172.16.0.0", "192.168.0.0"), whole(16, 18))
  .map(([address, prefix]) => `${address}/${prefix}`);

const network = fc.record(
  {
    cidr: networkCidr,
    zones: fc.shuffledSubarray(["a", "b", "c", "d", "e", "f"], { minLength: 2 }),
    databaseZones: fc.constantFrom([1, 2, 1], [2, 1, 2], [1, 2]),
    nat: fc.constantFrom("one", "per-zone"),
    media: fc.constantFrom("public", "private"),
    avoid: fc.subarray(["10.0.0.0/16", "192.0.2.0/24"]),
  },
  { requiredKeys: ["cidr", "zones", "nat", "media", "avoid"] },
);

const health = whole(5, 50).chain((intervalSeconds) =>
  fc.record({
    intervalSeconds: fc.constant(intervalSeconds),
    timeoutSeconds: whole(2, intervalSeconds - 1),
    healthyThreshold: whole(2, 10),
    unhealthyThreshold: whole(2, 10),
  }),
);

const way = {
  scheme: fc.constantFrom("internet", "internal"),
  http: fc.constantFrom("redirect", "forward"),
  drainSeconds: whole(10, 900),
  idleTimeoutSeconds: whole(10, 600),
  health,
  panelStickinessSeconds: whole(1, 86400),
  rtmp: fc.boolean(),
  rtmps: fc.boolean(),
  streams: fc.subarray([
    { name: "rtsp", port: 554, protocol: "tcp" as const, targetPort: 5554 },
    { name: "secure", port: 50443, protocol: "tls" as const, targetPort: 1935 },
  ]),
};

const range = fc
  .tuple(whole(8, 32), whole(0, 2 ** 32 - 1))
  .map(([prefix, address]) => toCidr({ prefix, start: Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix) }))
  .filter((text) => text !== "255.255.255.255/32");

const proxies = {
  machine: fc.constantFrom(...withoutGpu),
  count: whole(2, 10),
  connectionsPerSource: whole(10, 65_535),
  trustedSources: fc.uniqueArray(range, { maxLength: 60 }),
};

const balancer: fc.Arbitrary<Balancer> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("managed" as const), ...way, srt: fc.boolean() }) },
  fc.record({ kind: fc.constant("haproxy" as const), ...proxies, ...way, srt: fc.constant(false) }),
  fc.record({ kind: fc.constant("nginx" as const), ...proxies, ...way, srt: fc.boolean() }),
);

const turn = fc.record(
  {
    default: fc.constantFrom("udp", "tcp", "tcp443"),
    machine: fc.constantFrom(...withoutGpu),
    count: whole(2, 10),
    allocations: whole(10, 8000),
    allocationsPerSource: whole(1, 1000),
    allocationMbps: whole(1, 100),
    credential: whole(1, 999),
  },
  { requiredKeys: [] },
);

/** Few ranges mostly, and now and then as many as there may be. */
const adminCidrs = fc.oneof(
  { weight: 3, arbitrary: fc.uniqueArray(range, { maxLength: 5 }) },
  fc.uniqueArray(range, { minLength: maxAdminCidrs, maxLength: maxAdminCidrs }),
);

const access = fc.tuple(adminCidrs, fc.boolean()).map(([ranges, ssh]) => ({
  adminCidrs: ranges,
  ...(ssh && ranges.length > 0 ? { sshPublicKey: `ssh-ed25519 ${"A".repeat(68)} admin@example.com` } : {}),
}));

const tags = fc.dictionary(
  fc.stringMatching(/^[b-z][A-Za-z0-9_.-]{0,20}$/),
  fc.stringMatching(/^[b-z][A-Za-z0-9 _-]{0,20}$/),
  { maxKeys: 5 },
);

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{14}[a-z]$/),
  fc.stringMatching(/^[b-z][a-z0-9-]{0,8}[a-z0-9]$/),
);

const secrets = fc.record({ panelPassword: canaryText, licenceKey: canaryText }, { requiredKeys: ["licenceKey"] });

const media = fc.record(
  {
    licence: fc.constantFrom("marketplace", "key"),
    panelUser: fc.constantFrom("JamesBond", "ops@a.example"),
    version: fc.constantFrom("2.11.0", "3.0.3", "3.2.0"),
    properties: fc.dictionary(
      fc.constantFrom("server.cpu_limit", "nodeGroup", "http.max_threads"),
      fc.constantFrom("80", 80),
    ),
    proxy: fc.constant("proxy.example.com:3128"),
    stunServer: fc.constant("stun:stun.example.cn:3478"),
    startMinutes: fc.constantFrom(5, 15, 60),
  },
  { requiredKeys: ["licence", "panelUser", "version"] },
);

const neutral = fc.record({
  name,
  network,
  origin: originGroup,
  edge: edgeGroup,
  operation,
  balancer,
  access,
  media,
  turn: fc.option(turn, { nil: undefined }),
  tags,
  protect: fc.boolean(),
  generation: whole(1, 999),
});

const existingIds = {
  aws: {
    key: "arn:aws:kms:ap-south-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
    group: "sg-0123456789abcdef0",
  },
  alibaba: { key: "key-gww8123456789abcdefgh", group: "sg-gw8123456789abcdefgh" },
} as const;

/** A key, a place for logs, and with SSH a group of administrators' machines. */
function existingFor(cloud: Cloud, { access, operation: { logs } }: Neutral): object {
  const { key, group } = existingIds[cloud];
  return {
    encryption: { keyId: key },
    logs: { ...logs, bucket: "our-logs" },
    ...("sshPublicKey" in access ? { access: { ...access, adminGroup: group } } : {}),
  };
}

type Neutral = typeof neutral extends fc.Arbitrary<infer T> ? T : never;

interface Said {
  readonly values: Neutral;
  readonly given: Readonly<Record<string, string>>;
  readonly choice: Choices;
  readonly database: DatabaseChoice;
}

/** Ranges that leave room for their rules on each of five listeners: an ALB has a hundred. */
const mostForwarded = 30;

function withinRules(values: Neutral): Neutral {
  const { access, balancer } = values;
  if (balancer.http !== "forward" || balancer.kind !== "managed") return values;
  return { ...values, access: { ...access, adminCidrs: access.adminCidrs.slice(0, mostForwarded) } };
}

/** Options in the URL need a newer AMS, DocumentDB's names single dashes, and TURN servers are STUN servers too. */
function fitting(
  { media: given, name, turn }: Neutral,
  { needsOptions, values: { database } }: DatabaseChoice,
): object {
  const { stunServer: _, ...withoutStun } = given;
  const media = turn === undefined ? given : withoutStun;
  return {
    media: needsOptions ? { ...media, version: "3.1.0" } : media,
    name: database["kind"] === "managed" ? name.replaceAll(/-+/g, "-") : name,
  };
}

/** TLS on the network balancer needs a certificate, whoever serves it. */
function withoutTls(balancer: Balancer): Balancer {
  return { ...balancer, rtmps: false, streams: balancer.streams.filter(({ protocol }) => protocol !== "tls") };
}

function toRaw(cloud: Cloud, { values: said, given, choice, database }: Said): RawConfig {
  const values = choice.certificate === "none" ? { ...said, balancer: withoutTls(said.balancer) } : said;
  const source = certificateFor(cloud, choice.certificate, values.balancer);
  const dns = choice.domain === "none" ? "managed" : choice.domain;
  const { turn } = values;
  const needsDomain = choice.domain !== "none" || choice.certificate !== "none" || turn !== undefined;
  const domain = needsDomain ? { domain: { name: "live.example.com", zone: "example.com", dns } } : {};
  const { licenceKey, ...passwords } = given;
  const { operation: operated, turn: _, ...neutralValues } = values;
  const licence = values.media.licence === "key" && licenceKey !== undefined ? { licenceKey } : {};
  const key = source["source"] === "uploaded" ? { certificateKey: certificate().key } : {};
  return {
    stack: "test",
    values: {
      ...neutralValues,
      ...operated,
      ...database.values,
      ...fitting(values, database),
      ...upgradedGroups(values.origin, values.edge, choice.upgrade),
      ...(choice.existing ? existingFor(cloud, values) : {}),
      cloud,
      certificate: source,
      ...domain,
      ...(turn === undefined ? {} : { turn }),
      [cloud]: blockFor(cloud, choice),
    },
    secrets: { ...passwords, ...database.secrets, ...licence, ...key },
    regions: { aws: "ap-south-1", alibaba: "eu-central-1" },
  };
}

/** Valid clusters over the whole of what a stack file can say. */
export const samples: fc.Arbitrary<Sample> = fc
  .tuple(neutral, secrets, choices, databases)
  .map(([neutralValues, given, choice, database]) => {
    const said = { values: withinRules(neutralValues), given, choice, database };
    return { aws: toRaw("aws", said), alibaba: toRaw("alibaba", said) };
  });
