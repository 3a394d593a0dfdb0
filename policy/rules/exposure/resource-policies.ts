import { type Fields, type Found, isFields, isUnknown, listAt, valueAt } from "../../../recording/read/plain.ts";
import { isEverybody, statementsOf, textsOf } from "../../../recording/read/statements.ts";
import { byCloud, type Fault, type Rule } from "../../rule.ts";
import { accountIn } from "./accounts.ts";

/** Where a resource says itself who may use it. */
const policyPaths: Readonly<Record<string, string>> = {
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:kms/key:Key": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "alicloud:oss/bucketPolicy:BucketPolicy": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "alicloud:log/project:Project": "policy",
  "alicloud:kms/secret:Secret": "policy",
  "alicloud:kms/key:Key": "policy",
  "alicloud:oss/bucket:Bucket": "policy",
};

export const namedReaders: Rule = {
  id: "resource-policies-name-who",
  concern: "exposure",
  sources: {
    aws: ["FSBP S3.2", "FSBP S3.3", "FSBP SNS.4", "FSBP KMS.5", "CKV_AWS_33", "CKV_AWS_70", "CKV_AWS_169"],
    alibaba: ["Config oss-bucket-policy-no-any-anonymous"],
  },
  demands: "The policies of buckets, topics, keys, secrets and log projects allow only named principals",
  remedy: "set the account, role or service as the statement's Principal",
  looksAt: byCloud(Object.keys(policyPaths)),
  find: (all) =>
    all.flatMap((on): readonly Fault[] => {
      const open = listAt(on.props, policyPaths[on.type] ?? "")
        .flatMap(statementsOf)
        .filter((one) => one["Effect"] === "Allow" && (isEverybody(one["Principal"]) || "NotPrincipal" in one));
      return open.length === 0 ? [] : [{ on, fault: `it has statements that allow any principal (${open.length})` }];
    }),
};

const allowing = (on: Fields): boolean => on["Effect"] === "Allow" && !isEverybody(on["Principal"]);

/** Accounts, roles and users that a statement names; a service is no account. */
function namedIn(principal: Found): readonly string[] {
  if (!isFields(principal)) return textsOf(principal);
  return Object.entries(principal).flatMap(([kind, names]) => (kind === "Service" ? [] : textsOf(names)));
}

const services = (principal: Found): readonly string[] => (isFields(principal) ? textsOf(principal["Service"]) : []);

/** Elastic Load Balancing's guide for access logs has no condition: the resource ends with the account. */
const needsNoAccount = "logdelivery.elasticloadbalancing.amazonaws.com";

/** What a condition demands of the account that a request comes from, in any of its operators. */
function sourceAccounts(statement: Fields): readonly string[] {
  const condition = valueAt(statement, "Condition");
  if (!isFields(condition)) return [];
  return (
    Object.values(condition)
      .filter(isFields)
      .flatMap((keys) => Object.entries(keys))
      .filter(([key]) => /^(aws|kms|acs):(SourceAccount|CallerAccount|PrincipalAccount)$/i.test(key))
      // In a preview this account is a hole.
      .flatMap(([, value]) => (isUnknown(value) ? [""] : textsOf(value)))
  );
}

function strangersIn(statement: Fields): readonly string[] {
  const others = namedIn(statement["Principal"]).filter((name) => accountIn(name) !== undefined);
  const from = sourceAccounts(statement);
  const loose = services(statement["Principal"]).filter((name) => name !== needsNoAccount && from.length === 0);
  return [
    ...others,
    ...from.filter((account) => accountIn(account) !== undefined).map((account) => `requests from account ${account}`),
    ...loose.map((name) => `${name} on behalf of any account`),
  ];
}

export const ownAccount: Rule = {
  id: "resource-policies-name-this-account",
  concern: "exposure",
  sources: {
    aws: ["FSBP S3.6", "own"],
    alibaba: ["own"],
  },
  demands:
    "The policies of buckets, topics, keys, secrets and log projects allow only this account and services that act on its behalf (condition aws:SourceAccount)",
  remedy:
    "use the account that the cloud's lookup returns, or add the condition aws:SourceAccount to the service's statement",
  looksAt: byCloud(Object.keys(policyPaths)),
  find: (all) =>
    all.flatMap((on): readonly Fault[] => {
      const others = listAt(on.props, policyPaths[on.type] ?? "")
        .flatMap(statementsOf)
        .filter(allowing)
        .flatMap(strangersIn);
      return others.length === 0 ? [] : [{ on, fault: `it allows ${others.join(", ")}` }];
    }),
};
