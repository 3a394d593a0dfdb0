import { cidr, cloudId, handle, hostName, hostPattern, oneOf } from "../parts.ts";
import { examples } from "../remedy/examples.ts";
import * as z from "../zod.ts";

/** What clients connect to, and who may administrate. */

export const domain = z
  .strictObject({
    name: hostName.describe("Name that viewers and publishers use, e.g. live.example.com."),
    zone: hostName.describe("DNS zone that holds the name, e.g. example.com."),
    names: z
      .array(hostPattern, { error: "a list of domain names and wildcards" })
      .max(9, "at most 9 names beside ams:domain.name")
      .refine((names) => new Set(names).size === names.length, "each name once")
      .default([])
      .meta({
        example: ["video.example.com"],
        description:
          "Further names and wildcards, such as `*.live.example.com`, within the zone. They get records, and issued certificates cover them.",
        source: "none",
      }),
    dns: oneOf("managed", "external")
      .default("managed")
      .describe("`managed`: a record in the cloud's DNS. `external`: an output lists the records to add."),
  })
  .optional()
  .meta({ description: "The cluster's host name.", source: "none: the load balancer's own name" });

export const certificate = z
  .discriminatedUnion(
    "source",
    [
      z
        .strictObject({ source: z.literal("issued") })
        .describe("A certificate that the cloud issues (AWS), or, with proxies, Let's Encrypt."),
      z
        .strictObject({
          source: z.literal("existing"),
          id: handle(/./, "the certificate's id")
            .meta({ example: examples.certificateId })
            .describe("ARN in ACM (AWS), or number and site of the certificate (Alibaba Cloud)."),
        })
        .describe("An existing certificate in the cloud, by its id."),
      z
        .strictObject({
          source: z.literal("uploaded"),
          pem: z
            .string({ error: "the certificate and its chain in PEM form" })
            .meta({ file: "fullchain.pem" })
            .describe("The certificate with its chain. Its key is the secret ams:certificateKey."),
        })
        .describe("A certificate of your own, as PEM."),
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
      .refine((ranges) => new Set(ranges).size === ranges.length, "each range once")
      .default([])
      .meta({
        example: ["203.0.113.7/32"],
        description:
          "Ranges that can access the web panel, the server's REST API and, with a key, SSH. Adjacent ranges are merged.",
        source: "the panel is blocked",
      }),
    adminGroup: cloudId("group").optional().meta({
      description: "Security group in the network whose members can use SSH if a key is set: bastions, VPN gateways.",
      source: "none",
    }),
    sshPublicKey: handle(/^(ssh-(rsa|ed25519)|ecdsa-\S+) [A-Za-z0-9+/=]+( \S+)*$/, "one line of an SSH public key")
      .optional()
      .meta({ description: "SSH public key of the administrators.", source: "none: port 22 stays closed" }),
  })
  .describe("Administrators' access.");
