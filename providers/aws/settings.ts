import { absent, type Fault, show } from "../../config/fault.ts";
import type { Handle } from "../../config/handle.ts";
import type { Cluster } from "../../config/types.ts";
import { databaseMembers } from "../../model/groups/database.ts";
import { checkGpu, checkListed } from "../shared/check-types.ts";
import { hasLocalDisks } from "./compute/instance-types.ts";
import { typeFacts } from "./compute/known-types.ts";
import { marketplace, type Settings } from "./schema.ts";

export const isMarketplace = (value: Handle): boolean => value === marketplace;

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
      got: absent,
      allowed: `the id of Route 53's hosted zone ${domain.zone} while ams:domain.dns is managed`,
      fix: "Set it with: pulumi config set --path ams:aws.hostedZoneId Z..., or ams:domain.dns external",
    },
  ];
}
