import * as z from "zod";
import { machineSizes } from "./cluster.ts";
import { isCidr } from "./network.ts";

/**
 * The configuration's form, a section for each top-level key below `ams:`. Strict objects: a typo is an error.
 * Messages say what is allowed; `parse.ts` adds the key path, what came and what to do.
 */

const whole = (min: number, max: number) =>
  z
    .int({ error: `a whole number from ${min} to ${max}` })
    .min(min, `at least ${min}`)
    .max(max, `at most ${max}`);

const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `one of ${values.join(", ")}` });

const text = (pattern: RegExp, allowed: string) => z.string({ error: allowed }).regex(pattern, allowed);

const flag = z.boolean({ error: "true or false" });

const cidr = z
  .string({ error: "an IPv4 range such as 10.0.0.0/16" })
  .refine(isCidr, "an IPv4 range that begins at its first address, such as 10.0.0.0/16");

const hostName = text(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a domain name in lower case such as live.example.com",
);

const machine = oneOf(...machineSizes);

const group = (min: number) =>
  z.strictObject({
    machine: machine.default("compute-4"),
    min: whole(1, 1000).default(min),
    max: whole(1, 1000).default(10),
    cpuTargetPercent: whole(10, 70).default(60),
    cooldownSeconds: whole(0, 3600).default(300),
    diskGiB: whole(20, 500).default(40),
  });

const health = z.strictObject({
  intervalSeconds: whole(5, 50).default(10),
  timeoutSeconds: whole(2, 49).default(5),
  healthyThreshold: whole(2, 10).default(2),
  unhealthyThreshold: whole(2, 10).default(2),
});

const pem = (what: string) => text(/^-----BEGIN [A-Z ]+-----[\s\S]+-----END [A-Z ]+-----\s*$/, `${what} in PEM form`);

const mongoMachines = {
  machine: machine.default("general-4"),
  diskGiB: whole(20, 16000).default(50),
  version: oneOf("8.0").default("8.0"),
  tls: z.strictObject({ pem: pem("a certificate"), ca: pem("the authority's certificate") }).optional(),
  snapshots: z
    .strictObject({
      everyHours: z.literal([1, 2, 3, 4, 6, 8, 12, 24], { error: "one of 1, 2, 3, 4, 6, 8, 12, 24" }).default(6),
      keep: whole(1, 1000).default(28),
    })
    .prefault({}),
};

export const sections = {
  cloud: oneOf("aws", "alibaba"),
  name: z.string({ error: "a short name" }).optional(),
  network: z.strictObject({
    cidr: cidr.default("10.0.0.0/16"),
    zones: z.array(text(/^[a-z]$/, "a zone's letter such as a"), { error: "a list of zone letters such as [a, b]" }),
    nat: oneOf("none", "one", "per-zone").default("one"),
    avoid: z.array(cidr, { error: "a list of IPv4 ranges" }).default([]),
  }),
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
  origin: group(1),
  edge: group(2),
  balancer: z.strictObject({
    kind: oneOf("managed").default("managed"),
    http: oneOf("redirect", "forward").default("redirect"),
    drainSeconds: whole(10, 900).default(900),
    idleTimeoutSeconds: whole(10, 600).default(600),
    health: health.prefault({}),
    panelStickinessSeconds: whole(1, 86400).default(86400),
    rtmp: flag.default(true),
    srt: flag.default(true),
  }),
  domain: z
    .strictObject({ name: hostName, zone: hostName, dns: oneOf("managed", "external").default("managed") })
    .optional(),
  certificate: z.discriminatedUnion(
    "source",
    [
      z.strictObject({ source: z.literal("issued") }),
      z.strictObject({ source: z.literal("existing"), id: z.string({ error: "the certificate's id" }).min(1) }),
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
    sshPublicKey: text(
      /^(ssh-(rsa|ed25519)|ecdsa-\S+) [A-Za-z0-9+/=]+( \S+)*$/,
      "one line of an SSH public key",
    ).optional(),
  }),
  media: z.strictObject({
    licence: oneOf("marketplace", "key").default("marketplace"),
    version: text(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/, "a release such as 3.0.3").default("3.0.3"),
    panelUser: text(/^[A-Za-z0-9@._-]{1,64}$/, "1 to 64 letters, digits, @ . _ or -").default("JamesBond"),
    properties: z
      .record(
        text(/^[A-Za-z][A-Za-z0-9_.]{0,63}$/, "a setting of red5.properties: letters, digits, dots and _"),
        text(/^[^\p{Cc}]{0,512}$/u, "one line of up to 512 characters"),
        { error: "a map of settings to texts" },
      )
      .default({}),
    proxy: text(/^[A-Za-z0-9.-]{1,253}:\d{1,5}$/, "host:port").optional(),
    stunServer: text(/^stun:[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/, "stun:host:port").optional(),
  }),
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
} as const;

export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as readonly SectionName[];

/** What a section is when the stack file doesn't have it; `cloud`, `network` and `certificate` have to be said. */
export const absent: Partial<Record<SectionName, unknown>> = {
  mode: "cluster",
  network: {},
  database: {},
  origin: {},
  edge: {},
  balancer: {},
  access: {},
  media: {},
  tags: {},
  protect: true,
  generation: 1,
};
