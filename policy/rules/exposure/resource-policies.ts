import { byCloud, type Fault, type Rule } from "../../rule.ts";
import { isEverybody, statementsOf } from "../../read/statements.ts";
import { listAt } from "../../value.ts";

/** Where a resource says itself who may use it. */
const policyPaths: Readonly<Record<string, string>> = {
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:kms/key:Key": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "alicloud:oss/bucketPolicy:BucketPolicy": "policy",
  "alicloud:log/project:Project": "policy",
};

export const namedReaders: Rule = {
  id: "resource-policies-name-who",
  concern: "exposure",
  sources: {
    aws: ["FSBP S3.2", "FSBP S3.3", "FSBP SNS.4", "FSBP KMS.5", "CKV_AWS_33", "CKV_AWS_70", "CKV_AWS_169"],
    alibaba: ["Config oss-bucket-policy-no-any-anonymous"],
  },
  demands: "A policy of a bucket, topic, key, secret or log project allows nobody but whom it names",
  remedy: "name the account, role or service in the statement's Principal",
  looksAt: byCloud(Object.keys(policyPaths)),
  find: (all) =>
    all.flatMap((on): readonly Fault[] => {
      const open = listAt(on.props, policyPaths[on.type] ?? "")
        .flatMap(statementsOf)
        .filter((one) => one["Effect"] === "Allow" && (isEverybody(one["Principal"]) || "NotPrincipal" in one));
      return open.length === 0 ? [] : [{ on, fault: `${open.length} of its statements allow everybody` }];
    }),
};
