import { cidr, flag, handle, oneOf, pem, receiver, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

/** Sections about running a cluster. */

export const drain = z
  .strictObject({
    maxMinutes: whole(1, 2880)
      .default(240)
      .describe("Number of minutes after which a draining node stops, even if it is still serving streams."),
  })
  .describe(
    "Draining: a node that is being removed accepts no new clients, and stops after its last client has disconnected.",
  );

export const alarms = z
  .strictObject({
    emails: z
      .array(text(/^[^\s@]{1,64}@[A-Za-z0-9.-]{1,190}$/, "an e-mail address"), { error: "a list of e-mail addresses" })
      .default([])
      .describe("E-mail addresses that receive every alarm."),
    webhooks: z
      .array(text(/^https:\/\/[^\s"'<>]{3,500}$/, "an HTTPS URL"), { error: "a list of HTTPS URLs" })
      .default([])
      .describe("HTTPS URLs that receive every alarm as a POST request."),
  })
  .describe("Alarm recipients. The stack creates the alarms even if there are no recipients.");

/** Days that both clouds' log services can keep logs for. */
const retentionDays = [1, 3, 7, 14, 30, 60, 90, 180, 365, 731, 1827] as const;

const forward = z
  .strictObject({
    protocol: oneOf("syslog", "otlp").describe(
      "`syslog`: RFC 5424 over TLS (RFC 5425). `otlp`: the OpenTelemetry Protocol over HTTPS (OTLP/HTTP with JSON). For `otlp`, you can set request headers, such as one with an API key, in the secret ams:logHeaders.",
    ),
    host: receiver.meta({
      example: "logs.example.com",
      description:
        "Host name or IPv4 address of the receiver. If you set an address, the firewall rule of the database, proxy and TURN machines allows traffic only to that address.",
    }),
    port: whole(1, 65535).optional().meta({
      description: "TCP port of the receiver.",
      source: "6514 for syslog over TLS, 514 for syslog without TLS, or 4318 for OTLP",
    }),
    path: text(/^\/[A-Za-z0-9._~/-]{0,200}$/, "a path such as /v1/logs")
      .optional()
      .meta({ description: "HTTP request path, used if `protocol` is `otlp`.", source: "/v1/logs" }),
    tls: flag
      .default(true)
      .describe("Encrypts the connection with TLS. TLS can be disabled only for a receiver at a private IPv4 address."),
    ca: pem("a CA certificate", "ca.pem").optional().meta({
      description:
        "CA certificate in PEM format. If you set this key, the machines accept the receiver's certificate only if this CA issued it.",
      source: "the public CAs that the machine trusts",
    }),
  })
  .optional()
  .meta({
    description:
      "Receiver to which the machines forward their log lines, in addition to the cloud's log service. Setting, changing or removing this key replaces the machines, because their agent changes.",
    source: "none: log lines are sent only to the cloud's log service",
  });

export const logs = z
  .strictObject({
    retentionDays: z
      .literal(retentionDays, { error: `one of ${retentionDays.join(", ")}` })
      .default(365)
      .meta({
        description: "Log retention in days.",
        source: "from control CloudWatch.16 of AWS Foundational Security Best Practices",
      }),
    bucket: handle(
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
      "the name of a bucket or log project, with 3 to 63 lower-case letters, digits and dashes",
    )
      .optional()
      .meta({
        description:
          "Existing bucket (AWS) or Log Service project (Alibaba Cloud) for load balancer access logs and network flow logs.",
        source: "none: the stack creates a bucket or project",
      }),
    forward,
  })
  .describe("Logs of the machines, the load balancers and the network.");

/** Each is a rule of each machine's security group. */
const mostScrapeCidrs = 5;

export const monitoring = z
  .strictObject({
    scrapeCidrs: z
      .array(cidr, { error: "a list of IPv4 ranges" })
      .max(mostScrapeCidrs, `at most ${mostScrapeCidrs} ranges`)
      .refine((ranges) => new Set(ranges).size === ranges.length, "each range only once")
      .default([])
      .meta({
        example: ["10.20.0.0/24"],
        description:
          "Private IPv4 ranges of the Prometheus servers that can read the machines' metrics. If this key is set, the machines serve the metrics on port 9464. Adding the first range replaces the machines, because the exporter is added to their agent.",
        source: "the machines do not run an exporter",
      }),
  })
  .describe("Monitoring with other tools than the cloud's own service, such as Prometheus.");

export const recordings = z
  .strictObject({
    store: oneOf("none", "bucket").default("none").meta({
      description:
        "Storage for recordings. `bucket`: a private, encrypted bucket that is retained when the stack is destroyed.",
      source: "recordings stay on the origin's disk and are lost when the origin is removed",
    }),
  })
  .describe("Storage for recorded streams.");

export const tags = z
  .record(
    text(
      /^(?!aws|acs:|ams-cluster$|Name$)[A-Za-z0-9_.:/@+-]{1,64}$/,
      "1 to 64 letters, digits or _.:/@+-, not Name, ams-cluster, aws* or acs:*",
    ),
    text(/^[A-Za-z0-9 _.:/=@+-]{0,128}$/, "up to 128 letters, digits, spaces or _.:/=@+-"),
    { error: "a map of tag names to values" },
  )
  .describe("Tags for every resource.");

export const protect = flag.describe(
  "Protects the database, secrets and load balancers from deletion, both in Pulumi and in the cloud. Address pools are protected only in Pulumi. Before you destroy the stack, set this key to false and run `up`.",
);

export const generation = whole(1, 999).describe(
  "Number at the end of each secret's name. Increase this number to redeploy a destroyed stack while the old secrets are still scheduled for deletion.",
);
