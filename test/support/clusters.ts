import * as fc from "fast-check";
import type { RawConfig } from "../../config/raw.ts";
import type { Balancer, Cloud } from "../../config/types.ts";
import { blockFor, type Choices, certificateFor, choices } from "./choices.ts";
import { canaryText, certificate, type DatabaseChoice, databases } from "./databases.ts";
import { access, balancer, network, turn, whole } from "./entrances.ts";
import { edgeGroup, operation, originGroup, upgradedGroups } from "./groups.ts";

/** One cluster as both clouds' stack files would say it: what the clouds share is equal, certificates and images differ. */
export type Sample = Readonly<Record<Cloud, RawConfig>>;

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
