import { alibabaBucket, alibabaType } from "../../../recording/alibaba/types.ts";
import { awsBucket, awsType } from "../../../recording/aws/types.ts";
import { bucketsOf, holdsOwnObjects, isOfLogs, settingsOf } from "../../../recording/read/buckets.ts";
import { ofType } from "../../../recording/read/links.ts";
import { type Found, isUnknown, same, valuesAt } from "../../../recording/read/plain.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

/** Where each type names the key that it is encrypted with; of several paths one is enough. */
const keyPaths: Readonly<Record<string, readonly string[]>> = {
  [awsType.template]: ["blockDeviceMappings[].ebs.kmsKeyId"],
  [awsType.volume]: ["kmsKeyId"],
  [awsType.secret]: ["kmsKeyId"],
  [awsType.database]: ["kmsKeyId"],
  "aws:cloudwatch/logGroup:LogGroup": ["kmsKeyId"],
  "aws:sns/topic:Topic": ["kmsMasterKeyId"],
  [awsBucket.encryption]: ["rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId"],
  [alibabaType.template]: ["systemDisk.kmsKeyId"],
  [alibabaType.disk]: ["kmsKeyId"],
  [alibabaType.instance]: ["systemDiskKmsKeyId"],
  [alibabaBucket.bucket]: ["serverSideEncryptionRule.kmsMasterKeyId"],
  [alibabaType.database]: ["encryptionKey", "cloudDiskEncryptionKey"],
};

/**
 * Whether a resource is one that the owner's key is for. Balancers can't write under it, the program's own archives are no
 * secret, and some templates name no disk.
 */
function takesKey(on: Resource, all: readonly Resource[]): boolean {
  if (on.type === awsType.template) return valuesAt(on.props, "blockDeviceMappings")[0] !== undefined;
  if (on.type === alibabaBucket.bucket) return !holdsOwnObjects(all, on);
  if (on.type !== awsBucket.encryption) return true;
  const isOfArchives = bucketsOf(all).some(
    (bucket) => holdsOwnObjects(all, bucket) && settingsOf(all, bucket, on.type).includes(on),
  );
  return !isOfLogs(on, all) && !isOfArchives;
}

const keysOf = (on: Resource): readonly Found[] =>
  (keyPaths[on.type] ?? [])
    .flatMap((path) => valuesAt(on.props, path))
    .filter((key) => key !== undefined && key !== "");

/** By its name of the cloud's own, which every account has. */
const isCloudsOwn = (key: unknown): boolean => typeof key === "string" && key.startsWith("alias/aws/");

/** The key that most resources name: one that differs is the odd one out. */
function ownerKey(resources: readonly Resource[]): string | undefined {
  const literal = resources
    .flatMap(keysOf)
    .filter((key) => typeof key === "string" && !isUnknown(key) && !isCloudsOwn(key));
  const counted = [...new Set(literal.map(String))].map((key) => ({
    key,
    count: literal.filter((one) => one === key).length,
  }));
  return counted.sort((one, other) => other.count - one.count)[0]?.key;
}

export const oneKey: Rule = {
  id: "one-key-encrypts-all",
  concern: "encryption",
  sources: { aws: ["CKV_AWS_158", "CKV_AWS_189", "CKV_AWS_149", "CKV_AWS_145"], alibaba: ["own"] },
  demands:
    "If ams:encryption.keyId is set, all resources that support a customer-managed key use that key and no other",
  remedy: "set the key only in ams:encryption.keyId, and not on individual resources",
  looksAt: byCloud(Object.keys(keyPaths)),
  find: (all) => {
    const resources = ofType(all, ...Object.keys(keyPaths)).filter((on) => takesKey(on, all));
    const key = ownerKey(resources);
    if (key === undefined) return [];
    return resources.flatMap((on): readonly Fault[] => {
      const keys = keysOf(on);
      if (keys.length === 0) return [{ on, fault: "it specifies no key, although other resources in the stack do" }];
      const others = keys.filter((one) => !isUnknown(one) && !same(one ?? null, key));
      return others.length === 0
        ? []
        : [{ on, fault: `it uses the key ${String(others[0])} instead of the stack's key` }];
    });
  },
};

const parameters = "aws:docdb/clusterParameterGroup:ClusterParameterGroup";

function parameterOf(on: Resource, name: string): Found {
  const [found] = valuesAt(on.props, "parameters[]").filter((one) => same(valuesAt(one, "name")[0], name));
  return found === undefined ? undefined : valuesAt(found, "value")[0];
}

const isOpen = (on: Resource): boolean =>
  valuesAt(on.props, "parameters[]").some((one) => isUnknown(one) || isUnknown(valuesAt(one, "name")[0]));

export const databaseTls: Rule = {
  id: "managed-database-speaks-tls",
  concern: "encryption",
  sources: { aws: ["FSBP DocumentDB.6", "CKV_AWS_90"], alibaba: ["own"] },
  demands:
    "TLS is not explicitly disabled on the database. DocumentDB requires TLS by default; on ApsaraDB, the program does not enable TLS, because the CA certificate can be downloaded only from the console, once the instance has been created",
  remedy:
    "set ams:aws.documentDbCa to Amazon's CA certificate for DocumentDB (AWS), or remove sslAction or set it to Open (Alibaba Cloud)",
  looksAt: byCloud([parameters, alibabaType.database]),
  find: (all) => [
    ...ofType(all, parameters).flatMap((on): readonly Fault[] => {
      const value = parameterOf(on, "tls");
      // Enabled, or one of its versions, is the default.
      const isSafe =
        isOpen(on) ||
        value === undefined ||
        isUnknown(value) ||
        /^(enabled|tls1\.[23]\+|fips-140-3)$/.test(String(value));
      return isSafe ? [] : [{ on, fault: `its parameter tls is ${String(value)}` }];
    }),
    ...ofType(all, alibabaType.database)
      .filter(
        ({ props: { sslAction: action } }) =>
          action !== undefined && !isUnknown(action) && !["Open", "Update", ""].includes(String(action)),
      )
      .map((on) => ({ on, fault: `sslAction is ${String(on.props["sslAction"])}` })),
  ],
};

export const auditedDatabase: Rule = {
  id: "managed-database-is-audited",
  concern: "logging",
  sources: { aws: ["FSBP DocumentDB.4", "CKV_AWS_85", "CKV_AWS_104"], alibaba: [] },
  demands: "DocumentDB writes an audit log and sends it to CloudWatch",
  remedy: "set the parameter audit_logs to enabled and enabledCloudwatchLogsExports to audit",
  notOn: {
    alibaba:
      "ApsaraDB's audit log is part of Database Autonomy Service (DAS), which is purchased separately from the instance",
  },
  looksAt: byCloud([awsType.database, parameters]),
  find: (all) => [
    ...ofType(all, parameters)
      .filter(
        (on) =>
          !isOpen(on) &&
          !isUnknown(parameterOf(on, "audit_logs")) &&
          !/^(enabled|all)$/.test(String(parameterOf(on, "audit_logs"))),
      )
      .map((on) => ({ on, fault: "its parameter audit_logs is not enabled" })),
    ...ofType(all, awsType.database)
      .filter((on) => {
        const exports = valuesAt(on.props, "enabledCloudwatchLogsExports[]");
        return !exports.some((one) => isUnknown(one) || one === "audit");
      })
      .map((on) => ({ on, fault: "its audit log is not exported to CloudWatch" })),
  ],
};
