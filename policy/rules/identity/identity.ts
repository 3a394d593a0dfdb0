import { atLeast, expecting, faultsOf, is, oneOf, orAbsent } from "../../expect.ts";
import { groupTemplates, ofType, targetOf } from "../../read/links.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { type Grant, grantsOf, policyTypes, statementsOf } from "../../read/statements.ts";
import { alibabaType, awsType } from "../../types.ts";
import { type Found, isFields, isUnknown, listAt, valueAt } from "../../value.ts";

const metadata: Rule = {
  id: "metadata-needs-a-session",
  concern: "identity",
  sources: {
    aws: ["FSBP EC2.8", "FSBP EC2.170", "FSBP AutoScaling.3", "CKV_AWS_79", "CKV_AWS_341"],
    alibaba: ["Config ecs-instance-meta-data-mode-check"],
  },
  demands: "A machine's metadata, and with it its role's credentials, asks for a session token and goes no hop further",
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

const isSecretRead = (action: string): boolean =>
  /^(secretsmanager:(get|batchget)|ssm:getparameter|kms:getsecretvalue|oos:getsecretparameter)/i.test(action);

const secretNames: Readonly<Record<string, string>> = {
  [awsType.secret]: "name",
  [alibabaType.parameter]: "secretParameterName",
  [alibabaType.secret]: "secretName",
};

/** Whether a resource of a statement ends with the whole name of a secret. AWS puts six characters behind it. */
function namesSecret(resource: string, secrets: readonly Resource[]): boolean {
  const last = resource.split(/[:/]/).at(-1) ?? "";
  const name = last.replace(/-\?{6}$/, "");
  return secrets.some(
    (secret) =>
      resource === `{${secret.name}.arn}` ||
      resource === `{${secret.name}.id}` ||
      secret.props[secretNames[secret.type] ?? ""] === name,
  );
}

const ownSecret: Rule = {
  id: "roles-read-named-secrets",
  concern: "identity",
  sources: { aws: ["CKV_AWS_287", "CKV_AWS_288", "own"], alibaba: ["own"] },
  demands: "A role that reads secrets names them: secrets of this stack, by their whole names",
  remedy: "name the one secret that the machine needs in the statement's Resource",
  looksAt: byCloud(policyTypes),
  find: (all) => {
    const secrets = ofType(all, ...Object.keys(secretNames));
    if (secrets.some(({ type, props }) => isUnknown(props[secretNames[type] ?? ""]))) return [];
    return grantsOf(all)
      .filter(({ actions }) => actions.some(isSecretRead))
      .flatMap(({ on, resources }) => resources.map((resource) => ({ on, resource })))
      .filter(({ resource }) => resource !== "*" && !namesSecret(resource, secrets))
      .map(({ on, resource }) => ({ on, fault: `it reads the secret ${resource}, which is none of this stack's` }));
  },
};

/** A wildcard for all actions or a service's, or for all resources with no condition to narrow it. */
function widths({ actions, resources, conditional, inverted }: Grant): readonly string[] {
  return [
    ...actions.filter((action) => /^\*$|^[\w-]+:\*$/.test(action)).map((action) => `it allows ${action}`),
    ...(resources.includes("*") && !conditional ? [`it allows ${actions.join(", ")} on everything`] : []),
    ...(inverted ? ["it allows all but what it names"] : []),
  ];
}

const noWildcards: Rule = {
  id: "no-wildcard-grants",
  concern: "identity",
  sources: {
    aws: [
      "FSBP IAM.1",
      "FSBP IAM.21",
      "CKV_AWS_62",
      "CKV_AWS_63",
      "CKV_AWS_286",
      "CKV_AWS_289",
      "CKV_AWS_290",
      "CKV_AWS_355",
      "CKV2_AWS_40",
    ],
    alibaba: ["own"],
  },
  demands: "A role's policy names its actions and its resources, or narrows them by a condition",
  remedy: "name the actions and resources, or add a condition such as the metrics namespace",
  looksAt: byCloud(policyTypes),
  find: (all) => grantsOf(all).flatMap((grant) => widths(grant).map((fault) => ({ on: grant.on, fault }))),
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
  demands: "Only the clouds' services for machines and for their snapshots may assume a role",
  remedy: "trust ec2.amazonaws.com, dlm.amazonaws.com or ecs.aliyuncs.com and no account, user or other service",
  looksAt: byCloud(Object.keys(trustPaths)),
  find: (all) =>
    ofType(all, ...Object.keys(trustPaths)).flatMap((on): readonly Fault[] => {
      const found = statementsOf(on.props[trustPaths[on.type] ?? ""])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Principal }) => strangers(Principal));
      return found.length === 0 ? [] : [{ on, fault: `${found.join(", ")} may assume it` }];
    }),
};

const managedPolicies: Rule = {
  id: "no-broad-managed-policies",
  concern: "identity",
  sources: { aws: ["CKV_AWS_274", "CKV2_AWS_56", "CIS AWS 1.16"], alibaba: ["own"] },
  demands: "Of the policies that a cloud keeps, roles have only the one for snapshots; Alibaba Cloud's need none",
  remedy: "write a policy of the stack's own with what the machine needs",
  ...expecting({
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
      {
        path: "policyArn",
        ok: (value) =>
          !String(value).includes(":iam::aws:") ||
          String(value).endsWith("/service-role/AWSDataLifecycleManagerServiceRole"),
        wanted: "AWSDataLifecycleManagerServiceRole or the stack's own",
      },
    ],
    "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment": [oneOf("policyType", ["Custom"])],
    "alicloud:ram/userPolicyAttachment:UserPolicyAttachment": [oneOf("policyType", ["Custom"])],
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
  demands: "A machine gets its credentials from a role, so that none are stored on it",
  remedy: "give it an instance profile (AWS) or a RAM role (Alibaba Cloud)",
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
  demands: "A generated secret of letters and digits has 20 characters or more, about 119 bits",
  remedy: "make it longer",
  looksAt: { aws: [password], alibaba: [password] },
  find: (all) => ofType(all, password).flatMap((on) => faultsOf(on, [atLeast("length", 20)])),
};

export const identity: readonly Rule[] = [
  metadata,
  ownSecret,
  noWildcards,
  machinesAlone,
  managedPolicies,
  machinesHaveRoles,
  strongSecrets,
];
