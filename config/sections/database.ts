import { machine, oneOf, pem, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const tls = z
  .strictObject({
    pem: pem("a certificate", "fullchain.pem").describe(
      "Certificate in PEM format. The certificate must cover the host names of all members, such as *.ams-aws.internal.",
    ),
    ca: pem("a CA certificate", "ca.pem").describe(
      "CA certificate in PEM format. The media machines use this CA to verify the MongoDB machines' certificate.",
    ),
  })
  .optional()
  .meta({
    description:
      "TLS certificate for the MongoDB machines, issued by your own certificate authority. Store its private key in the secret ams:databaseTlsKey.",
    source: "none: connections are not encrypted, but only the cluster's own machines can access the port",
  });

const snapshots = z
  .strictObject({
    everyHours: z
      .literal([1, 2, 3, 4, 6, 8, 12, 24], { error: "one of 1, 2, 3, 4, 6, 8, 12, 24" })
      .default(6)
      .describe("Number of hours between snapshots of a data volume."),
    keep: whole(1, 1000).default(28).meta({
      description: "Number of snapshots to keep for each data volume.",
      source: "one week of snapshots at six-hour intervals",
    }),
  })
  .prefault({});

const restoreDrill = z
  .strictObject({
    maxAgeDays: whole(2, 400).default(40).meta({
      description: "Maximum age of the last successful drill, in days. After that, the `restore-drill` alarm fires.",
      source: "allows for a monthly drill, with time to repeat a failed drill",
    }),
  })
  .optional()
  .meta({
    description:
      "Enables `npm run restore-drill`, which restores the newest snapshot of a data volume to a temporary machine, and adds an alarm for overdue drills.",
    source: "none: restore drills are disabled",
  });

const size = (source: string) => machine.default("general-4").meta({ description: "Machine size.", source });

const mongoMachines = {
  machine: size("equivalent to the m5.xlarge in Ant Media's AWS guide"),
  diskGiB: whole(20, 16000)
    .default(50)
    .describe("Size of each machine's data volume, in GiB. The system disk is separate."),
  version: oneOf("8.0")
    .default("8.0")
    .meta({ description: "MongoDB release series to install.", source: "from Ant Media's install_mongodb.sh" }),
  mirror: text(
    /^https:\/\/[A-Za-z0-9.-]{4,253}(\/[A-Za-z0-9._-]+)*$/,
    "an HTTPS URL without a trailing slash, such as https://repo.mongodb.org",
  )
    .default("https://repo.mongodb.org")
    .describe(
      "Repository from which the machines install MongoDB, e.g. a mirror in mainland China. The machines always verify MongoDB's signature.",
    ),
  tls,
  snapshots,
  restoreDrill,
};

const kinds = [
  z
    .strictObject({ kind: z.literal("instance"), ...mongoMachines })
    .describe("One MongoDB machine that runs as a single-member replica set, which can be extended later."),
  z
    .strictObject({ kind: z.literal("replica-set"), ...mongoMachines })
    .describe("Three MongoDB machines spread across the zones. The replica set tolerates the loss of one machine."),
  z
    .strictObject({
      kind: z.literal("managed"),
      machine: size(""),
      diskGiB: whole(20, 16000)
        .default(50)
        .describe("Storage size in GiB, for managed services that require a fixed size."),
      version: oneOf("5.0", "7.0", "8.0").default("5.0").meta({
        description: "MongoDB version of the managed service.",
        source: "supported by both DocumentDB and ApsaraDB",
      }),
    })
    .describe("Amazon DocumentDB (AWS) or ApsaraDB for MongoDB (Alibaba Cloud)."),
  z
    .strictObject({ kind: z.literal("external") })
    .describe("An existing MongoDB deployment, such as MongoDB Atlas. Store its URL in the secret ams:databaseUrl."),
] as const;

export const database = z
  .discriminatedUnion("kind", kinds, { error: "a kind of database: instance, replica-set, managed or external" })
  .describe("The MongoDB database in which AMS stores stream records and settings.");
