import { absent, type Fault, show } from "../../config/fault.ts";
import { type Handle, isKnown } from "../../config/handle.ts";
import { removePath, setPath } from "../../config/remedy/command.ts";
import type { Cluster } from "../../config/types.ts";
import { databaseMembers } from "../../model/groups/database.ts";
import { partitionOf } from "../../model/network/partitions.ts";
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
    ...checkBoundary(settings, cluster),
    ...(cluster.mode === "standalone" ? [] : checkDatabase(settings, cluster)),
  ];
}

/** A setting that the cluster's kind of database would not read. */
function unread(key: string, got: unknown, allowed: string, { database }: Cluster): Fault {
  return {
    path: `ams:aws.${key}`,
    got: `${got === undefined ? "a certificate" : show(got)} while ams:database.kind is ${database.kind}`,
    allowed,
    fix: removePath(`ams:aws.${key}`),
  };
}

function checkDatabase(settings: Settings, cluster: Cluster): readonly Fault[] {
  return [
    ...checkDatabaseType(settings, cluster),
    ...checkSnapshots(settings, cluster),
    ...(settings.documentDbCa === undefined || cluster.database.kind === "managed"
      ? []
      : [unread("documentDbCa", undefined, "not set unless ams:database.kind is managed", cluster)]),
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
  const fitting =
    kind === "own" || kind === "managed" ? allowed[kind] : "not set, because the stack does not run the database";
  return [unread("instanceTypes.database", type, fitting, cluster)];
}

function localDisks(type: string): Fault {
  return {
    path: "ams:aws.instanceTypes.database",
    got: `${show(type)}, whose instance store volumes lose their data when the instance stops`,
    allowed: "a type that has only EBS volumes, such as m5.xlarge, m6i.xlarge or r6i.xlarge",
    fix: setPath("ams:aws.instanceTypes.database", "m5.xlarge"),
  };
}

function checkSnapshots({ databaseSnapshots: { db1, db2, db3 } }: Settings, cluster: Cluster): readonly Fault[] {
  return [db1, db2, db3].flatMap((id, member) => {
    if (id === undefined || member < databaseMembers(cluster)) return [];
    return [unread(`databaseSnapshots.db${member + 1}`, id, "at most one snapshot per database member", cluster)];
  });
}

/** A policy of another partition's account does not exist in the stack's. */
function checkBoundary({ permissionsBoundary }: Settings, { region }: Cluster): readonly Fault[] {
  if (permissionsBoundary === undefined || !isKnown(permissionsBoundary)) return [];
  const [, partition = "", ...rest] = permissionsBoundary.split(":");
  const { id } = partitionOf(region);
  if (partition === id) return [];
  const path = "ams:aws.permissionsBoundary";
  return [
    {
      path,
      got: show(permissionsBoundary),
      allowed: `a policy in the partition ${id}, which contains the region ${region}`,
      fix: setPath(path, ["arn", id, ...rest].join(":")),
    },
  ];
}

function checkHostedZone({ hostedZoneId }: Settings, { domain }: Cluster): readonly Fault[] {
  if (domain?.dns !== "managed" || hostedZoneId !== undefined) return [];
  return [
    {
      path: "ams:aws.hostedZoneId",
      got: absent,
      allowed: `the id of the Route 53 hosted zone ${domain.zone}, because ams:domain.dns is managed. To manage DNS elsewhere, set ams:domain.dns to external`,
      fix: setPath("ams:aws.hostedZoneId", "Z0123456789ABCDEFGHIJ"),
    },
  ];
}
