import { atLeast, faultsOf } from "../../expect.ts";
import { isResolved, ofType, targetOf } from "../../read/links.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { alibabaType, awsType, databaseType } from "../../types.ts";
import { type Found, isFields, isUnknown, listAt, same, valueAt } from "../../value.ts";

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

/** Days that a schedule's snapshots stay: their number by the hours between them. */
function shortSchedules(on: Resource): readonly Fault[] {
  return listAt(on.props, "policyDetails.schedules[]").flatMap((schedule): readonly Fault[] => {
    const [count, interval] = [valueAt(schedule, "retainRule.count"), valueAt(schedule, "createRule.interval")];
    if (typeof count !== "number" || typeof interval !== "number") return [];
    const days = (count * interval) / 24;
    return days >= leastDays ? [] : [{ on, fault: `its snapshots stay ${days.toFixed(1)} days` }];
  });
}

export const backedUp: Rule = {
  id: "data-is-backed-up",
  concern: "durability",
  sources: {
    aws: ["FSBP EC2.28", "CKV_AWS_360"],
    alibaba: ["Config ecs-disk-auto-snapshot-policy", "Config ecs-snapshot-retention-days"],
  },
  demands: `Every data volume has snapshots, and snapshots and a managed database's backups stay ${leastDays} days`,
  remedy: "raise ams:database.snapshots.keep, or tag or attach the volume so that the policy sees it",
  looksAt: byCloud([
    awsType.volume,
    awsPolicy,
    databaseType.aws,
    alibabaType.disk,
    alibabaPolicy,
    alibabaAttachment,
    databaseType.alibaba,
  ]),
  find: (all) => [
    ...ofType(all, awsType.volume, alibabaType.disk)
      .filter((volume) => !isCovered(all, volume))
      .map((on) => ({ on, fault: "no snapshot policy covers it" })),
    ...ofType(all, awsPolicy).flatMap(shortSchedules),
    ...ofType(all, alibabaPolicy).flatMap((on) => faultsOf(on, [atLeast("retentionDays", leastDays)])),
    ...ofType(all, databaseType.aws, databaseType.alibaba).flatMap((on) =>
      faultsOf(on, [atLeast("backupRetentionPeriod", leastDays)]),
    ),
  ],
};
