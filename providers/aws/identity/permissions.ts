import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { MachineRole } from "../../../machine/index.ts";
import { assertNever, type Role } from "../../../model/cluster.ts";
import { agentBucket } from "../../../model/naming.ts";
import { metricNamespace } from "../../../model/operation/metrics.ts";
import { challengeOf, challengeRecords } from "../../../model/traffic/issued.ts";
import { policyDocument } from "../../shared/documents.ts";
import { inputOf } from "../../shared/handles.ts";
import { poolsOf } from "../network/address-pool.ts";
import type { Settings } from "../schema.ts";
import { mayRead, partition, type Statement, throughKey } from "./statements.ts";

/** What an instance role is about. */
export interface RoleScope {
  readonly secretArn: pulumi.Input<string>;
  readonly logGroupArn: pulumi.Input<string>;
  /** Certificate that the proxies have issued; there only for machines that use it. */
  readonly certificateArn?: pulumi.Input<string> | undefined;
  /** Zone of the domain; there only with DNS that the stack manages. */
  readonly hostedZoneId?: pulumi.Input<string> | undefined;
}

/** Where the account's owner wants what has rights. */
export const placeOf = ({ rolePath }: Settings) => (rolePath === undefined ? {} : { path: rolePath });

/** The same for roles and users, which may have no more rights than the owner's boundary. */
export const identityOf = (settings: Settings) => ({
  ...placeOf(settings),
  ...(settings.permissionsBoundary === undefined ? {} : { permissionsBoundary: inputOf(settings.permissionsBoundary) }),
});

/** An instance role's policy: what the machines of its group do, and nothing else. */
export function permissions(cluster: Cluster, role: MachineRole, dependencies: RoleScope): pulumi.Output<string> {
  const Statement = [...everyMachine(cluster, dependencies), ...ownTasks(cluster, role, dependencies)];
  return policyDocument({ Version: "2012-10-17", Statement });
}

function ownTasks(cluster: Cluster, role: MachineRole, dependencies: RoleScope): readonly Statement[] {
  switch (role) {
    case "origin":
    case "edge":
      return mediaMachine(cluster, role, dependencies.logGroupArn);
    case "proxy":
      return proxyMachine(cluster, dependencies);
    case "turn":
      return dependencies.certificateArn === undefined ? [] : [mayRead(dependencies.certificateArn)];
    case "database":
      return [];
    default:
      return assertNever(role);
  }
}

function everyMachine(cluster: Cluster, { secretArn, logGroupArn }: RoleScope): readonly Statement[] {
  return [
    mayRead(secretArn),
    ...throughKey(cluster, "secretsmanager", "kms:Decrypt"),
    ownObjects(cluster, logGroupArn, "agent"),
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${logGroupArn}:*`,
    },
    {
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": metricNamespace(cluster) } },
    },
    sessions(cluster),
  ];
}

/** The bucket's name ends with the account's number, as the log's ARN has it. */
function ownObjects(cluster: Cluster, logGroupArn: pulumi.Input<string>, folder: "agent" | "applications"): Statement {
  const account = pulumi.output(logGroupArn).apply((arn) => arn.split(":")[4] ?? "");
  const bucket = `arn:${partition(cluster)}:s3:::${agentBucket(cluster)}`;
  return { Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.interpolate`${bucket}-${account}/${folder}/*` };
}

/**
 * Session Manager in the place of SSH: no open port, no key. These five are what a session needs (Systems Manager's user
 * guide, "Add Session Manager permissions to an existing IAM role"); the managed AmazonSSMManagedInstanceCore would let
 * the machine read every parameter of the account as well. None of them takes a resource, so the region narrows them.
 */
const sessions = ({ region }: Cluster): Statement => ({
  Effect: "Allow",
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
  Condition: { StringEquals: { "aws:RequestedRegion": region } },
});

/**
 * A node ends the launch and the drain of its own group's machines, asks which of the two it is in, and says when its
 * AMS is gone. The other group is out of its reach: an edge, which strangers ask, can end no origin.
 */
function mediaMachine(cluster: Cluster, role: Role, logGroupArn: pulumi.Input<string>): readonly Statement[] {
  const { name, region } = cluster;
  return [
    ownObjects(cluster, logGroupArn, "applications"),
    {
      Effect: "Allow",
      Action: [
        "autoscaling:CompleteLifecycleAction",
        "autoscaling:RecordLifecycleActionHeartbeat",
        "autoscaling:SetInstanceHealth",
      ],
      // Pulumi ends a group's name with seven characters of its own.
      Resource: `arn:${partition(cluster)}:autoscaling:${region}:*:autoScalingGroup:*:autoScalingGroupName/${name}-${role}-*`,
      // Another cluster's name may begin as this one's does.
      Condition: { StringEquals: { "autoscaling:ResourceTag/ams-cluster": name } },
    },
    {
      Effect: "Allow",
      // Takes no resource.
      Action: "autoscaling:DescribeAutoScalingInstances",
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    ...mayBind(cluster, role),
  ];
}

/**
 * A machine binds an address of its group's own pool to a machine of its group: EC2 frees it when it terminates the machine.
 * The right allows more than the agent asks for, as AssociateAddress takes an address from its holder unless it is told not to,
 * and no key that IAM documents for it says that the instance is the caller, or how it asks.
 */
function mayBind(cluster: Cluster, role: Role): readonly Statement[] {
  const pool = poolsOf(cluster).find((one) => one.role === role);
  if (pool === undefined) return [];
  const { name, region } = cluster;
  const tagged = (Name: string) => ({
    StringEquals: { "aws:ResourceTag/ams-cluster": name, "aws:ResourceTag/Name": Name },
  });
  const arn = (kind: string) => `arn:${partition(cluster)}:ec2:${region}:*:${kind}/*`;
  const bind = { Effect: "Allow", Action: "ec2:AssociateAddress" } as const;
  return [
    // Takes no resource.
    {
      Effect: "Allow",
      Action: "ec2:DescribeAddresses",
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    { ...bind, Resource: arn("elastic-ip"), Condition: tagged(pool.name) },
    { ...bind, Resource: arn("instance"), Condition: tagged(`${name}-${role}`) },
    // The instance's own, which has no tags.
    { ...bind, Resource: arn("network-interface") },
  ];
}

/** A proxy finds the nodes of its cluster, and which of them leave. Neither call takes a resource. */
function proxyMachine(cluster: Cluster, { certificateArn, hostedZoneId }: RoleScope): readonly Statement[] {
  const { region } = cluster;
  return [
    {
      Effect: "Allow",
      Action: ["ec2:DescribeInstances", "autoscaling:DescribeAutoScalingInstances"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    ...(certificateArn === undefined ? [] : mayRenew(cluster, certificateArn)),
    ...(hostedZoneId === undefined || challengeOf(cluster) !== "dns" ? [] : mayProve(cluster, hostedZoneId)),
  ];
}

/**
 * TXT records of the authority's challenges, and no others of the zone (Route 53 developer guide, "Using IAM policy conditions
 * for fine-grained access control", specifying-conditions-route53.html). For a request without names the operator alone would
 * hold (IAM user guide, "Set operators for multivalued context keys"). Of changes nothing but the id says whose they are.
 */
function mayProve(cluster: Cluster, hostedZoneId: pulumi.Input<string>): readonly Statement[] {
  const arn = `arn:${partition(cluster)}:route53:::`;
  const limits = {
    "route53:ChangeResourceRecordSetsNormalizedRecordNames": challengeRecords(cluster),
    "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"],
    "route53:ChangeResourceRecordSetsActions": ["UPSERT", "DELETE"],
  };
  return [
    {
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: pulumi.interpolate`${arn}hostedzone/${hostedZoneId}`,
      Condition: {
        "ForAllValues:StringEquals": limits,
        Null: Object.fromEntries(Object.keys(limits).map((key) => [key, "false"])),
      },
    },
    { Effect: "Allow", Action: "route53:GetChange", Resource: `${arn}change/*` },
  ];
}

/** One of the proxies renews the certificate, the others fetch it. */
const mayRenew = (cluster: Cluster, certificateArn: pulumi.Input<string>): readonly Statement[] => [
  {
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
    Resource: certificateArn,
  },
  ...throughKey(cluster, "secretsmanager", "kms:GenerateDataKey"),
];
