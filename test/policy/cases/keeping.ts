import { broken, type Case } from "../broken.ts";

/** What keeps a cluster and its data: snapshots, sizes, force. */

export const keeping: readonly Case[] = [
  ...broken("groups-are-never-empty", "aws", ["no machine", "autoscaling/group edge", { minSize: 0 }]),
  ...broken("groups-are-never-empty", "alibaba", ["no machine", "ess/scalingGroup edge", { minSize: 0 }]),
  ...broken("group-processes-run", "aws", [
    "nothing is started",
    "autoscaling/group edge",
    { suspendedProcesses: ["Launch"] },
  ]),
  ...broken("machines-stay-until-drained", "aws", [
    "machines that end by their age",
    "autoscaling/group edge",
    { maxInstanceLifetime: 86400 },
  ]),
  ...broken("machines-stay-until-drained", "alibaba", [
    "a machine that ends at a date",
    "ecs/instance database",
    { autoReleaseTime: "2027-01-01T00:00:00Z" },
  ]),
  ...broken("nothing-goes-by-force", "aws", ["a role", "iam/role secrets-origin", { forceDetachPolicies: true }]),
  ...broken("nothing-goes-by-force", "alibaba", ["a role", "ram/role secrets-origin", { force: true }]),
  ...broken("database-disks-stay", "aws", [
    "a further disk",
    "ec2/instance database",
    { ebsBlockDevices: [{ deviceName: "/dev/sdg", encrypted: true, deleteOnTermination: true }] },
  ]),
  ...broken("database-disks-stay", "alibaba", [
    "its snapshots",
    "ecs/ecsDisk database-data",
    { deleteAutoSnapshot: true },
  ]),
  ...broken(
    "snapshots-stay-ones-own",
    "aws",
    [
      "another account",
      "dlm/lifecyclePolicy database-snapshots",
      { "policyDetails.schedules[0].shareRule": { targetAccounts: ["999988887777"] } },
    ],
    [
      "a copy in clear",
      "dlm/lifecyclePolicy database-snapshots",
      { "policyDetails.schedules[0].crossRegionCopyRules": [{ target: "eu-west-1", encrypted: false }] },
    ],
  ),
  ...broken("snapshots-stay-ones-own", "alibaba", [
    "a copy in clear",
    "ecs/autoSnapshotPolicy database-snapshots",
    { "copyEncryptionConfiguration.encrypted": false },
  ]),
  ...broken(
    "data-is-backed-up",
    "aws",
    ["off", "dlm/lifecyclePolicy database-snapshots", { state: "DISABLED" }],
    [
      "once a week",
      "dlm/lifecyclePolicy database-snapshots",
      { "policyDetails.schedules[0].createRule.interval": 168 },
    ],
  ),
  ...broken("data-is-backed-up", "alibaba", [
    "on Mondays",
    "ecs/autoSnapshotPolicy database-snapshots",
    { repeatWeekdays: ["1"] },
  ]),
  ...broken("recordings-stay", "aws", [
    "a week",
    "s3/bucketLifecycleConfiguration recordings",
    { "rules[0].expiration": { days: 7 } },
  ]),
  ...broken("recordings-stay", "alibaba", [
    "a week",
    "oss/bucket recordings",
    { "lifecycleRules[0].expirations": [{ days: 7 }] },
  ]),
];
