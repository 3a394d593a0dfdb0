import { cidr, cloudId, handle, hostName, hostPattern, oneOf } from "../parts.ts";
import { examples } from "../remedy/examples.ts";
import * as z from "../zod.ts";

/** What clients connect to, and who may administrate. */

export const domain = z
  .strictObject({
    name: hostName.describe("Host name that viewers and publishers connect to, e.g. live.example.com."),
    zone: hostName.describe("DNS zone that contains the host name, e.g. example.com."),
    names: z
      .array(hostPattern, { error: "a list of domain names and wildcards" })
      .max(9, "at most 9 names in addition to ams:domain.name")
      .refine((names) => new Set(names).size === names.length, "each name only once")
      .default([])
      .meta({
        example: ["video.example.com"],
        description:
          "Additional host names and wildcards in the zone, such as `*.live.example.com`. These names also get DNS records and are covered by `issued` certificates.",
        source: "none",
      }),
    dns: oneOf("managed", "external")
      .default("managed")
      .describe(
        "`managed`: the stack creates the records in the cloud's DNS service. `external`: you add the records yourself; a stack output lists them.",
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
            .describe(
              "ARN of the ACM certificate (AWS), or the certificate number and site, such as 12345678-ap-southeast-1 (Alibaba Cloud).",
            ),
        })
        .describe(
          "An existing certificate in ACM (AWS) or Certificate Management Service (Alibaba Cloud), identified by `id`.",
        ),
      z
        .strictObject({
          source: z.literal("uploaded"),
          pem: z
            .string({ error: "the certificate and its chain in PEM format" })
            .meta({ file: "fullchain.pem" })
            .describe(
              "Certificate and its chain in PEM format. Store the private key in the secret ams:certificateKey.",
            ),
        })
        .describe("Your own certificate in PEM format."),
      z.strictObject({ source: z.literal("none") }).describe("No certificate; the cluster uses plain HTTP only."),
    ],
    { error: "a certificate source: issued, existing, uploaded or none" },
  )
  .meta({ example: examples.certificate })
  .describe("The cluster's TLS certificate.");

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
          "IPv4 ranges from which administrators can access the web panel, the server's REST API and, if an SSH key is set, SSH. The program merges adjacent ranges.",
        source: "the panel is blocked",
      }),
    adminGroup: cloudId("group").optional().meta({
      description:
        "Security group in the network whose members, such as bastion hosts or VPN gateways, can connect to the machines over SSH. Requires `sshPublicKey`.",
      source: "none",
    }),
    sshPublicKey: handle(/^(ssh-(rsa|ed25519)|ecdsa-\S+) [A-Za-z0-9+/=]+( \S+)*$/, "an SSH public key on one line")
      .optional()
      .meta({ description: "SSH public key of the administrators.", source: "none: port 22 stays closed" }),
  })
  .describe("Administrator access.");
