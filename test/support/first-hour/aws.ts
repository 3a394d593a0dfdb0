import { awsError, type Failure } from "./failure.ts";

const group = /^aws:autoscaling\/group:Group$/;
const provider = "github.com/hashicorp/terraform-provider-aws";
/** How the provider says that a group can't start machines. */
const capacity = (text: string) =>
  `waiting for Auto Scaling Group (ams-aws-origin-1a2b3c4) capacity satisfied: scaling activity (2b361e62-f865-dc3e-25e3-57e26ae6c02f): Failed: ${text} Launching EC2 instance failed.`;
const create = (text: string) =>
  awsError(
    "creating Auto Scaling Group (ams-aws-origin-1a2b3c4)",
    "Auto Scaling: CreateAutoScalingGroup",
    400,
    "ValidationError",
    `You must use a valid fully-formed launch template. ${text}`,
  );

/** In the order in which one resource has them. */
export const awsFailures: readonly Failure[] = [
  {
    name: "no region",
    at: { command: ["config", "rm", "aws:region"] },
    message: "aws:region: not set; allowed: a region id such as ap-south-1",
    source: "the program itself",
  },
  {
    name: "no credentials",
    at: { provider: "check" },
    message:
      "No valid credential sources found.\nPlease see https://www.pulumi.com/registry/packages/aws/installation-configuration/ for more information about providing credentials.",
    source: "github.com/pulumi/pulumi-aws, TestMissingCredentialsErrorMessage",
  },
  {
    name: "a right that is missing",
    at: { type: /^aws:iam\/role:Role$/ },
    message: awsError(
      "creating IAM Role (ams-aws-secrets-origin-1a2b3c4)",
      "IAM: CreateRole",
      403,
      "AccessDenied",
      "User: arn:aws:iam::123456789012:user/me is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::123456789012:role/ams-aws-secrets-origin-1a2b3c4 because no identity-based policy allows the iam:CreateRole action",
    ),
    source: "docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    name: "the quota of networks",
    at: { type: /^aws:ec2\/vpc:Vpc$/ },
    message: awsError(
      "creating EC2 VPC",
      "EC2: CreateVpc",
      400,
      "VpcLimitExceeded",
      "The maximum number of VPCs has been reached.",
    ),
    source: `${provider}, as several reports quote it`,
  },
  {
    name: "the quota of elastic addresses",
    at: { type: /^aws:ec2\/eip:Eip$/ },
    message: awsError(
      "creating EC2 EIP",
      "EC2: AllocateAddress",
      400,
      "AddressLimitExceeded",
      "The maximum number of addresses has been reached.",
    ),
    source: `${provider}, internal/service/ec2/ec2_eip.go; hashicorp-education/learn-terraform-provision-eks-cluster issue 59`,
  },
  {
    name: "a DNS zone that is another account's",
    at: { type: /^aws:route53\/record:Record$/ },
    message: awsError(
      "creating Route53 Record",
      "Route 53: ChangeResourceRecordSets",
      404,
      "NoSuchHostedZone",
      "No hosted zone found with ID: Z0123456789ABC",
    ),
    source: "docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html",
  },
  {
    name: "a DNS zone whose name servers are not delegated, or a record that nobody added",
    at: { type: /^aws:acm\/certificateValidation:CertificateValidation$/ },
    message:
      "waiting for ACM Certificate (arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)",
    source: `${provider}, internal/service/acm/certificate_validation.go`,
  },
  {
    name: "no machine of that size in the database's zone",
    at: { type: /^aws:ec2\/instance:Instance$/ },
    message: awsError(
      "creating EC2 Instance",
      "EC2: RunInstances",
      500,
      "InsufficientInstanceCapacity",
      "We currently do not have sufficient m5.xlarge capacity in the Availability Zone you requested (ap-south-1a). Our system will be working on provisioning additional capacity. You can currently get m5.xlarge capacity by not specifying an Availability Zone in your request or choosing ap-south-1b, ap-south-1c.",
    ),
    source: "docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html",
  },
  {
    name: "no subscription to the image",
    at: { type: group, resource: /-origin$/ },
    message: create(
      "In order to use this AWS Marketplace product you need to accept terms and subscribe. To do so please visit https://aws.amazon.com/marketplace/pp?sku=4wh7rhpic3wfwamyp5905tsbt",
    ),
    source: "CheckPointSW/CloudGuardIaaS issue 369",
  },
  {
    name: "an image of another region",
    at: { type: group, resource: /-edge$/ },
    message: create("The image id '[ami-0123456789abcdef0]' does not exist"),
    source: `${provider}, as reports of 2024 quote it`,
  },
  {
    name: "the quota of vCPUs",
    at: { type: group, resource: /-origin$/, standing: true },
    message: capacity(
      "You have requested more vCPU capacity than your current vCPU limit of 5 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.",
    ),
    source: `${provider}, internal/service/autoscaling/group.go (statusGroupCapacity); kubernetes/kops pull request 15778`,
  },
  {
    name: "no machine of that size in one of the group's zones",
    at: { type: group, resource: /-edge$/, standing: true },
    message: capacity(
      "We currently do not have sufficient c5.xlarge capacity in the Availability Zone you requested (ap-south-1a). Our system will be working on provisioning additional capacity. You can currently get c5.xlarge capacity by not specifying an Availability Zone in your request or choosing ap-south-1b.",
    ),
    source: `${provider}, issue 29753; docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-capacity.html`,
  },
];
