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
const ownKey = "a customer-managed key has a cost and is the owner's choice";

export const waivers: readonly Waiver[] = [
  waive(
    "CKV_AWS_88",
    /^aws_launch_template\.[\w-]+-(origin|edge|proxy|turn)$/,
    "WebRTC media goes directly to the media node over UDP, and proxies and TURN servers download packages; the database has no public address",
  ),
  waive(
    "CKV_AWS_260",
    /^aws_vpc_security_group_ingress_rule\.[\w-]+-(internet-balancer|internet-proxy|balancer-proxy)-tcp-80-in$/,
    "Port 80 of the load balancer redirects to HTTPS, which the rule plain-http-only-redirects checks",
  ),
  waive(
    "CKV2_AWS_20",
    /^aws_lb\.[\w-]+-(web|stream|turn)$/,
    "The check supports only the ports 80 and 443; 5080 redirects to 5443, which the rule plain-http-only-redirects checks",
  ),
  waive(
    "CKV_AWS_8",
    /^aws_instance\.[\w-]+-database(-\d)?$/,
    "Its disks are defined in its launch template, which the check does not read; the rule encrypted-disks checks them",
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
    "ams:generation rotates them with new secrets and machines that read them; a rotation by Lambda would change the passwords of running nodes",
  ),
  waive(
    "CKV2_AWS_28",
    /^aws_lb\.[\w-]+-web$/,
    "A web ACL is a paid service with rules for the applications behind it; AMS's own filters and the panel's ranges replace it",
  ),
  waive(
    "CKV2_AWS_23",
    /^aws_route53_record\.[\w-]+-database-db\d$/,
    "It names the fixed private address of a database machine, which the check does not recognise as a resource",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "It contains the access logs: a log of its own access would need another bucket, which would need one too; CloudTrail records who reads them",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "Logs in a second region double the cost without a benefit here; an owner who must keep them uses a bucket with replication (ams:logs.bucket)",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "The application load balancer writes only to buckets with S3's own key (its guide, Enable access logs)",
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "Nothing waits for a new log file, so that no notification is needed; an owner can add events to the bucket",
  ),
  waive(
    "CKV_AWS_273",
    /^aws_iam_user\.[\w-]+-recordings$/,
    "AMS can't send recordings with a machine's role (Ant-Media-Server issue 6737): a user that can only write there has the key",
  ),
  waive(
    "CKV_AWS_40",
    /^aws_iam_user_policy\.[\w-]+-recordings$/,
    "The single permission of the single user that sends recordings; a group with one member would only hide it",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "Only the owner can read it; to record each read, the owner enables data events in CloudTrail",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "Recordings in a second region double the cost, and the owner decides which regions can store them",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    `Encrypted with S3's own key unless ams:encryption.keyId names one; ${ownKey}`,
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "AMS itself calls a webhook when a recording is ready; an owner can add events to the bucket",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "It contains the machines' programs, which are not secret; CloudTrail records changes, and a machine accepts only the program with its digest",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "A stack in another region creates the machines' programs there; a copy would serve no machine of this region",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "The machines' programs are not data, and each role would need the key for them; S3's own key encrypts them",
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "Only an update of the stack writes a file there, and the engine's own log records it",
  ),
  waive(
    "CKV_AWS_378",
    /^aws_lb_target_group\.[\w-]+-panel$/,
    "AMS's port behind the load balancer uses HTTP; the load balancer terminates TLS, and the traffic behind it stays within the VPC",
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
    "TLS of ApsaraDB requires its authority's certificate, which only the console provides, after the instance exists (docs/policy.md)",
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
    "Transfer acceleration is billed by volume, for distant senders; the machines are in the bucket's region",
  ),
  waive(
    "CKV_ALI_12",
    /^alicloud_oss_bucket\./,
    "Only the owner can read it; a log of each request would need another bucket, which would need one too",
  ),
  waive(
    "CKV_AWS_259",
    /^aws_cloudfront_response_headers_policy\.[\w-]+-cdn$/,
    "The policy adds CORS headers for players; the origin sends its own security headers",
  ),
  waive(
    "CKV_AWS_68",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "A web application firewall has a cost and is the owner's choice; the CDN serves live files only",
  ),
  waive(
    "CKV2_AWS_47",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "The CDN serves files and runs no Java: Log4j rules of a firewall do not apply",
  ),
  waive(
    "CKV_AWS_86",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "Access logs use CloudFront's standard logging v2, which is a resource of its own",
  ),
  waive(
    "CKV_AWS_374",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "Viewers are everywhere; which countries may watch is the owner's choice",
  ),
  waive(
    "CKV_AWS_310",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "The load balancer is the one origin and spans the zones",
  ),
  waive(
    "CKV_AWS_305",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "A stream has no default page; other paths return 403",
  ),
];
