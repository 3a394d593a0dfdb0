import { alibabaBucket } from "../../../recording/alibaba/types.ts";
import { awsBucket } from "../../../recording/aws/types.ts";
import { bucketsOf, holdsOwnObjects, isOfLogs } from "../../../recording/read/buckets.ts";
import { ofType } from "../../../recording/read/links.ts";
import { type Found, isUnknown, listAt, same, valueAt } from "../../../recording/read/plain.ts";
import { atLeast, faultsOf, is, isNot, isSet, lacking, oneOf, orAbsent, unset } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

export const encryptedFiles: Rule = {
  id: "files-are-encrypted",
  concern: "encryption",
  sources: { aws: ["own"], alibaba: ["Config oss-bucket-server-side-encryption-enabled"] },
  demands:
    "Server-side encryption is enabled on OSS buckets, where it is off by default. S3 encrypts objects by default; access logs are encrypted with S3-managed keys, the only kind that an Application Load Balancer supports",
  remedy: "set the server-side encryption algorithm to AES256",
  looksAt: byCloud([awsBucket.encryption, alibabaBucket.bucket]),
  find: (all) => [
    ...ofType(all, awsBucket.encryption)
      .filter((on) => isOfLogs(on, all))
      .flatMap((on) => faultsOf(on, [is("rules[].applyServerSideEncryptionByDefault.sseAlgorithm", "AES256")])),
    ...ofType(all, alibabaBucket.bucket).flatMap((on) =>
      faultsOf(on, [oneOf("serverSideEncryptionRule.sseAlgorithm", ["AES256", "KMS", "SM4"])]),
    ),
  ],
};

export const keptFiles: Rule = {
  id: "buckets-keep-what-they-have",
  concern: "durability",
  sources: {
    aws: ["FSBP S3.14", "CKV_AWS_21", "own"],
    alibaba: ["Config oss-bucket-versioning-enabled", "CKV_ALI_10", "own"],
  },
  demands:
    "Overwritten and deleted objects can be restored. Destroying a bucket deletes only objects that the stack created",
  remedy: "enable versioning, and set forceDestroy to false",
  looksAt: byCloud([awsBucket.bucket, awsBucket.versions, alibabaBucket.bucket]),
  find: (all) => [
    ...lacking(all, awsBucket.bucket, awsBucket.versions, "overwritten objects are lost"),
    ...ofType(all, awsBucket.versions).flatMap((on) => faultsOf(on, [is("versioningConfiguration.status", "Enabled")])),
    ...ofType(all, alibabaBucket.bucket).flatMap((on) => faultsOf(on, [is("versioning.status", "Enabled")])),
    ...bucketsOf(all)
      .filter((on) => !holdsOwnObjects(all, on))
      .flatMap((on) => faultsOf(on, [isNot("forceDestroy", true)])),
  ],
};

/** Rules of a lifecycle that end files after days or at a date. */
const ends: Readonly<Record<string, readonly string[]>> = {
  [awsBucket.lifecycle]: ["rules[].expiration.days", "rules[].expiration.date"],
  [alibabaBucket.bucket]: [
    "lifecycleRules[].expirations[].days",
    "lifecycleRules[].expirations[].date",
    "lifecycleRules[].expirations[].createdBeforeDate",
  ],
};

/** A week, so that what was overwritten on a Friday can be had back. */
const overwrittenDays = 7;
const overwritten: Readonly<Record<string, string>> = {
  [awsBucket.lifecycle]: "rules[].noncurrentVersionExpiration.noncurrentDays",
  [alibabaBucket.bucket]: "lifecycleRules[].noncurrentVersionExpirations[].days",
};

export const keptRecordings: Rule = {
  id: "recordings-stay",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: `No lifecycle rule expires recordings. All buckets except log buckets retain objects indefinitely, and all buckets retain overwritten versions for at least ${overwrittenDays} days`,
  remedy: "remove the expiration from the bucket's lifecycle rules; to delete recordings, use the application",
  looksAt: byCloud(Object.keys(ends)),
  find: (all) =>
    ofType(all, ...Object.keys(ends)).flatMap((on) => [
      ...(isOfLogs(on, all) ? [] : faultsOf(on, (ends[on.type] ?? []).map(unset))),
      ...faultsOf(on, [orAbsent(atLeast(overwritten[on.type] ?? "", overwrittenDays))]),
    ]),
};

const lists = {
  [awsBucket.lifecycle]: {
    rules: "rules[]",
    isOn: (rule: Found) => same(valueAt(rule, "status"), "Enabled"),
    wanted: ["abortIncompleteMultipartUpload.daysAfterInitiation", "noncurrentVersionExpiration.noncurrentDays"],
  },
  [alibabaBucket.bucket]: {
    rules: "lifecycleRules[]",
    isOn: (rule: Found) => same(valueAt(rule, "enabled"), true),
    wanted: ["abortMultipartUploads[].days", "noncurrentVersionExpirations[].days"],
  },
} as const;

/** What none of the rules that are on says. */
function missing(on: Resource): readonly string[] {
  const list = Object.entries(lists).find(([type]) => type === on.type)?.[1];
  if (list === undefined) return [];
  const rules = listAt(on.props, list.rules);
  const isOpen = (rule: Found) => isUnknown(rule) || ["status", "enabled"].some((key) => isUnknown(valueAt(rule, key)));
  if (rules.some(isOpen)) return [];
  const active = rules.filter(list.isOn);
  return list.wanted.filter((path) => !active.some((rule) => isSet(path).ok(valueAt(rule, path))));
}

export const endedLeftovers: Rule = {
  id: "bucket-leftovers-go",
  concern: "durability",
  sources: { aws: ["FSBP S3.13", "CKV_AWS_300", "CKV2_AWS_61"], alibaba: ["own"] },
  demands:
    "Lifecycle rules expire incomplete multipart uploads and overwritten versions, because their storage is billed",
  remedy: "add a lifecycle rule that expires incomplete uploads and overwritten versions",
  looksAt: byCloud([awsBucket.bucket, ...Object.keys(lists)]),
  find: (all) => [
    ...lacking(
      all,
      awsBucket.bucket,
      awsBucket.lifecycle,
      "its incomplete uploads and overwritten versions never expire",
    ),
    ...all.flatMap((on): readonly Fault[] => {
      const paths = missing(on);
      return paths.length === 0 ? [] : [{ on, fault: `none of its lifecycle rules sets ${paths.join(", ")}` }];
    }),
  ],
};
