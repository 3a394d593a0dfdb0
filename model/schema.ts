import { machineSizes } from "./cluster.ts";
import { exceptions } from "./exceptions.ts";
import { cidr, cloudId, decimal, flag, handle, hostName, machine, oneOf, pem, text, whole } from "./form-parts.ts";
import { audience } from "./schema-audience.ts";
import { balancer, edge, origin } from "./schema-groups.ts";
import { network } from "./schema-network.ts";
import * as z from "./zod.ts";

/**
 * The configuration's form, a section for each top-level key below `ams:`. Strict objects: a typo is an error.
 * Messages say what is allowed; `parse.ts` adds the key path, what came and what to do.
 */

const mongoMachines = {
  machine: machine.default("general-4"),
  diskGiB: whole(20, 16000).default(50),
  version: oneOf("8.0").default("8.0"),
  mirror: text(
    /^https:\/\/[A-Za-z0-9.-]{4,253}(\/[A-Za-z0-9._-]+)*$/,
    "an https address without a slash at its end, such as https://repo.mongodb.org",
  ).default("https://repo.mongodb.org"),
  tls: z.strictObject({ pem: pem("a certificate"), ca: pem("the authority's certificate") }).optional(),
  snapshots: z
    .strictObject({
      everyHours: z.literal([1, 2, 3, 4, 6, 8, 12, 24], { error: "one of 1, 2, 3, 4, 6, 8, 12, 24" }).default(6),
      keep: whole(1, 1000).default(28),
    })
    .prefault({}),
};

const machineName = text(new RegExp(`^(${machineSizes.join("|")})$`), `a size: ${machineSizes.join(", ")}`);

const licencePrice = "US dollars an hour, 0 to 100, or a map of machine sizes to them";
const usdPerHour = decimal(0, 100, licencePrice);

/** Days that both clouds' log services can keep logs for. */
const retentionDays = [1, 3, 7, 14, 30, 60, 90, 180, 365, 731, 1827] as const;

export const sections = {
  cloud: oneOf("aws", "alibaba"),
  name: z.string({ error: "a short name" }).optional(),
  network,
  mode: oneOf("cluster", "standalone"),
  database: z.discriminatedUnion(
    "kind",
    [
      z.strictObject({ kind: z.literal("instance"), ...mongoMachines }),
      z.strictObject({ kind: z.literal("replica-set"), ...mongoMachines }),
      z.strictObject({
        kind: z.literal("managed"),
        machine: machine.default("general-4"),
        diskGiB: whole(20, 16000).default(50),
        version: oneOf("5.0", "7.0", "8.0").default("5.0"),
      }),
      z.strictObject({ kind: z.literal("external") }),
    ],
    { error: "a kind: instance, replica-set, managed or external" },
  ),
  origin,
  edge,
  balancer,
  domain: z
    .strictObject({ name: hostName, zone: hostName, dns: oneOf("managed", "external").default("managed") })
    .optional(),
  certificate: z.discriminatedUnion(
    "source",
    [
      z.strictObject({ source: z.literal("issued") }),
      z.strictObject({ source: z.literal("existing"), id: handle(/./, "the certificate's id") }),
      z.strictObject({ source: z.literal("uploaded"), pem: z.string({ error: "the certificate's PEM text" }) }),
      z.strictObject({ source: z.literal("none") }),
    ],
    { error: "a source: issued, existing, uploaded or none" },
  ),
  access: z.strictObject({
    adminCidrs: z
      .array(cidr, { error: "a list of IPv4 ranges" })
      .refine((ranges) => new Set(ranges).size === ranges.length, "each range once")
      .default([]),
    adminGroup: cloudId("a security group").optional(),
    sshPublicKey: handle(
      /^(ssh-(rsa|ed25519)|ecdsa-\S+) [A-Za-z0-9+/=]+( \S+)*$/,
      "one line of an SSH public key",
    ).optional(),
  }),
  encryption: z.strictObject({
    keyId: handle(/^[A-Za-z0-9:/_-]{8,256}$/, "a key's id of your cloud").optional(),
  }),
  media: z.strictObject({
    licence: oneOf("marketplace", "key").default("marketplace"),
    licenceUsdPerHour: z.union([usdPerHour, z.record(machineName, usdPerHour)], { error: licencePrice }).optional(),
    version: text(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/, "a release such as 3.0.3").default("3.0.3"),
    panelUser: text(/^[A-Za-z0-9@._-]{1,64}$/, "1 to 64 letters, digits, @ . _ or -").default("JamesBond"),
    properties: z
      .record(
        text(/^[A-Za-z][A-Za-z0-9_.]{0,63}$/, "a setting of red5.properties: letters, digits, dots and _"),
        z.union([text(/^[^\p{Cc}]{0,512}$/u, "one line of up to 512 characters"), z.number(), z.boolean()], {
          error: "one line of up to 512 characters, a number, or true or false",
        }),
        { error: "a map of settings to values" },
      )
      .default({}),
    proxy: text(/^[A-Za-z0-9.-]{1,253}:\d{1,5}$/, "host:port, without a user and a password").optional(),
    stunServer: text(/^stun:[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/, "stun:host:port").optional(),
    startMinutes: whole(5, 60).default(15),
  }),
  drain: z.strictObject({ maxMinutes: whole(1, 2880).default(240) }),
  alarms: z.strictObject({
    emails: z
      .array(text(/^[^\s@]{1,64}@[A-Za-z0-9.-]{1,190}$/, "an e-mail address"), { error: "a list of e-mail addresses" })
      .default([]),
    webhooks: z
      .array(text(/^https:\/\/[^\s"'<>]{3,500}$/, "an https address"), { error: "a list of https addresses" })
      .default([]),
  }),
  logs: z.strictObject({
    retentionDays: z.literal(retentionDays, { error: `one of ${retentionDays.join(", ")}` }).default(365),
    bucket: handle(
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
      "a bucket's or log project's name: 3 to 63 lower-case letters, digits and dashes",
    ).optional(),
  }),
  recordings: z.strictObject({ store: oneOf("none", "bucket").default("none") }),
  audience: audience.optional(),
  tags: z.record(
    text(
      /^(?!aws|acs:|ams-cluster$|Name$)[A-Za-z0-9_.:/@+-]{1,64}$/,
      "1 to 64 letters, digits or _.:/@+-, not Name, ams-cluster, aws* or acs:*",
    ),
    text(/^[A-Za-z0-9 _.:/=@+-]{0,128}$/, "up to 128 letters, digits, blanks or _.:/=@+-"),
    { error: "a map of names to texts" },
  ),
  protect: flag,
  generation: whole(1, 999),
  exceptions,
} as const;

/** What a certificate with other faults may still say. */
export const certificateSource = oneOf("issued", "existing", "uploaded", "none");

export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as readonly SectionName[];

/** What a section is when the stack file doesn't have it; `cloud`, `network` and `certificate` have to be said. */
export const absent = {
  mode: "cluster",
  network: {},
  database: {},
  origin: {},
  edge: {},
  balancer: {},
  access: {},
  encryption: {},
  media: {},
  drain: {},
  alarms: {},
  logs: {},
  recordings: {},
  tags: {},
  protect: true,
  generation: 1,
  exceptions: [],
} as const satisfies Partial<Record<SectionName, unknown>>;

/** What a section is when the stack file doesn't have it. */
export const absentOf = (name: SectionName): unknown => (absent as Partial<Record<SectionName, unknown>>)[name];
