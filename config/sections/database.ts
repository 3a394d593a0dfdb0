import { machine, oneOf, pem, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const tls = z
  .strictObject({
    pem: pem("a certificate", "fullchain.pem").describe(
      "The certificate's PEM; its names cover every member, e.g. *.ams-aws.internal.",
    ),
    ca: pem("the certificate of the authority", "ca.pem").describe(
      "The certificate authority's PEM, which the media machines trust.",
    ),
  })
  .optional()
  .meta({
    description:
      "Certificate of the MongoDB machines, from your own certificate authority. Its key is the secret ams:databaseTlsKey.",
    source: "none: only the cluster's own machines can access the port",
  });

const snapshots = z
  .strictObject({
    everyHours: z
      .literal([1, 2, 3, 4, 6, 8, 12, 24], { error: "one of 1, 2, 3, 4, 6, 8, 12, 24" })
      .default(6)
      .describe("Hours between two snapshots of a data volume."),
    keep: whole(1, 1000)
      .default(28)
      .meta({ description: "Snapshots to keep.", source: "one week, at six-hour intervals" }),
  })
  .prefault({});

const size = (source: string) => machine.default("general-4").meta({ description: "Machine size.", source });

const mongoMachines = {
  machine: size("Ant Media's guide to AWS: m5.xlarge"),
  diskGiB: whole(20, 16000).default(50).describe("Data volume of each machine in GiB, apart from the system disk."),
  version: oneOf("8.0")
    .default("8.0")
    .meta({ description: "MongoDB's release series, pinned.", source: "the vendor's install_mongodb.sh" }),
  mirror: text(
    /^https:\/\/[A-Za-z0-9.-]{4,253}(\/[A-Za-z0-9._-]+)*$/,
    "an https address without a slash at its end, such as https://repo.mongodb.org",
  )
    .default("https://repo.mongodb.org")
    .describe(
      "Source of MongoDB's packages, e.g. a mirror in mainland China. MongoDB's signature is verified in any case.",
    ),
  tls,
  snapshots,
};

const kinds = [
  z
    .strictObject({ kind: z.literal("instance"), ...mongoMachines })
    .describe("One MongoDB machine: a replica set with one member, which can be extended."),
  z
    .strictObject({ kind: z.literal("replica-set"), ...mongoMachines })
    .describe("Three members across the zones. The set tolerates the loss of one."),
  z
    .strictObject({
      kind: z.literal("managed"),
      machine: size(""),
      diskGiB: whole(20, 16000).default(50).describe("Storage in GiB, if the service has a fixed size."),
      version: oneOf("5.0", "7.0", "8.0")
        .default("5.0")
        .meta({ description: "MongoDB version of the service.", source: "supported by both services" }),
    })
    .describe("The cloud's own service: Amazon DocumentDB, ApsaraDB for MongoDB."),
  z
    .strictObject({ kind: z.literal("external") })
    .describe("An existing MongoDB, e.g. Atlas. Its URL is the secret ams:databaseUrl."),
] as const;

export const database = z
  .discriminatedUnion("kind", kinds, { error: "a kind: instance, replica-set, managed or external" })
  .describe("MongoDB, which stores AMS's streams and settings.");
