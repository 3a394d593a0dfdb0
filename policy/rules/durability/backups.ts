import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { isResolved, ofType, targetOf } from "../../../recording/read/links.ts";
import { type Found, isFields, isUnknown, listAt, same, valueAt } from "../../../recording/read/plain.ts";
import { atLeast, type Expectation, expecting, faultsOf, is, isNot, isSet, orAbsent, unset } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

/** A week, so that a mistake of Friday is seen in time. */
const leastDays = 7;

const awsPolicy = "aws:dlm/lifecyclePolicy:LifecyclePolicy";
const alibabaPolicy = "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy";
const alibabaAttachment = "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment";

/** Whether a policy's target tags are among a volume's; what isn't known may be. */
function targets(policy: Resource, volume: Resource): boolean {
  const [wanted, tags] = [valueAt(policy.props, "policyDetails.targetTags"), volume.props["tags"]];
  if (isUnknown(wanted) || isUnknown(tags)) return true;
  if (!isFields(wanted) || !isFields(tags)) return false;
  return Object.entries(wanted).every(([key, value]) => {
    const own: Found = tags[key];
    return isUnknown(value) || isUnknown(own) || same(own, value);
  });
}

function isCovered(all: readonly Resource[], volume: Resource): boolean {
  if (volume.type === awsType.volume) return ofType(all, awsPolicy).some((policy) => targets(policy, volume));
  return ofType(all, alibabaAttachment).some(({ props }) => {
    const disk = props["diskId"];
    return targetOf(all, disk) === volume || !isResolved(all, disk);
  });
}

/** A day, so that no more than that is lost. */
const mostHours = 24;

function rareSchedules(on: Resource): readonly Fault[] {
  return listAt(on.props, "policyDetails.schedules[]").flatMap((schedule): readonly Fault[] => {
    const interval = valueAt(schedule, "createRule.interval");
    if (isUnknown(interval) || valueAt(schedule, "createRule.cronExpression") !== undefined) return [];
    return Number(interval) > 0 && Number(interval) <= mostHours
      ? []
      : [{ on, fault: `it creates a snapshot only every ${String(interval)} hours` }];
  });
}

/** Days that a schedule's snapshots stay: their number by the hours between them. */
function shortSchedules(on: Resource): readonly Fault[] {
  return listAt(on.props, "policyDetails.schedules[]").flatMap((schedule): readonly Fault[] => {
    const [count, interval] = [valueAt(schedule, "retainRule.count"), valueAt(schedule, "createRule.interval")];
    if (typeof count !== "number" || typeof interval !== "number") return [];
    const days = (count * interval) / 24;
    return days >= leastDays ? [] : [{ on, fault: `its snapshots are retained for only ${days.toFixed(1)} days` }];
  });
}

/** -1 keeps them for ever. */
const staysLong: Expectation = {
  path: "retentionDays",
  ok: (value) => Number(value) === -1 || Number(value) >= leastDays,
  wanted: `at least ${leastDays}`,
};

/** What is there to give a copy away. */
const shared: Readonly<Record<string, string>> = {
  "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": "another account can read a snapshot",
  "aws:ec2/amiLaunchPermission:AmiLaunchPermission": "another account can start machines from an image",
  "alicloud:ecs/imageSharePermission:ImageSharePermission": "another account can start machines from an image",
};

/** Snapshots that are nobody else's. */
export const ownSnapshots: Rule = {
  id: "snapshots-stay-ones-own",
  concern: "exposure",
  sources: { aws: ["FSBP EC2.1", "own"], alibaba: ["own"] },
  demands:
    "Snapshots and images are not shared with other accounts, and snapshot copies in other regions are encrypted",
  remedy: "stop sharing the snapshot or image, or encrypt the copy",
  looksAt: byCloud([awsPolicy, ...Object.keys(shared), alibabaPolicy]),
  find: (all) => [
    ...copies.find(all),
    ...ofType(all, ...Object.keys(shared)).map((on) => ({ on, fault: shared[on.type] ?? "" })),
  ],
};

/** Only where there is a copy. */
const encryptedCopy = (list: string, path: string): Expectation => ({
  path: list,
  ok: (value) => value === undefined || isUnknown(valueAt(value, path)) || same(valueAt(value, path), true),
  wanted: "encrypted copies",
});

const copies = expecting({
  [awsPolicy]: [
    unset("policyDetails.schedules[].shareRule.targetAccounts[]"),
    encryptedCopy("policyDetails.schedules[].crossRegionCopyRules[]", "encrypted"),
    encryptedCopy("policyDetails.action.crossRegionCopies[]", "encryptionConfiguration.encrypted"),
  ],
  [alibabaPolicy]: [isNot("copyEncryptionConfiguration.encrypted", false)],
});

export const backedUp: Rule = {
  id: "data-is-backed-up",
  concern: "durability",
  sources: {
    aws: ["FSBP EC2.28", "CKV_AWS_360"],
    alibaba: ["Config ecs-disk-auto-snapshot-policy", "Config ecs-snapshot-retention-days"],
  },
  demands: `A snapshot policy covers each data volume. Snapshots and managed database backups are retained for at least ${leastDays} days`,
  remedy:
    "raise ams:database.snapshots.keep, or let the snapshot policy cover the volume by tagging it (AWS) or attaching the policy to it (Alibaba Cloud)",
  looksAt: byCloud([
    awsType.volume,
    awsPolicy,
    awsType.database,
    alibabaType.disk,
    alibabaPolicy,
    alibabaAttachment,
    alibabaType.database,
  ]),
  find: (all) => [
    ...ofType(all, awsType.volume, alibabaType.disk)
      .filter((volume) => !isCovered(all, volume))
      .map((on) => ({ on, fault: "no snapshot policy covers it" })),
    ...ofType(all, awsPolicy).flatMap((on) => [
      ...shortSchedules(on),
      ...rareSchedules(on),
      ...faultsOf(on, [orAbsent(is("state", "ENABLED")), isSet("policyDetails.schedules[]")]),
    ]),
    ...ofType(all, alibabaPolicy).flatMap((on) => [
      ...faultsOf(on, [staysLong, isSet("timePoints[]")]),
      ...(listAt(on.props, "repeatWeekdays[]").some(isUnknown) ||
      new Set(listAt(on.props, "repeatWeekdays[]")).size === 7
        ? []
        : [{ on, fault: "it does not create snapshots on every day of the week" }]),
    ]),
    ...ofType(all, alibabaType.database).flatMap((on) =>
      faultsOf(on, [
        isSet("backupPeriods[]"),
        is("enableBackupLog", 1),
        atLeast("logBackupRetentionPeriod", leastDays),
      ]),
    ),
    ...ofType(all, awsType.database, alibabaType.database).flatMap((on) =>
      faultsOf(on, [atLeast("backupRetentionPeriod", leastDays)]),
    ),
  ],
};
