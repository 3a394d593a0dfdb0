import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { ofType } from "../../../recording/read/links.ts";
import { isUnknown, listAt, same } from "../../../recording/read/plain.ts";
import { atLeast, type Expectation, eachOf, expecting, is, isNot, orAbsent, unset } from "../../expect.ts";
import { byCloud, type Rule } from "../../rule.ts";

/** What keeps a group at its size. */

/** A schedule's -1 leaves a size as it is. */
const keptSize = (path: string): Expectation => ({
  path,
  ok: (value) => value === undefined || value === null || Number(value) === -1 || Number(value) >= 1,
  wanted: "at least 1",
});

export const neverEmpty: Rule = {
  id: "groups-are-never-empty",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "A group always has at least one machine, and its schedules keep this minimum",
  remedy: "raise the minimum (ams:origin.min, ams:edge.min) to 1 or more",
  ...expecting({
    [awsType.group]: [atLeast("minSize", 1), atLeast("maxSize", 1)],
    "aws:autoscaling/schedule:Schedule": [keptSize("minSize"), keptSize("maxSize"), keptSize("desiredCapacity")],
    [alibabaType.group]: [atLeast("minSize", 1), atLeast("maxSize", 1)],
    "alicloud:ess/scheduledTask:ScheduledTask": [
      keptSize("minValue"),
      keptSize("maxValue"),
      keptSize("desiredCapacity"),
    ],
  }),
};

/** Ending a machine that AZRebalance would only move is what draining is for. */
const spared = ["AZRebalance"];

const suspended = "alicloud:ess/suspendProcess:SuspendProcess";
const spareProcess = ["AZBalance", "AlarmNotification"];

export const runningProcesses: Rule = {
  id: "group-processes-run",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "No scaling process of a group is suspended, except zone rebalancing (AZRebalance, AZBalance) and, on Alibaba Cloud, AlarmNotification",
  remedy: "remove the process from the list of suspended processes",
  looksAt: byCloud([awsType.group, suspended]),
  find: (all) => [
    ...processes.find(all),
    ...ofType(all, suspended)
      .filter(({ props: { process } }) => !isUnknown(process) && !spareProcess.includes(String(process)))
      .map((on) => ({ on, fault: `it suspends the process ${String(on.props["process"])}` })),
  ],
};

const processes = expecting({ [awsType.group]: [eachOf("suspendedProcesses[]", spared)] });

export const machinesStay: Rule = {
  id: "machines-stay-until-drained",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "No setting terminates a machine that has active sessions, whether on a fixed date, by force, or before the machine has drained",
  remedy: "remove the setting",
  ...expecting({
    [awsType.group]: [
      unset("forceDeleteWarmPool"),
      unset("maxInstanceLifetime"),
      unset("instanceLifecyclePolicy.retentionTriggers.terminateHookAbandon"),
    ],
    [awsType.template]: [unset("instanceMarketOptions.marketType")],
    "aws:ec2/volumeAttachment:VolumeAttachment": [unset("forceDetach")],
    [awsType.targetGroup]: [
      unset("connectionTermination"),
      orAbsent(is("targetHealthStates[].enableUnhealthyConnectionTermination", false)),
    ],
    [alibabaType.instance]: [unset("autoReleaseTime"), unset("forceDelete")],
    [alibabaType.template]: [unset("autoReleaseTime")],
    "alicloud:ecs/eipAssociation:EipAssociation": [unset("force")],
    "alicloud:vpc/natGateway:NatGateway": [unset("force")],
    "alicloud:vpc/network:Network": [unset("forceDelete")],
  }),
};

const deletions: Readonly<Record<string, readonly Expectation[]>> = {
  "aws:route53/zone:Zone": [unset("forceDestroy")],
  "aws:iam/user:User": [unset("forceDestroy")],
  "aws:s3/bucketObjectv2:BucketObjectv2": [unset("forceDestroy")],
  [awsType.instance]: [unset("forceDestroy")],
  "aws:iam/role:Role": [unset("forceDetachPolicies")],
  "aws:kms/key:Key": [orAbsent(atLeast("deletionWindowInDays", 7)), unset("bypassPolicyLockoutSafetyCheck")],
  "aws:secretsmanager/secret:Secret": [unset("forceOverwriteReplicaSecret"), unset("replicas[]")],
  "alicloud:ram/policy:Policy": [unset("force")],
  "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage": [unset("force")],
  "alicloud:ram/role:Role": [unset("force")],
  "alicloud:ram/user:User": [unset("force")],
};

export const noForce: Rule = {
  id: "nothing-goes-by-force",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "Resources in use are not force-deleted, and keys are deleted only after a waiting period",
  remedy: "remove the force setting, and delete the dependent resources first",
  ...expecting(deletions),
};

/** A template's disk goes with its machine; a data disk doesn't. */
export const keptDisks: Rule = {
  id: "database-disks-stay",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "When a machine outside the scaling groups is deleted, its additional disks and their snapshots are retained",
  remedy: "set deleteOnTermination (AWS) or deleteWithInstance and deleteAutoSnapshot (Alibaba Cloud) to false",
  looksAt: byCloud([awsType.instance, alibabaType.instance, alibabaType.disk]),
  find: (all) => [
    ...kept.find(all),
    ...ofType(all, awsType.instance, alibabaType.instance)
      .filter(({ props }) =>
        [
          ...listAt(props, "ebsBlockDevices[].deleteOnTermination"),
          ...listAt(props, "dataDisks[].deleteWithInstance"),
        ].some((value) => same(value, true)),
      )
      .map((on) => ({ on, fault: "deleting the machine deletes a data disk" })),
  ],
};

const kept = expecting({ [alibabaType.disk]: [isNot("deleteAutoSnapshot", true)] });
