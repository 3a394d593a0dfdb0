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
const ownKey = "a customer-managed key costs extra, so using one is the owner's choice";

export const waivers: readonly Waiver[] = [
  waive(
    "CKV_AWS_88",
    /^aws_launch_template\.[\w-]+-(origin|edge|proxy|turn)$/,
    "Media nodes need public addresses to receive WebRTC media directly over UDP, and proxies and TURN servers need them to download packages. The database has no public address",
  ),
  waive(
    "CKV_AWS_260",
    /^aws_vpc_security_group_ingress_rule\.[\w-]+-(internet-balancer|internet-proxy|balancer-proxy)-tcp-80-in$/,
    "Port 80 on the load balancer only redirects to HTTPS; the rule plain-http-only-redirects checks this",
  ),
  waive(
    "CKV2_AWS_20",
    /^aws_lb\.[\w-]+-(web|stream|turn)$/,
    "The check supports only ports 80 and 443. Port 5080 redirects to 5443; the rule plain-http-only-redirects checks this",
  ),
  waive(
    "CKV_AWS_8",
    /^aws_instance\.[\w-]+-database(-\d)?$/,
    "The machine's disks are defined in its launch template, which the check does not read; the rule encrypted-disks checks them",
  ),
  waive("CKV_AWS_149", /^aws_secretsmanager_secret\./, `Encrypted with the account's Secrets Manager key; ${ownKey}`),
  waive("CKV_AWS_158", /^aws_cloudwatch_log_group\./, `Encrypted with CloudWatch's own key; ${ownKey}`),
  waive("CKV_AWS_189", /^aws_ebs_volume\./, `Encrypted with the account's EBS key; ${ownKey}`),
  waive(
    "CKV2_AWS_57",
    /^aws_secretsmanager_secret\./,
    "Changing ams:generation rotates the secrets: the update creates new secrets and replaces the machines that read them. Rotation by a Lambda function would change passwords while running nodes still use them",
  ),
  waive(
    "CKV2_AWS_28",
    /^aws_lb\.[\w-]+-web$/,
    "A web ACL is a paid service that needs application-specific rules. AMS's own filters and the panel's address ranges are used instead",
  ),
  waive(
    "CKV2_AWS_23",
    /^aws_route53_record\.[\w-]+-database-db\d$/,
    "The record points to the fixed private address of a database machine, which the check does not recognise as a resource",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "The bucket contains the access logs. Logging access to this bucket would require another bucket, which would also need logging; to record who reads the logs, owners can enable data events in CloudTrail",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "Storing logs in a second region would double the cost with no benefit here; owners who must replicate logs can use their own bucket (ams:logs.bucket)",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "An Application Load Balancer writes only to buckets that are encrypted with S3-managed keys (AWS's guide, Enable access logs)",
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-logs$/,
    "Nothing processes new log files, so no notification is needed; owners can add event notifications to the bucket",
  ),
  waive(
    "CKV_AWS_273",
    /^aws_iam_user\.[\w-]+-recordings$/,
    "AMS cannot upload recordings with a machine's role (Ant-Media-Server issue 6737), so the access key belongs to a user that can only write to the bucket",
  ),
  waive(
    "CKV_AWS_40",
    /^aws_iam_user_policy\.[\w-]+-recordings$/,
    "The stack has only one user, which uploads recordings. A group with a single member would only make this permission harder to find",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "Only the owner can read the bucket; to record each read, owners can enable data events in CloudTrail",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "Storing recordings in a second region would double the cost, and the owner decides in which regions recordings can be stored",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    `Encrypted with an S3-managed key unless ams:encryption.keyId specifies one; ${ownKey}`,
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-recordings$/,
    "AMS itself calls a webhook when a recording is ready; owners can add event notifications to the bucket",
  ),
  waive(
    "CKV_AWS_18",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "The bucket contains the machines' programs, which are not secret. A machine runs a program only if its digest matches the expected one",
  ),
  waive(
    "CKV_AWS_144",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "A stack in another region uploads its own copy of the programs that its machines download; machines in this region would not use a replica",
  ),
  waive(
    "CKV_AWS_145",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "The programs that the machines download are not confidential. They are encrypted with S3-managed keys; with a KMS key, each machine role would also need permission to use that key",
  ),
  waive(
    "CKV2_AWS_62",
    /^aws_s3_bucket\.[\w-]+-agent$/,
    "Only stack updates write files to the bucket, and the engine's log records each update",
  ),
  waive(
    "CKV_AWS_378",
    /^aws_lb_target_group\.[\w-]+-panel$/,
    "The load balancer terminates TLS and connects to AMS over HTTP; this traffic stays within the VPC",
  ),
  waive(
    "CKV_AWS_90",
    /^aws_docdb_cluster_parameter_group\.[\w-]+-database$/,
    "TLS is enabled once ams:aws.documentDbCa contains the CA certificate that AMS must trust. Until then, the rule managed-database-speaks-tls reports that TLS is disabled",
  ),
  waive("CKV_AWS_182", /^aws_docdb_cluster\.[\w-]+-database$/, `Encrypted with the account's RDS key; ${ownKey}`),
  waive(
    "CKV_ALI_42",
    /^alicloud_mongodb_instance\.[\w-]+-database$/,
    "TLS on ApsaraDB requires its CA certificate, which can be downloaded only from the console, once the instance has been created (see docs/policy.md)",
  ),
  waive(
    "CKV_ALI_44",
    /^alicloud_mongodb_instance\.[\w-]+-database$/,
    `Encrypted at the disk level with the service's own key; ${ownKey}`,
  ),
  waive(
    "CKV_ALI_6",
    /^alicloud_oss_bucket\./,
    `Encrypted with OSS's own key unless ams:encryption.keyId specifies one; ${ownKey}`,
  ),
  waive(
    "CKV_ALI_11",
    /^alicloud_oss_bucket\./,
    "Transfer acceleration is billed by volume and intended for distant clients; the machines are in the bucket's region",
  ),
  waive(
    "CKV_ALI_12",
    /^alicloud_oss_bucket\./,
    "Only the owner can read the bucket; logging each request would require another bucket, which would also need logging",
  ),
  waive(
    "CKV2_AWS_19",
    /^aws_eip\.[\w-]+-addresses-[a-z]+-\d+$/,
    "When an origin starts, it associates one of these addresses with itself, so no resource in the stack does this",
  ),
  waive(
    "CKV_AWS_259",
    /^aws_cloudfront_response_headers_policy\.[\w-]+-cdn$/,
    "The policy adds CORS headers for players; the origin sends its own security headers",
  ),
  waive(
    "CKV_AWS_68",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "A web application firewall costs extra, so using one is the owner's choice. The CDN serves only media files",
  ),
  waive(
    "CKV2_AWS_47",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "The CDN serves files and does not run Java, so it needs no WAF rules for Log4j",
  ),
  waive(
    "CKV_AWS_86",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "Access logs use CloudFront's standard logging v2, which is configured in separate resources",
  ),
  waive(
    "CKV_AWS_374",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "Viewers can be anywhere; restricting access by country is the owner's choice",
  ),
  waive(
    "CKV_AWS_310",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "The load balancer is the only origin, and it already spans several zones",
  ),
  waive(
    "CKV_AWS_305",
    /^aws_cloudfront_distribution\.[\w-]+-cdn$/,
    "The CDN serves streams, which have no default page; all other paths return 403",
  ),
];
