import { ofType, targetOf } from "../../../recording/read/links.ts";
import { isUnknown, listAt, same, valueAt } from "../../../recording/read/plain.ts";
import { type Grant, grantsOf, policyTypes } from "../../../recording/read/statements.ts";
import { expecting, oneOf, unset } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { otherAccount } from "../exposure/accounts.ts";
import { jobs } from "./actions.ts";

/** What roles and users may do. */

/** A wildcard for all actions or a service's, or for all resources with no condition to narrow it. */
function widths({ actions, resources, condition, inverted }: Grant): readonly string[] {
  const conditional = Object.keys(condition).length > 0;
  return [
    ...actions.filter((action) => /^\*$|^[\w-]+:\*$/.test(action)).map((action) => `it allows ${action}`),
    ...(resources.includes("*") && !conditional ? [`it allows ${actions.join(", ")} on all resources`] : []),
    ...(inverted ? ["it uses NotAction or NotResource, which allows everything that is not listed"] : []),
  ];
}

export const noWildcards: Rule = {
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
  demands: "A role's policy lists specific actions and resources, or restricts access with a condition",
  remedy:
    "list specific actions and resources instead of the wildcard, or add a condition, for example on the metrics namespace",
  looksAt: byCloud(policyTypes),
  find: (all) => grantsOf(all).flatMap((grant) => widths(grant).map((fault) => ({ on: grant.on, fault }))),
};

const isJob = (action: string): boolean => jobs.some((job) => job.toLowerCase() === action.toLowerCase());

/** All actions of a service are the wildcards' matter. */
const isWhole = (action: string): boolean => /^\*$|^[\w-]+:\*$/.test(action) && !/^(iam|sts|ram):/i.test(action);

export const jobsAlone: Rule = {
  id: "roles-do-their-jobs-alone",
  concern: "identity",
  sources: { aws: ["CKV_AWS_286", "CKV_AWS_289", "own"], alibaba: ["own"] },
  demands:
    "Roles and users have only the permissions that cluster machines need. Passing roles, writing policies and running commands are never allowed, even under a condition",
  remedy: "remove the action from the policy; policy/rules/identity/actions.ts lists the allowed actions",
  looksAt: byCloud(policyTypes),
  find: (all) =>
    grantsOf(all).flatMap(({ on, actions }): readonly Fault[] => {
      const others = actions.filter((action) => !isJob(action) && !isWhole(action));
      return others.length === 0 ? [] : [{ on, fault: `it allows ${others.join(", ")}` }];
    }),
};

export const ownResources: Rule = {
  id: "grants-stay-in-this-account",
  concern: "identity",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "The policy of a role or user grants access only to resources in this account and to the stack's encryption key",
  remedy: "limit the statement's Resource to the stack's own resources",
  looksAt: byCloud(policyTypes),
  find: (all) =>
    grantsOf(all).flatMap(({ on, resources }): readonly Fault[] => {
      const others = resources.filter((resource) => otherAccount(resource, all) !== undefined);
      return others.length === 0 ? [] : [{ on, fault: `it grants access to ${others.join(", ")}` }];
    }),
};

const recordKey = "route53:ChangeResourceRecordSets";

/** What a grant lets its role write into a zone beside the challenges' records (Route 53, specifying-conditions-route53.html). */
function records({ actions, condition }: Grant): readonly string[] {
  if (!actions.some((action) => action.toLowerCase() === recordKey.toLowerCase())) return [];
  const allowed = (key: string) => listAt(condition["ForAllValues:StringEquals"], `${recordKey}${key}[]`).map(String);
  const isAsked = (key: string): boolean => same(valueAt(condition["Null"], `${recordKey}${key}`), "false");
  const [names, types] = [allowed("NormalizedRecordNames"), allowed("RecordTypes")];
  return [
    ...(names.length > 0 &&
    names.every((name) => name.startsWith("_acme-challenge.")) &&
    isAsked("NormalizedRecordNames")
      ? []
      : ["records whose names do not begin with _acme-challenge"]),
    ...(types.join() === "TXT" && isAsked("RecordTypes") ? [] : ["records of types other than TXT"]),
  ];
}

export const challengesAlone: Rule = {
  id: "dns-grants-are-for-challenges",
  concern: "identity",
  sources: { aws: ["own"], alibaba: [] },
  demands: "A role can change only TXT records whose names begin with _acme-challenge",
  remedy:
    "use Route 53's condition keys to allow only TXT records with this name prefix, and add a Null condition that requires those keys",
  looksAt: { ...byCloud(policyTypes), alibaba: [] },
  notOn: {
    alibaba: "no role can change DNS records, because RAM cannot limit the permission to specific records in a domain",
  },
  find: (all) =>
    grantsOf(all).flatMap((grant) =>
      records(grant).map((found) => ({ on: grant.on, fault: `it can change ${found}` })),
    ),
};

/** The managed policy that makes the snapshots (DLM's guide, "Required IAM roles"). */
const snapshots = /^arn:aws[\w-]*:iam::aws:policy\/service-role\/AWSDataLifecycleManagerServiceRole$/;

const awsAttachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
] as const;
const ramPolicy = "alicloud:ram/policy:Policy";
const ramAttachments = [
  "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment",
  "alicloud:ram/userPolicyAttachment:UserPolicyAttachment",
] as const;

function isOwnRamPolicy(all: readonly Resource[], { props }: Resource): boolean {
  const name = props["policyName"];
  if (isUnknown(name)) return true;
  return ofType(all, ramPolicy).some(
    ({ props: { policyName } }) => isUnknown(policyName) || same(policyName, name ?? null),
  );
}

export const managedPolicies: Rule = {
  id: "no-broad-managed-policies",
  concern: "identity",
  sources: { aws: ["CKV_AWS_274", "CKV2_AWS_56", "CIS AWS 1.16"], alibaba: ["own"] },
  demands:
    "Roles and users have only policies that are defined in the stack and checked by these rules. The only exception is the cloud's managed snapshot policy",
  remedy: "create a policy in the stack that grants only the permissions that the machine needs",
  looksAt: byCloud([...awsAttachments, ...ramAttachments, "aws:iam/role:Role"]),
  find: (all) => [
    ...ofType(all, ...awsAttachments)
      .filter(({ props: { policyArn } }) => {
        const own = targetOf(all, policyArn)?.type;
        return own !== "aws:iam/policy:Policy" && !isUnknown(policyArn) && !snapshots.test(String(policyArn));
      })
      .map((on) => ({ on, fault: `it attaches ${String(on.props["policyArn"])}, which is not defined in the stack` })),
    ...listed.find(all),
    ...ofType(all, ...ramAttachments)
      .filter((on) => same(on.props["policyType"], "Custom") && !isOwnRamPolicy(all, on))
      .map((on) => ({
        on,
        fault: `it attaches ${String(on.props["policyName"])}, which is not defined in the stack`,
      })),
  ],
};

const listed = expecting({
  "aws:iam/role:Role": [unset("managedPolicyArns[]")],
  [ramAttachments[0]]: [oneOf("policyType", ["Custom"])],
  [ramAttachments[1]]: [oneOf("policyType", ["Custom"])],
});
