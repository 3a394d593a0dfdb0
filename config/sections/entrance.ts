import { cidr, cloudId, handle, hostName, hostPattern, oneOf } from "../parts.ts";
import { examples } from "../remedy/examples.ts";
import * as z from "../zod.ts";

/** What clients connect to, and who may administrate. */

export const domain = z
  .strictObject({
    name: hostName.describe("Name that viewers and publishers use, e.g. live.example.com."),
    zone: hostName.describe("DNS zone that contains the name, e.g. example.com."),
    names: z
      .array(hostPattern, { error: "a list of domain names and wildcards" })
      .max(9, "at most 9 names in addition to ams:domain.name")
      .refine((names) => new Set(names).size === names.length, "each name only once")
      .default([])
      .meta({
        example: ["video.example.com"],
        description:
          "Additional names and wildcards within the zone, such as `*.live.example.com`. Like `name`, they have DNS records and are covered by `issued` certificates.",
        source: "none",
      }),
    dns: oneOf("managed", "external")
      .default("managed")
      .describe(
        "`managed`: the stack creates the records in the cloud's DNS service. `external`: a stack output lists the records to add.",
      ),
  })
  .optional()
  .meta({ description: "The cluster's host name.", source: "none: clients use the load balancer's host name" });

export const certificate = z
  .discriminatedUnion(
    "source",
    [
      z
        .strictObject({ source: z.literal("issued") })
        .describe("A certificate issued by ACM (AWS) or, if the stack has proxies, by Let's Encrypt."),
      z
        .strictObject({
          source: z.literal("existing"),
          id: handle(/./, "a certificate id")
            .meta({ example: examples.certificateId })
            .describe("ACM certificate ARN (AWS), or certificate number and site (Alibaba Cloud)."),
        })
        .describe("An existing certificate in the cloud, identified by `id`."),
      z
        .strictObject({
          source: z.literal("uploaded"),
          pem: z
            .string({ error: "the certificate and its chain in PEM format" })
            .meta({ file: "fullchain.pem" })
            .describe("Certificate and its chain. Store the private key in the secret ams:certificateKey."),
        })
        .describe("Your own certificate in PEM format."),
      z.strictObject({ source: z.literal("none") }).describe("Plain HTTP only."),
    ],
    { error: "a source: issued, existing, uploaded or none" },
  )
  .meta({ example: examples.certificate })
  .describe("The TLS certificate.");

/** What a certificate with other faults may still say. */
export const certificateSource = oneOf("issued", "existing", "uploaded", "none");

export const access = z
  .strictObject({
    adminCidrs: z
      .array(cidr, { error: "a list of IPv4 ranges" })
      .refine((ranges) => new Set(ranges).size === ranges.length, "each range only once")
      .default([])
      .meta({
        example: ["203.0.113.7/32"],
        description:
          "IPv4 ranges that can access the web panel, the server's REST API and, if an SSH key is set, SSH. Adjacent ranges are merged.",
        source: "the panel is blocked",
      }),
    adminGroup: cloudId("group").optional().meta({
      description:
        "Security group in the network. Its members, such as bastions or VPN gateways, can connect over SSH if an SSH key is set.",
      source: "none",
    }),
    sshPublicKey: handle(/^(ssh-(rsa|ed25519)|ecdsa-\S+) [A-Za-z0-9+/=]+( \S+)*$/, "an SSH public key on one line")
      .optional()
      .meta({ description: "Administrators' SSH public key.", source: "none: port 22 stays closed" }),
  })
  .describe("Access for administrators.");
