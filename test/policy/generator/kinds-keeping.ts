import type { Thing } from "../broken.ts";
import { emptied, foreignKey, removed, set } from "./edits.ts";
import { type Kind, kind, text } from "./kind.ts";

const isOfLogs = ({ name }: Thing): boolean => /-logs$/.test(name);
const isTls = ({ props }: Thing): boolean =>
  ["HTTPS", "TLS"].includes(String(props["protocol"] ?? props["listenerProtocol"]));
const isNetwork = (thing: Thing): boolean => text(thing).includes('"loadBalancerType":"network"');
const isDatabase = ({ name }: Thing): boolean => /-database(-\d)?$/.test(name);

/** Passwords, encryption, what keeps data and machines, and logs. */
export const keepingKinds: readonly Kind[] = [
  kind(
    "a password",
    /(password|passwordInherit|getPasswordData|kmsEncryptedPassword)$/,
    [set("Passw0rd!"), set(true)],
    (thing) => !thing.type.includes("mongodb"),
  ),
  kind("metadata without a session", /httpTokens$/, [set("optional"), removed]),
  kind("no encryption", /([eE]ncrypted|storageEncrypted)$/, [set(false), removed]),
  kind(
    "another's key",
    /((kms|Kms)(Master)?KeyId|encryptionKey|cloudDiskEncryptionKey|cmkArn)$/,
    [removed, set(foreignKey)],
    (thing) => /arn:aws:kms|key-gww/.test(text(thing)),
  ),
  kind(
    "another algorithm",
    /sseAlgorithm$/,
    [removed],
    (thing) => thing.type.startsWith("alicloud") || isOfLogs(thing),
  ),
  kind(
    "old TLS",
    /sslPolicy$|alb\/listener securityPolicyId$/,
    [set("ELBSecurityPolicy-2016-08"), set("tls_cipher_policy_1_0"), removed],
    isTls,
  ),
  kind("no TLS", /mongodb\/instance sslAction$/, [set("Close")]),
  kind(
    "no protection",
    /(eletionProtection(Enabled)?|ReleaseProtection|disableApiTermination)$/,
    [set(false), removed],
    (thing) => !/launchTemplate|logGroup|eipAddress|commonBandwithPackage|natGateway/.test(thing.type),
  ),
  kind("no protection", /nProtectionConfig\.enabled$/, [set(false)]),
  kind("no protection", /modificationProtection(Config\.s|S)tatus$/, [set("NonProtection")]),
  kind(
    "force",
    /([fF]orce(Delete|Destroy|Detach|DetachPolicies|DeleteWarmPool|DeleteWithoutRecovery|OverwriteReplicaSecret)?|bypassPolicyLockoutSafetyCheck)$/,
    [set(true)],
  ),
  kind(
    "a disk that goes",
    /(ecsDisk|ecsDiskAttachment) deleteWithInstance$|deleteAutoSnapshot$|(ebsBlockDevices|dataDisks)\[\]\.delete\w+$/,
    [set(true)],
    (thing) => !/[tT]emplate/.test(thing.type),
  ),
  kind("an end by date", /autoReleaseTime$/, [set("2027-01-01T00:00:00Z")]),
  kind("no last snapshot", /skipFinalSnapshot$/, [set(true)]),
  kind("no last snapshot", /volume finalSnapshot$/, [set(false), removed]),
  kind("no last snapshot", /backupRetentionPolicyOnClusterDeletion$/, [set(0)]),
  kind(
    "few days of backup",
    /(docdb\/cluster|mongodb\/instance|autoSnapshotPolicy) \w*(etentionPeriod|retentionDays)$/,
    [set(0), set(1), removed],
  ),
  kind("no backups", /backupPeriods$/, [emptied]),
  kind("no backups", /enableBackupLog$/, [set(0)]),
  kind("rare snapshots", /createRule\.interval$/, [set(168)]),
  kind("few snapshots", /schedules\[\]\.retainRule\.count$/, [set(1)]),
  kind("shared snapshots", /shareRule\.targetAccounts$/, [set(["999988887777"])]),
  kind("copies in clear", /crossRegionCop\w+\[\]\.(encryptionConfiguration\.)?encrypted$/, [set(false)]),
  kind("a short window", /recoveryWindowInDays$|deletionWindowInDays$/, [set(0), set(1)]),
  kind("no versions", /(versioningConfiguration|versioning)\.status$/, [set("Suspended"), removed]),
  kind(
    "recordings that end",
    /(expiration|expirations\[\])\.days$/,
    [set(1), set(0)].slice(0, 1),
    (thing) => !isOfLogs(thing),
  ),
  kind(
    "recordings that end",
    /(expiration|expirations\[\])\.(date|createdBeforeDate)$/,
    [set("2027-01-01T00:00:00Z")],
    (thing) => !isOfLogs(thing),
  ),
  kind("old versions that end", /noncurrentDays$|noncurrentVersionExpirations\[\]\.days$/, [set(1)]),
  kind("logs that end", /logGroup retentionInDays$|log\/store retentionPeriod$/, [set(1), set(7)]),
  kind("no log", /accessLogs\.enabled$/, [set(false), removed]),
  kind("no log", /accessLogs\.bucket$/, [removed]),
  kind("no log", /enabledCloudwatchLogsExports$/, [emptied]),
  kind(
    "no report",
    /instance monitoring$|launchTemplate monitoring\.enabled$/,
    [set(false), removed],
    (thing) => !(/launchTemplate/.test(thing.type) && isDatabase(thing)),
  ),
  kind("no report", /securityEnhancementStrategy$/, [set("Deactive")]),
  kind("an empty group", /(autoscaling\/(group|schedule)|scalingGroup) minSize$/, [set(0)]),
  kind("a stopped process", /suspendedProcesses$/, [set(["Launch"]), set(["Terminate", "HealthCheck"])]),
  kind(
    "sessions that are cut",
    /connectionTermination$|enableUnhealthyConnectionTermination$/,
    [set(true)],
    (thing) => thing.type.includes("targetGroup") && !isNetwork(thing),
  ),
];
