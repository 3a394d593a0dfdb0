import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { ofType, targetOf } from "../../../recording/read/links.ts";
import { groupTemplates } from "../../../recording/read/machines.ts";
import { type Found, isFields, isUnknown, listAt, valueAt } from "../../../recording/read/plain.ts";
import { statementsOf } from "../../../recording/read/statements.ts";
import { atLeast, type Expectation, expecting, faultsOf, is, orAbsent, unset } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { challengesAlone, jobsAlone, managedPolicies, noWildcards, ownResources } from "./grants.ts";
import { askedSecret, ownSecret } from "./secrets.ts";

const metadata: Rule = {
  id: "metadata-needs-a-session",
  concern: "identity",
  sources: {
    aws: ["FSBP EC2.8", "FSBP EC2.170", "FSBP AutoScaling.3", "CKV_AWS_79", "CKV_AWS_341"],
    alibaba: ["Config ecs-instance-meta-data-mode-check"],
  },
  demands:
    "The metadata service, which provides the role's credentials, requires a session token and has a hop limit of 1",
  remedy: "set httpTokens to required and httpPutResponseHopLimit to 1",
  ...expecting({
    [awsType.template]: [
      is("metadataOptions.httpTokens", "required"),
      is("metadataOptions.httpPutResponseHopLimit", 1),
    ],
    [awsType.instance]: [
      is("metadataOptions.httpTokens", "required"),
      is("metadataOptions.httpPutResponseHopLimit", 1),
    ],
    [alibabaType.template]: [is("httpTokens", "required"), orAbsent(is("httpPutResponseHopLimit", 1))],
    // One is the default, and ECS takes no other for a machine yet.
    [alibabaType.instance]: [is("httpTokens", "required"), orAbsent(is("httpPutResponseHopLimit", 1))],
  }),
};

const trustPaths: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": "assumeRolePolicy",
  "alicloud:ram/role:Role": "assumeRolePolicyDocument",
};

const machineServices = ["ec2.amazonaws.com", "ec2.amazonaws.com.cn", "ecs.aliyuncs.com"];
/** Makes the snapshots of the database's volumes. */
const snapshotService = "dlm.amazonaws.com";

/** Who a statement trusts, but for the clouds' services for machines. */
function strangers(principal: Found): readonly string[] {
  if (!isFields(principal)) return [String(principal)];
  return Object.entries(principal).flatMap(([kind, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((who) => kind !== "Service" || ![...machineServices, snapshotService].includes(String(who)))
      .map((who) => `${kind} ${String(who)}`),
  );
}

const machinesAlone: Rule = {
  id: "roles-trust-machines-alone",
  concern: "identity",
  sources: { aws: ["CKV_AWS_60", "CKV_AWS_61"], alibaba: ["own"] },
  demands: "Only the cloud's compute and snapshot services can assume a role",
  remedy: "trust only ec2.amazonaws.com, dlm.amazonaws.com or ecs.aliyuncs.com",
  looksAt: byCloud(Object.keys(trustPaths)),
  find: (all) =>
    ofType(all, ...Object.keys(trustPaths)).flatMap((on): readonly Fault[] => {
      const found = statementsOf(on.props[trustPaths[on.type] ?? ""])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Principal }) => strangers(Principal));
      return found.length === 0 ? [] : [{ on, fault: `${found.join(", ")} can assume the role` }];
    }),
};

const roleAttachment = "alicloud:ecs/ramRoleAttachment:RamRoleAttachment";

function hasRole(all: readonly Resource[], on: Resource): boolean {
  const paths = ["iamInstanceProfile", "ramRoleName", "roleName"];
  if (paths.some((path) => listAt(on.props, path).length > 0)) return true;
  const attachments = ofType(all, roleAttachment).map(({ props }) => props["instanceId"]);
  if (attachments.some((instance) => isUnknown(instance) && (targetOf(all, instance) ?? on) === on)) return true;
  const template = targetOf(all, valueAt(on.props, "launchTemplate.id"));
  return template !== undefined && template !== on && hasRole(all, template);
}

const machinesHaveRoles: Rule = {
  id: "machines-have-a-role",
  concern: "identity",
  sources: { aws: ["CKV2_AWS_41"], alibaba: ["Config ecs-instance-ram-role-attached"] },
  demands: "Machines get their credentials from a role, so no credentials are stored on disk",
  remedy: "assign an instance profile (AWS) or a RAM role (Alibaba Cloud)",
  looksAt: byCloud([awsType.instance, awsType.template, alibabaType.instance, alibabaType.template, roleAttachment]),
  find: (all) =>
    [...ofType(all, awsType.instance, alibabaType.instance), ...groupTemplates(all)]
      .filter((on) => !hasRole(all, on))
      .map((on) => ({ on, fault: "it has no role" })),
};

const password = "random:index/randomPassword:RandomPassword";

const strongSecrets: Rule = {
  id: "generated-secrets-are-long",
  concern: "identity",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "A generated secret contains at least 20 letters and digits (about 119 bits)",
  remedy: "increase the length of the secret",
  looksAt: { aws: [password], alibaba: [password] },
  find: (all) => ofType(all, password).flatMap((on) => faultsOf(on, [atLeast("length", 20)])),
};

/** A reference to a role of the stack's, or nothing: an ARN that stands there is somebody else's. */
const owned = (path: string): Expectation => ({
  path,
  ok: (value) => value === undefined || value === null || value === "" || isUnknown(value),
  wanted: "one of the stack's roles",
});

const noPasswords: Rule = {
  id: "machines-have-no-passwords",
  concern: "identity",
  sources: { aws: ["own"], alibaba: ["Config ecs-instance-login-use-keypair", "own"] },
  demands: "Password login to machines is disabled, even if a password is set in the image",
  remedy: "remove the password; the cloud's session service (SSM, Cloud Assistant) does not require one",
  ...expecting({
    [awsType.instance]: [unset("getPasswordData")],
    [alibabaType.instance]: [
      unset("password"),
      unset("passwordInherit"),
      unset("kmsEncryptedPassword"),
      unset("kmsEncryptionContext"),
    ],
    [alibabaType.template]: [unset("passwordInherit")],
    "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment": [unset("password")],
  }),
};

const topicRoles = ["application", "firehose", "http", "lambda", "sqs"].flatMap((kind) => [
  unset(`${kind}FailureFeedbackRoleArn`),
  unset(`${kind}SuccessFeedbackRoleArn`),
]);

const noOtherIdentities: Rule = {
  id: "no-other-identities",
  concern: "identity",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "Services use only the cluster's roles, and each machine uses only its own role",
  remedy: "remove the role, or assign the stack's own role",
  ...expecting({
    "aws:sns/topic:Topic": topicRoles,
    "aws:sns/topicSubscription:TopicSubscription": [unset("subscriptionRoleArn")],
    "aws:ec2/flowLog:FlowLog": [unset("deliverCrossAccountRole"), owned("iamRoleArn")],
    [awsType.group]: [owned("serviceLinkedRoleArn"), owned("initialLifecycleHooks[].roleArn")],
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": [owned("executionRoleArn")],
    "aws:iam/instanceProfile:InstanceProfile": [owned("role")],
    [awsType.template]: [owned("iamInstanceProfile.arn"), owned("iamInstanceProfile.name")],
    [awsType.instance]: [owned("iamInstanceProfile")],
    "alicloud:mongodb/instance:Instance": [unset("roleArn")],
  }),
};

export const identity: readonly Rule[] = [
  metadata,
  ownSecret,
  askedSecret,
  noWildcards,
  jobsAlone,
  challengesAlone,
  ownResources,
  machinesAlone,
  managedPolicies,
  machinesHaveRoles,
  noPasswords,
  noOtherIdentities,
  strongSecrets,
];
