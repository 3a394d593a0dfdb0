import { alibabaBucket } from "../../../recording/alibaba/types.ts";
import { awsBucket } from "../../../recording/aws/types.ts";
import { bucketsOf, settingsOf } from "../../../recording/read/buckets.ts";
import { type Fields, type Found, isFields, isUnknown, listAt, valueAt } from "../../../recording/read/plain.ts";
import { isEverybody, statementsOf, textsOf } from "../../../recording/read/statements.ts";
import { type Expectation, faultsOf, is, lacking, oneOf, orAbsent } from "../../expect.ts";
import { byCloud, type Resource, type Rule } from "../../rule.ts";

export const privateBuckets: Rule = {
  id: "buckets-are-private",
  concern: "exposure",
  sources: {
    aws: [
      "FSBP S3.8",
      "FSBP S3.12",
      "CIS AWS 2.1.4",
      "CKV_AWS_20",
      "CKV_AWS_53",
      "CKV_AWS_54",
      "CKV_AWS_55",
      "CKV_AWS_56",
      "CKV2_AWS_6",
      "CKV2_AWS_65",
    ],
    alibaba: ["Config oss-bucket-public-read-prohibited", "Config oss-bucket-public-write-prohibited", "CKV_ALI_1"],
  },
  demands: "No ACL makes a bucket public, and a public access block prevents public ACLs",
  remedy: "add a public access block with all settings enabled, and remove public ACLs",
  looksAt: byCloud([
    awsBucket.bucket,
    awsBucket.block,
    awsBucket.owner,
    awsBucket.acl,
    awsBucket.object,
    alibabaBucket.object,
    alibabaBucket.bucket,
    alibabaBucket.block,
    alibabaBucket.acl,
  ]),
  find: (all) => [
    ...lacking(all, awsBucket.bucket, awsBucket.block, "no public access block prevents it from becoming public"),
    ...lacking(
      all,
      alibabaBucket.bucket,
      alibabaBucket.block,
      "no public access block prevents it from becoming public",
    ),
    ...all.flatMap((on) => faultsOf(on, closed[on.type] ?? [])),
  ],
};

const isPrivate = orAbsent(oneOf("acl", ["private"]));

const closed: Readonly<Record<string, readonly Expectation[]>> = {
  [awsBucket.object]: [isPrivate],
  [alibabaBucket.object]: [isPrivate],
  [awsBucket.bucket]: [isPrivate],
  [awsBucket.acl]: [isPrivate],
  [awsBucket.owner]: [is("rule.objectOwnership", "BucketOwnerEnforced")],
  [awsBucket.block]: [
    is("blockPublicAcls", true),
    is("blockPublicPolicy", true),
    is("ignorePublicAcls", true),
    is("restrictPublicBuckets", true),
  ],
  [alibabaBucket.bucket]: [isPrivate],
  [alibabaBucket.acl]: [isPrivate],
  [alibabaBucket.block]: [is("blockPublicAccess", true)],
};

/** Whether a statement refuses everybody everything, on the bucket and on what is in it, that comes in clear. */
function refusesClear(statement: Fields): boolean {
  const condition = valueAt(statement, "Condition");
  const [kind, more] = isFields(condition) ? Object.keys(condition) : [];
  const asked = kind === undefined ? undefined : valueAt(condition, kind);
  const keys = isFields(asked) ? Object.entries(asked) : [];
  const isOfClear = keys.length === 1 && keys.every(([key, value]) => isTransport(key) && isFalse(value));
  const resources = textsOf(statement["Resource"]);
  return (
    statement["Effect"] === "Deny" &&
    isEverybody(statement["Principal"]) &&
    textsOf(statement["Action"]).some((action) => ["*", "s3:*", "oss:*"].includes(action)) &&
    (listAt(statement, "Resource[]").some(isUnknown) ||
      (resources.some((one) => one.endsWith("/*")) && resources.some((one) => !one.endsWith("/*")))) &&
    kind === "Bool" &&
    more === undefined &&
    isOfClear
  );
}

const isTransport = (key: string): boolean => /^(aws|acs):SecureTransport$/i.test(key);
const isFalse = (value: Found): boolean => textsOf(value).join() === "false";

/** A policy that isn't known whole may refuse it. */
const mayRefuseClear = ({ props }: Resource): boolean => {
  const statements = statementsOf(props["policy"]);
  return statements.some(refusesClear) || (isUnknown(props["policy"]) && statements.length === 0);
};

export const bucketsOverTls: Rule = {
  id: "buckets-take-tls-alone",
  concern: "encryption",
  sources: { aws: ["FSBP S3.5", "CIS AWS 2.1.1"], alibaba: ["Config oss-bucket-only-https-enabled"] },
  demands: "A bucket's policy rejects all unencrypted requests",
  remedy: "deny all actions on the bucket and its objects when SecureTransport is false",
  looksAt: byCloud([awsBucket.bucket, awsBucket.policy, alibabaBucket.bucket, alibabaBucket.policy]),
  find: (all) =>
    bucketsOf(all)
      .filter((on) => {
        const type = on.type === awsBucket.bucket ? awsBucket.policy : alibabaBucket.policy;
        return !settingsOf(all, on, type).some(mayRefuseClear);
      })
      .map((on) => ({ on, fault: "it accepts unencrypted requests" })),
};
