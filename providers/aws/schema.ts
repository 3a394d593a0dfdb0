import { readCertificate } from "../../config/certificate.ts";
import { handle, text } from "../../config/parts.ts";
import * as z from "../../config/zod.ts";
import { accountQuotas } from "../shared/account-quotas.ts";
import { databaseSnapshots, instanceTypes, unlistedTypes } from "../shared/schema-parts.ts";

/** The block `ams:aws`: what only this cloud has. */

export const marketplace = "marketplace";

/** Product codes and names of Ant Media's marketplace images (its CloudFormation template). */
export const marketplaceProducts = {
  media: { code: "4wh7rhpic3wfwamyp5905tsbt", name: "AntMedia-AWS-Marketplace-EE-*" },
  gpu: { code: "8kf9kapq2qbo37fuekp8k7o6r", name: "AntMedia-AWS-Marketplace-GPU-*" },
} as const;

const amiId = handle(
  /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/,
  "an image id in this region such as ami-0123456789abcdef0",
).optional();

const mediaImage = handle(
  /^(ami-([0-9a-f]{8}|[0-9a-f]{17})|marketplace)$/,
  "an image id in this region such as ami-0123456789abcdef0, or marketplace for the newest image in your subscription",
);

/** Graviton families have a g after the generation (c6g, im4gn, x2gd); a1 is the first of them, mac the other Arm one. */
const isArm = (type: string): boolean => /^(a1|mac\d.*|[a-z]+\d+[a-z]*g[a-z]*)\./.test(type);

const machineType = (allowed: string, pattern: RegExp) =>
  z
    .string({ error: allowed })
    .regex(pattern, allowed)
    .refine((type) => !isArm(type), "an x86_64 instance type such as c5.xlarge, because the images are x86_64")
    .optional();

const typeForm = "an EC2 instance type such as c5.xlarge";

const instanceType = machineType(typeForm, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/);

/** DocumentDB's classes begin with db; their architecture is its own matter. */
const databaseType = machineType(
  "an EC2 instance type such as m5.xlarge, or a DocumentDB class such as db.r6g.large",
  /^(db\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
);

const snapshotId = z
  .string({ error: "a snapshot id in this region such as snap-0123456789abcdef0" })
  .regex(/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/, "a snapshot id in this region such as snap-0123456789abcdef0")
  .optional();

export const schema = z
  .strictObject({
    images: z.strictObject({
      media: mediaImage.describe(
        "AMS image for both groups. If you pin the id, a preview needs no lookup and shows every image change.",
      ),
      gpu: mediaImage.optional().meta({
        description: "AMS image with the NVIDIA driver, for origins whose instance type has a GPU.",
        source: "none",
      }),
      database: amiId.meta({
        description: "Ubuntu 24.04 image for the database machines.",
        source: "the newest image when the machine is created",
      }),
      proxy: amiId.meta({
        description: "Ubuntu 24.04 image for the proxies.",
        source: "the newest image when a machine is created",
      }),
    }),
    instanceTypes: instanceTypes(instanceType, databaseType, "DocumentDB"),
    unlistedTypes: unlistedTypes(text(/^(db\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+$/, typeForm)),
    quotas: accountQuotas("aws"),
    hostedZoneId: handle(/^Z[A-Z0-9]{7,31}$/, "a Route 53 hosted zone id such as Z0123456789ABCDEFGHIJ")
      .optional()
      .meta({
        description: "Route 53 hosted zone for the domain. Required if ams:domain.dns is managed.",
        source: "none",
      }),
    permissionsBoundary: handle(
      /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/([\x21-\x7e]+\/)*[\w+=,.@-]{1,128}$/,
      "a policy ARN such as arn:aws:iam::123456789012:policy/boundary",
    )
      .optional()
      .meta({
        description:
          "Permissions boundary for every role and user that the stack creates. It must allow the machine actions that are listed in docs/security.md.",
        source: "none",
      }),
    rolePath: text(
      /^\/(?!aws-)([A-Za-z0-9_+=,.@-]{1,64}\/){1,7}$/,
      "a path that begins and ends with a slash, such as /ams/",
    )
      .optional()
      .meta({
        description:
          "Path for every role, instance profile and user that the stack creates. Changing this key replaces these resources and the machines that use them.",
        source: "none: /",
      }),
    databaseSnapshots: databaseSnapshots(snapshotId),
    documentDbCa: z
      .string({ error: "one certificate in PEM format" })
      .refine((pem) => readCertificate(pem) !== undefined, "one certificate in PEM format")
      .meta({ file: "global-bundle.pem" })
      .optional()
      .meta({
        description:
          "Amazon's CA certificate for DocumentDB in this region, in PEM format. Setting this key enables TLS.",
        source: "none: no TLS",
      }),
  })
  .describe("Settings for AWS only.");

export type Settings = z.output<typeof schema>;
