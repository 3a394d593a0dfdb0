import { readCertificate } from "../../model/certificate.ts";
import type { Cluster } from "../../config/types.ts";
import { databaseMembers } from "../../model/database.ts";
import { type Fault, show } from "../../model/fault.ts";
import { handle } from "../../config/parts.ts";
import type { Handle } from "../../model/handle.ts";
import * as z from "../../config/zod.ts";
import { accountQuotas } from "../account-quotas.ts";
import { checkGpu, checkListed } from "../check-types.ts";
import { hasLocalDisks } from "./instance-types.ts";
import { typeFacts } from "./known-types.ts";

/** The block `ams:aws`: what only this cloud has. */

const marketplace = "marketplace";

const amiId = handle(
  /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/,
  "an image id of this region such as ami-0123456789abcdef0",
).optional();

const mediaImage = handle(
  /^(ami-([0-9a-f]{8}|[0-9a-f]{17})|marketplace)$/,
  "an image id of this region such as ami-0123456789abcdef0, or marketplace for the newest one you subscribed to",
);

/** Graviton families have a g after the generation (c6g, im4gn, x2gd); a1 is the first of them, mac the other Arm one. */
const isArm = (type: string): boolean => /^(a1|mac\d.*|[a-z]+\d+[a-z]*g[a-z]*)\./.test(type);

const machineType = (allowed: string, pattern: RegExp) =>
  z
    .string({ error: allowed })
    .regex(pattern, allowed)
    .refine(
      (type) => !isArm(type),
      "an instance type of the x86_64 architecture, as the images are: c5.xlarge, not c6g.xlarge",
    )
    .optional();

const typeForm = "an EC2 instance type such as c5.xlarge";

const instanceType = machineType(typeForm, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/);

/** DocumentDB's classes begin with db; their architecture is its own matter. */
const databaseType = machineType(
  "an EC2 instance type such as m5.xlarge, or a DocumentDB class such as db.r6g.large",
  /^(db\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
);

const snapshotId = z
  .string({ error: "a snapshot's id such as snap-0123456789abcdef0" })
  .regex(/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/, "a snapshot's id of this region such as snap-0123456789abcdef0")
  .optional();

const snapshots = z
  .strictObject(
    {
      db1: snapshotId.describe("Snapshot of the first member."),
      db2: snapshotId.describe("Snapshot of the second member."),
      db3: snapshotId.describe("Snapshot of the third member."),
    },
    { error: "a group of keys" },
  )
  .default({});

export const schema = z
  .strictObject({
    images: z.strictObject({
      media: mediaImage.describe(
        "AMS image of both groups. Pinned by id, a preview needs no lookup and shows each change of image.",
      ),
      gpu: mediaImage.optional().meta({
        description: "AMS image with NVIDIA's driver, for an origin whose instance type has a GPU.",
        source: "none",
      }),
      database: amiId.meta({
        description: "Ubuntu 24.04 image of the database's machines.",
        source: "the newest when the machine is created",
      }),
      proxy: amiId.meta({
        description: "Ubuntu 24.04 image of the proxies.",
        source: "the newest when a machine is created",
      }),
    }),
    instanceTypes: z
      .strictObject(
        {
          origin: instanceType.describe("Instance type of the origins."),
          edge: instanceType.describe("Instance type of the edges."),
          database: databaseType.describe("Instance type of the database's machines, or DocumentDB's instance class."),
          proxy: instanceType.describe("Instance type of the proxies."),
        },
        { error: "a group of keys" },
      )
      .default({}),
    unlistedTypes: z
      .array(z.string({ error: typeForm }).regex(/^(db\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+$/, typeForm), {
        error: "a list of instance types",
      })
      .default([])
      .describe("Instance types that are newer than the program's list; `instanceTypes` may name them then."),
    quotas: accountQuotas("aws"),
    hostedZoneId: handle(/^Z[A-Z0-9]{7,31}$/, "a Route 53 hosted zone's id such as Z0123456789ABCDEFGHIJ")
      .optional()
      .meta({
        description: "Route 53 hosted zone of the domain. Required while ams:domain.dns is managed.",
        source: "none",
      }),
    databaseSnapshots: snapshots,
    documentDbCa: z
      .string({ error: "one certificate in PEM form" })
      .refine((pem) => readCertificate(pem) !== undefined, "one certificate in PEM form")
      .optional()
      .meta({
        description: "PEM of Amazon's authority for DocumentDB in this region; with it TLS is on.",
        source: "none: no TLS",
      }),
  })
  .describe("Settings of AWS alone.");

export type Settings = z.output<typeof schema>;

export const isMarketplace = (value: Handle): boolean => value === marketplace;

/** The snapshot that a member begins with. */
export function snapshotOf({ databaseSnapshots: { db1, db2, db3 } }: Settings, member: number): string | undefined {
  return [db1, db2, db3][member];
}

/** What the block and the cluster don't say together. */
export function checkSettings(settings: Settings, cluster: Cluster): readonly Fault[] {
  return [
    ...checkListed(typeFacts, settings),
    ...checkGpu(typeFacts, settings, cluster),
    ...checkHostedZone(settings, cluster),
    ...(cluster.mode === "standalone" ? [] : checkDatabase(settings, cluster)),
  ];
}

/** A setting that the cluster's kind of database would not read. */
function unread(key: string, got: unknown, allowed: string, { database }: Cluster): Fault {
  return {
    path: `ams:aws.${key}`,
    got: `${show(got)} while ams:database.kind is ${database.kind}`,
    allowed,
    fix: `Remove it with: pulumi config rm --path ams:aws.${key}`,
  };
}

function checkDatabase(settings: Settings, cluster: Cluster): readonly Fault[] {
  return [
    ...checkDatabaseType(settings, cluster),
    ...checkSnapshots(settings, cluster),
    ...(settings.documentDbCa === undefined || cluster.database.kind === "managed"
      ? []
      : [unread("documentDbCa", "a certificate", "one for ams:database.kind managed alone", cluster)]),
  ];
}

function checkDatabaseType({ instanceTypes: { database: type } }: Settings, cluster: Cluster): readonly Fault[] {
  if (type === undefined) return [];
  const kindOfType = type.startsWith("db.") ? "managed" : "own";
  const kind = databaseMembers(cluster) > 0 ? "own" : cluster.database.kind;
  if (kindOfType === kind) return kind === "own" && hasLocalDisks(type) ? [localDisks(type)] : [];
  const allowed = {
    own: "an EC2 instance type such as m5.xlarge",
    managed: "a DocumentDB class such as db.r6g.large",
  };
  const fitting = kind === "own" || kind === "managed" ? allowed[kind] : "nothing: it runs elsewhere";
  return [unread("instanceTypes.database", type, fitting, cluster)];
}

function localDisks(type: string): Fault {
  return {
    path: "ams:aws.instanceTypes.database",
    got: `${show(type)}, which has disks of its host that a stop of the machine empties`,
    allowed: "a type with EBS volumes alone, such as m5.xlarge, m6i.xlarge or r6i.xlarge",
    fix: "Set it with: pulumi config set --path ams:aws.instanceTypes.database m5.xlarge",
  };
}

function checkSnapshots({ databaseSnapshots: { db1, db2, db3 } }: Settings, cluster: Cluster): readonly Fault[] {
  return [db1, db2, db3].flatMap((id, member) => {
    if (id === undefined || member < databaseMembers(cluster)) return [];
    return [unread(`databaseSnapshots.db${member + 1}`, id, "snapshots for members that the database has", cluster)];
  });
}

function checkHostedZone({ hostedZoneId }: Settings, { domain }: Cluster): readonly Fault[] {
  if (domain?.dns !== "managed" || hostedZoneId !== undefined) return [];
  return [
    {
      path: "ams:aws.hostedZoneId",
      got: "nothing",
      allowed: `the id of Route 53's hosted zone ${domain.zone} while ams:domain.dns is managed`,
      fix: "Set it with: pulumi config set --path ams:aws.hostedZoneId Z..., or ams:domain.dns external",
    },
  ];
}
