import { broken, type Case } from "../broken.ts";

export const durability: readonly Case[] = [
  ...broken(
    "two-zones",
    "aws",
    ["a balancer in one zone", "lb/loadBalancer web", { "subnets[1]": undefined }],
    ["a group in one zone", "autoscaling/group edge", { "vpcZoneIdentifiers[0]": undefined }],
    ["a group in one foreign subnet", "autoscaling/group edge", { vpcZoneIdentifiers: ["subnet-1"] }],
    [
      "two subnets of one zone",
      "ec2/subnet network-balancer-b",
      { availabilityZone: "ap-south-1a" },
      "lb/loadBalancer web|lb/loadBalancer stream",
    ],
  ),
  ...broken(
    "two-zones",
    "alibaba",
    ["a balancer in one zone", "alb/loadBalancer balancer", { "zoneMappings[1]": undefined }],
    ["a balancer in no zone", "nlb/loadBalancer balancer-stream", { zoneMappings: undefined }],
    ["a group in one zone", "ess/scalingGroup edge", { "vswitchIds[0]": undefined }],
  ),
  ...broken(
    "balancer-decides-health",
    "aws",
    ["the machine's own health", "autoscaling/group edge", { healthCheckType: "EC2" }],
    ["a short grace", "autoscaling/group edge", { healthCheckGracePeriod: 60 }],
  ),
  ...broken("balancer-decides-health", "alibaba", [
    "the machine's own health",
    "ess/scalingGroup edge",
    { healthCheckTypes: ["ECS"] },
  ]),
  ...broken("targets-drain", "aws", ["a short time", "lb/targetGroup edge", { deregistrationDelay: 10 }]),
  ...broken(
    "targets-drain",
    "alibaba",
    ["a short time", "alb/serverGroup balancer-edge", { "connectionDrainConfig.connectionDrainTimeout": 10 }],
    ["none for streams", "nlb/serverGroup balancer-rtmp", { connectionDrainEnabled: false }],
  ),
  ...broken("targets-are-checked", "aws", ["the port alone", "lb/targetGroup rtmp", { "healthCheck.path": undefined }]),
  ...broken(
    "targets-are-checked",
    "alibaba",
    ["no check", "alb/serverGroup balancer-edge", { "healthCheckConfig.healthCheckEnabled": false }],
    ["the port alone", "nlb/serverGroup balancer-rtmp", { "healthCheck.healthCheckUrl": undefined }],
  ),
  ...broken("balancers-cross-zones", "aws", [
    "own zone",
    "lb/loadBalancer stream",
    { enableCrossZoneLoadBalancing: undefined },
  ]),
  ...broken("balancers-cross-zones", "alibaba", [
    "own zone",
    "nlb/loadBalancer balancer-stream",
    { crossZoneEnabled: false },
  ]),
  ...broken(
    "replacement-keeps-capacity",
    "aws",
    ["half the machines", "autoscaling/group edge", { "instanceRefresh.preferences.minHealthyPercentage": 50 }],
    ["the default", "autoscaling/group edge", { "instanceRefresh.preferences": undefined }],
  ),
  ...broken(
    "replacement-keeps-capacity",
    "alibaba",
    ["half the machines", "ess/instanceRefresh edge-refresh", { minHealthyPercentage: 50 }],
    ["the default", "ess/instanceRefresh edge-refresh", { minHealthyPercentage: undefined }],
    [
      "a template's newest version",
      "ess/instanceRefresh origin-refresh",
      { desiredConfigurationLaunchTemplateVersion: "Latest" },
    ],
  ),
  ...broken(
    "deletion-protection",
    "aws",
    ["a balancer", "lb/loadBalancer web", { enableDeletionProtection: false }],
    ["the database", "ec2/instance database", { disableApiTermination: undefined }],
    ["a group", "autoscaling/group edge", { forceDelete: true }],
  ),
  ...broken(
    "deletion-protection",
    "alibaba",
    ["a balancer", "alb/loadBalancer balancer", { deletionProtectionEnabled: false }],
    ["the database", "ecs/instance database", { deletionProtection: undefined }],
    ["a group", "ess/scalingGroup edge", { groupDeletionProtection: false }],
  ),
  ...broken("data-outlives-machine", "aws", ["no snapshot", "ebs/volume database-data", { finalSnapshot: undefined }]),
  ...broken("data-outlives-machine", "alibaba", [
    "a disk that goes along",
    "ecs/ecsDiskAttachment database-data",
    { deleteWithInstance: true },
  ]),
  ...broken(
    "data-is-backed-up",
    "aws",
    ["a volume without the policy's tag", "ebs/volume database-data", { "tags.ams-cluster-data": undefined }],
    ["two days", "dlm/lifecyclePolicy database-snapshots", { "policyDetails.schedules[0].retainRule.count": 8 }],
  ),
  ...broken(
    "data-is-backed-up",
    "alibaba",
    [
      "another disk",
      "ecs/ecsAutoSnapshotPolicyAttachment database-snapshots",
      { diskId: "d-1" },
      "ecs/ecsDisk database-data",
    ],
    ["two days", "ecs/autoSnapshotPolicy database-snapshots", { retentionDays: 2 }],
  ),
  ...broken("secrets-are-recoverable", "aws", [
    "gone at once",
    "secretsmanager/secret secrets-media",
    { recoveryWindowInDays: 0 },
  ]),
];
