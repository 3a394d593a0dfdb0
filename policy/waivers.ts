import type { Cloud } from "./rule.ts";

/**
 * A check that others publish and that doesn't apply to something that the stacks make, and why. No rule here is
 * waived: the stack files pass them all. `test/policy/checkov.test.ts` holds the list against Checkov: what fails stands
 * here, and what stands here fails.
 */
export interface Waiver {
  /** Id of the check, as a scanner prints it. */
  readonly check: string;
  readonly cloud: Cloud;
  /** What it lets pass: Terraform's type and the logical name. */
  readonly on: RegExp;
  readonly reason: string;
}

const waive = (check: string, on: RegExp, reason: string): Waiver => ({
  check,
  cloud: check.includes("_ALI_") ? "alibaba" : "aws",
  on,
  reason,
});

/** A key of one's own costs by the month, and who holds it can lock everybody out: that is the owner's choice. */
const ownKey = "a key of one's own has a price and is the owner's choice";

export const waivers: readonly Waiver[] = [
  waive(
    "CKV_AWS_88",
    /^aws_launch_template\.[\w-]+-(origin|edge|proxy)$/,
    "WebRTC goes over UDP straight to the media node, and proxies fetch packages and certificates; the database has none",
  ),
  waive(
    "CKV_AWS_260",
    /^aws_vpc_security_group_ingress_rule\.[\w-]+-(internet-balancer|internet-proxy|balancer-proxy)-tcp-80-in$/,
    "Port 80 of the balancer redirects to HTTPS; rule plain-http-only-redirects sees to that",
  ),
  waive(
    "CKV2_AWS_20",
    /^aws_lb\.[\w-]+-(web|stream)$/,
    "The check knows the ports 80 and 443 alone; 5080 redirects too, to 5443; rule plain-http-only-redirects sees to that",
  ),
  waive(
    "CKV_AWS_8",
    /^aws_instance\.[\w-]+-database(-\d)?$/,
    "Its disks stand in its launch template, encrypted, where the check doesn't look; rule encrypted-disks does",
  ),
  waive(
    "CKV_AWS_149",
    /^aws_secretsmanager_secret\./,
    `Encrypted with the account's key of Secrets Manager; ${ownKey}`,
  ),
  waive("CKV_AWS_158", /^aws_cloudwatch_log_group\./, `Encrypted with CloudWatch's own key; ${ownKey}`),
  waive("CKV_AWS_189", /^aws_ebs_volume\./, `Encrypted with the account's EBS key; ${ownKey}`),
  waive(
    "CKV2_AWS_57",
    /^aws_secretsmanager_secret\./,
    "Rotation is ams:generation, which makes new secrets and machines that read them; a Lambda of its own would change passwords under running nodes",
  ),
  waive(
    "CKV2_AWS_28",
    /^aws_lb\.[\w-]+-web$/,
    "A web ACL is a paid service with rules for the applications behind it; AMS's own filters and the panel's ranges stand in its place",
  ),
  waive(
    "CKV2_AWS_23",
    /^aws_route53_record\.[\w-]+-database-db\d$/,
    "It names the fixed private address of a database machine, which the check doesn't take for a resource",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "It holds the access logs: a log of its own would need another bucket, and that one too; who reads them shows in CloudTrail",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "Logs in a second region cost twice and serve nobody here; an owner who has to keep them so names a bucket of theirs (ams:logs.bucket)",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "The application balancer writes to buckets under S3's own key alone (its guide, Enable access logs)",
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "Nothing waits for a new log file, so nobody has to be told of one; who wants events adds them to the bucket",
  ),
  waive(
    "CKV_AWS_273",
    /^aws_iam_user\.[\w-]+-recordings$/,
    "AMS can't send recordings with a machine's role (Ant-Media-Server issue 6737): a user that writes there and no more has the key",
  ),
  waive(
    "CKV_AWS_40",
    /^aws_iam_user_policy\.[\w-]+-recordings$/,
    "The one right of the one user that sends recordings; a group of one would only hide it",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "Nobody but the owner can read there; whoever wants each read on record turns CloudTrail's data events on, which the owner's trail is for",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "Recordings in a second region cost twice, and which region may hold them is the owner's choice",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    `Encrypted with S3's own key unless ams:encryption.keyId names one; ${ownKey}`,
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "AMS itself calls a webhook when a recording is ready; who wants the bucket's events adds them to it",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "It holds the machines' programs, which are no secret; who changes them shows in CloudTrail, and a machine takes none but the digest's",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "The stack makes the machines' programs again wherever it is made; a copy in another region would serve no machine of this one",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "The machines' programs are no data, and each role would need the key for them; S3's own key encrypts them",
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "Only an update of the stack puts a file there, and the engine's own log tells of it",
  ),
  waive(
    "CKV_AWS_378",
    /^aws_lb_target_group\.[\w-]+-panel$/,
    "AMS's own port behind the balancer speaks HTTP; TLS ends at the balancer, and the way from there stays within the VPC",
  ),
  waive(
    "CKV_AWS_90",
    /^aws_docdb_cluster_parameter_group\.[\w-]+-database$/,
    "TLS is on once ams:aws.documentDbCa names the authority that AMS has to trust; rule managed-database-speaks-tls finds it until then",
  ),
  waive("CKV_AWS_182", /^aws_docdb_cluster\.[\w-]+-database$/, `Encrypted with the account's key of RDS; ${ownKey}`),
  waive(
    "CKV_ALI_42",
    /^alicloud_mongodb_instance\.[\w-]+-database$/,
    "TLS of ApsaraDB needs its authority's certificate, which the console alone hands out once the instance is there (docs/policy.md)",
  ),
  waive(
    "CKV_ALI_44",
    /^alicloud_mongodb_instance\.[\w-]+-database$/,
    `Encrypted by the disk with the service's own key; ${ownKey}`,
  ),
  waive(
    "CKV_ALI_6",
    /^alicloud_oss_bucket\./,
    `Encrypted with OSS's own key unless ams:encryption.keyId names one; ${ownKey}`,
  ),
  waive(
    "CKV_ALI_11",
    /^alicloud_oss_bucket\./,
    "Transfer acceleration is paid by the byte, for senders far away; ours stand in the bucket's region",
  ),
  waive(
    "CKV_ALI_12",
    /^alicloud_oss_bucket\./,
    "Nobody but the owner can read there; a log of each request would need a bucket of its own, and that one too",
  ),
];
