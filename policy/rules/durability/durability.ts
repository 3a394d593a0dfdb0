import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { linkOf, ofType, targetOf } from "../../../recording/read/links.ts";
import { type Found, isUnknown, listAt, show, valueAt } from "../../../recording/read/plain.ts";
import { atLeast, type Expectation, expecting, faultsOf, is, isNot, orAbsent } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { backedUp, ownSnapshots } from "./backups.ts";
import { balancerDecidesHealth, checked, crossZone, drained } from "./balancing.ts";
import { endedLeftovers, keptFiles, keptRecordings } from "./bucket-contents.ts";
import { keptDisks, machinesStay, neverEmpty, noForce, runningProcesses } from "./sizes.ts";

/** Where things stand, as a list of subnets. */
const placePaths: Readonly<Record<string, string>> = {
  [awsType.balancer]: "subnets[]",
  [awsType.group]: "vpcZoneIdentifiers[]",
  [alibabaType.webBalancer]: "zoneMappings[].vswitchId",
  [alibabaType.streamBalancer]: "zoneMappings[].vswitchId",
  [alibabaType.group]: "vswitchIds[]",
};

/** A subnet's zone if the stack says it, else the subnet itself. */
function zoneOf(all: readonly Resource[], subnet: Found): string {
  const target = targetOf(all, subnet);
  const zone = valueAt(target?.props, "availabilityZone") ?? valueAt(target?.props, "zoneId");
  return typeof zone === "string" && !isUnknown(zone) ? zone : (linkOf(subnet) ?? show(subnet));
}

/** Undefined while not even their number is known. */
function zonesOf(all: readonly Resource[], on: Resource): readonly string[] | undefined {
  const path = placePaths[on.type] ?? "";
  if (isUnknown(valueAt(on.props, path.split("[]")[0] ?? ""))) return undefined;
  const subnets = listAt(on.props, path);
  // Of what comes from nowhere that is known, two may be one or two.
  if (subnets.length > 1 && subnets.some((subnet) => linkOf(subnet) === undefined)) return undefined;
  return [...new Set(subnets.map((subnet) => zoneOf(all, subnet)))];
}

const twoZones: Rule = {
  id: "two-zones",
  concern: "durability",
  sources: {
    aws: ["FSBP ELB.13", "FSBP AutoScaling.2"],
    alibaba: ["Config alb-instance-multi-zone", "Config ess-scaling-group-attach-multi-switch"],
  },
  demands: "Load balancers and scaling groups use two or more zones",
  remedy: "list two or more zones in ams:network.zones",
  looksAt: byCloud(Object.keys(placePaths)),
  find: (all) =>
    ofType(all, ...Object.keys(placePaths)).flatMap((on): readonly Fault[] => {
      const zones = zonesOf(all, on);
      if (zones === undefined || zones.length >= 2) return [];
      return [{ on, fault: `it is in ${zones.length === 0 ? "no zone" : "only one zone"}` }];
    }),
};

/** ESS's task; from Default or Latest it can't be rolled back (StartInstanceRefresh). */
const refreshed: readonly Expectation[] = [
  atLeast("minHealthyPercentage", 100),
  atLeast("maxHealthyPercentage", 101),
  isNot("desiredConfigurationLaunchTemplateVersion", "Latest"),
  isNot("desiredConfigurationLaunchTemplateVersion", "Default"),
];

const rolling: Rule = {
  id: "replacement-keeps-capacity",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "A rolling replacement starts new machines before it stops old ones. On Alibaba Cloud, the template version is a number, because a replacement with Latest or Default cannot be rolled back; on AWS, rolling back requires another update",
  remedy:
    "set minHealthyPercentage to 100 and maxHealthyPercentage to more than 100. On Alibaba Cloud, also set the template version to a number",
  looksAt: byCloud([awsType.group, alibabaType.refresh]),
  find: (all) => [
    ...ofType(all, alibabaType.refresh).flatMap((on) => faultsOf(on, refreshed)),
    ...ofType(all, awsType.group)
      .filter(({ props }) => props["instanceRefresh"] !== undefined)
      .flatMap((on) =>
        faultsOf(on, [
          atLeast("instanceRefresh.preferences.minHealthyPercentage", 100),
          atLeast("instanceRefresh.preferences.maxHealthyPercentage", 101),
        ]),
      ),
  ],
};

const deletionProtected: Rule = {
  id: "deletion-protection",
  concern: "durability",
  sources: {
    aws: ["FSBP ELB.6", "CKV_AWS_150", "own"],
    alibaba: ["Config ecs-instance-deletion-protection-enabled", "Config alb-delete-protection-enabled"],
  },
  demands:
    "The cloud's deletion protection is enabled for load balancers, the database machine, and scaling groups that contain machines",
  remedy: "keep ams:protect set to true until you destroy the stack",
  ...expecting({
    [awsType.balancer]: [is("enableDeletionProtection", true)],
    [awsType.instance]: [is("disableApiTermination", true)],
    [awsType.group]: [isNot("forceDelete", true)],
    [awsType.database]: [
      is("deletionProtection", true),
      isNot("skipFinalSnapshot", true),
      isNot("allowMajorVersionUpgrade", true),
    ],
    [alibabaType.database]: [
      is("dbInstanceReleaseProtection", true),
      isNot("backupRetentionPolicyOnClusterDeletion", 0),
    ],
    [alibabaType.webBalancer]: [
      is("deletionProtectionEnabled", true),
      isNot("deletionProtectionConfig.enabled", false),
      isNot("modificationProtectionConfig.status", "NonProtection"),
    ],
    [alibabaType.streamBalancer]: [
      is("deletionProtectionEnabled", true),
      isNot("deletionProtectionConfig.enabled", false),
      isNot("modificationProtectionStatus", "NonProtection"),
      isNot("modificationProtectionConfig.status", "NonProtection"),
    ],
    [alibabaType.instance]: [is("deletionProtection", true)],
    [alibabaType.group]: [is("groupDeletionProtection", true)],
  }),
};

const keptData: Rule = {
  id: "data-outlives-machine",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "The database volume is retained when its machine is deleted, and deleting the volume creates a final snapshot",
  remedy: "set finalSnapshot to true (AWS) or deleteWithInstance to false (Alibaba Cloud)",
  ...expecting({
    [awsType.volume]: [is("finalSnapshot", true), isNot("multiAttachEnabled", true)],
    [alibabaType.disk]: [is("deleteWithInstance", false)],
    "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment": [isNot("deleteWithInstance", true)],
  }),
};

const recoverableSecrets: Rule = {
  id: "secrets-are-recoverable",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "A deleted secret can be restored for at least a week. OOS cannot restore deleted parameters, so the program protects them from deletion",
  remedy: "set recoveryWindowInDays to 7 or more",
  ...expecting({
    [awsType.secret]: [orAbsent(atLeast("recoveryWindowInDays", 7))],
    [alibabaType.secret]: [orAbsent(atLeast("recoveryWindowInDays", 7)), isNot("forceDeleteWithoutRecovery", true)],
  }),
};

export const durability: readonly Rule[] = [
  twoZones,
  balancerDecidesHealth,
  drained,
  checked,
  crossZone,
  rolling,
  deletionProtected,
  keptData,
  backedUp,
  ownSnapshots,
  keptDisks,
  neverEmpty,
  runningProcesses,
  machinesStay,
  noForce,
  recoverableSecrets,
  keptFiles,
  keptRecordings,
  endedLeftovers,
];
