import { interpolate, type Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { MachineRole } from "../../../machine/index.ts";
import { assertNever, type Role } from "../../../model/cluster.ts";
import { agentBucket, logProject, logStore, secretName } from "../../../model/naming.ts";
import { proxiesRenew } from "../../../model/traffic/balancer.ts";
import { turnShares } from "../../../model/traffic/issued.ts";
import { secretOf } from "../../shared/generated.ts";
import type { Settings } from "../schema.ts";
import { allow, ownSecret, parameterInKms, type Statement } from "./statements.ts";

/** For actions that take no resource: Alibaba Cloud has no condition for a region, so this asks for TLS at least. */
const encrypted = { Bool: { "acs:SecureTransport": "true" } };

/** An instance role's policy: what the machines of its group do, and nothing else. */
export function permissions(cluster: Cluster, settings: Settings, role: MachineRole): string {
  const own = [
    ...ownSecret(cluster, settings, secretName(cluster, secretOf(role))),
    ownObjects(cluster, "agent"),
    ...reports(cluster),
    ...ownTasks(cluster, settings, role),
  ];
  return JSON.stringify({ Version: "1", Statement: own });
}

function ownTasks(cluster: Cluster, settings: Settings, role: MachineRole): readonly Statement[] {
  switch (role) {
    case "origin":
    case "edge":
      return mediaMachine(cluster, role);
    case "proxy":
      return proxyMachine(cluster, settings);
    case "turn":
      return turnShares(cluster) ? ownSecret(cluster, settings, secretName(cluster, "certificate")) : [];
    case "database":
      // A member looks for its own data disk, by its tags, among those that are attached to it.
      return [allow("ecs:DescribeDisks", `acs:ecs:${cluster.region}:*:disk/*`)];
    default:
      return assertNever(role);
  }
}

/** The bucket's name ends with the account's number. */
const ownObjects = (cluster: Cluster, folder: "agent" | "applications"): Statement =>
  allow("oss:GetObject", `acs:oss:*:*:${agentBucket(cluster)}-*/${folder}/*`);

/** Its lines in the cluster's log, and its metrics, which know no resource. */
const reports = (cluster: Cluster): readonly Statement[] => [
  allow(
    "log:PostLogStoreLogs",
    // The project's name ends with characters of the stack's own.
    `acs:log:${cluster.region}:*:project/${logProject(cluster)}-*/logstore/${logStore}`,
  ),
  allow("cms:PutCustomMetric", "*", encrypted),
];

/**
 * A node ends the launch and the drain of its own group's machines, and looks for the token of the two. The other group
 * is out of its reach: an edge, which strangers ask, can end no origin. A group's id isn't known before the role that its
 * machines need, so its tags name it (Auto Scaling, "Use tags to manage scaling group permissions"); what only describes
 * takes no resource there.
 */
function mediaMachine(cluster: Cluster, role: Role): readonly Statement[] {
  const { name, region } = cluster;
  return [
    ownObjects(cluster, "applications"),
    allow(
      ["ess:CompleteLifecycleAction", "ess:RecordLifecycleActionHeartbeat", "ess:SetInstanceHealth"],
      `acs:ess:${region}:*:scalinggroup/*`,
      { StringEquals: { "acs:ResourceTag/ams-cluster": name, "acs:ResourceTag/Name": `${name}-${role}` } },
    ),
    allow(
      [
        "ess:DescribeLifecycleActions",
        "ess:DescribeLifecycleHooks",
        "ess:DescribeScalingActivities",
        "ess:DescribeScalingInstances",
      ],
      "*",
      encrypted,
    ),
  ];
}

/**
 * A machine binds a free address of its group's own pool. It can take none from another machine, as it may not unbind any:
 * ECS does so when it releases the machine. RAM can't say that the machine is the caller: the action takes instances, and no
 * condition for them.
 */
export const mayBind = ({ region }: Cluster, ids: readonly Output<string>[]) => ({
  Version: "1",
  Statement: [
    allow("vpc:DescribeEipAddresses", `acs:vpc:${region}:*:eip/*`),
    {
      ...allow("vpc:AssociateEipAddress", []),
      Resource: [...ids.map((id) => interpolate`acs:vpc:${region}:*:eip/${id}`), `acs:ecs:${region}:*:instance/*`],
    },
  ],
});

/** A proxy finds the nodes of its cluster, and which of them leave. */
function proxyMachine(cluster: Cluster, settings: Settings): readonly Statement[] {
  return [
    allow("ecs:DescribeInstances", `acs:ecs:${cluster.region}:*:instance/*`),
    allow("ess:DescribeScalingInstances", "*", encrypted),
    ...(proxiesRenew(cluster) ? mayRenew(cluster, settings) : []),
  ];
}

/** One of the proxies renews the certificate, the others fetch it. Writing a parameter needs KMS's right as reading does. */
function mayRenew(cluster: Cluster, settings: Settings): readonly Statement[] {
  const name = secretName(cluster, "certificate");
  const { region } = cluster;
  const { kms } = settings;
  const write =
    kms === undefined
      ? [
          allow("oos:UpdateSecretParameter", `acs:oos:${region}:*:secretparameter/${name}`),
          allow("kms:PutSecretValue", parameterInKms(region, name)),
        ]
      : [
          allow("kms:PutSecretValue", `acs:kms:${region}:*:secret/${name}`),
          allow("kms:GenerateDataKey", `acs:kms:${region}:*:key/${kms.keyId}`),
        ];
  return [...ownSecret(cluster, settings, name), ...write];
}
