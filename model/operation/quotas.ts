import type { Cloud } from "../../config/types.ts";

/** What a new account of each cloud may have, as pure data. `plan` shows what a stack needs beside it. */
export interface Quota {
  /** Name in the vendor's console or page. */
  readonly name: string;
  /** Of a new account; undefined where the vendor publishes none and each account has its own. */
  readonly default: number | undefined;
  /** Whether the vendor raises it on request. */
  readonly adjustable: boolean;
  readonly source: string;
  /** Whether the number was not found in a document of the vendor's; `plan` says so. */
  readonly unconfirmed?: true;
}

export const quotaKeys = [
  "rulesOfGroup",
  "groupsOfInterface",
  "webBalancers",
  "webRules",
  "webListeners",
  "webTargets",
  "streamBalancers",
  "streamListeners",
  "streamTargets",
  "vcpus",
  "gpuVcpus",
  "spotVcpus",
  "networks",
  "natGateways",
  "elasticAddresses",
  "sharedAddresses",
  "sharedMbps",
  "policyCharacters",
  "secretCharacters",
  "tags",
] as const;
export type QuotaKey = (typeof quotaKeys)[number];

/** Of the bandwidth that public addresses share, which AWS does not have. */
type SharedKey = "sharedAddresses" | "sharedMbps";

interface QuotasByCloud {
  readonly aws: Readonly<Record<Exclude<QuotaKey, SharedKey>, Quota>>;
  readonly alibaba: Readonly<Record<QuotaKey, Quota>>;
}

const aws = "https://docs.aws.amazon.com";
const vpc = `${aws}/vpc/latest/userguide/amazon-vpc-limits.html`;
const alb = `${aws}/elasticloadbalancing/latest/application/load-balancer-limits.html`;
const nlb = `${aws}/elasticloadbalancing/latest/network/load-balancer-limits.html`;
// The command's example prints this quota: 5.
const ec2 = `${aws}/cli/latest/userguide/cli_service-quotas_code_examples.html`;
const instances = `${aws}/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html`;
const spot = `${aws}/AWSEC2/latest/UserGuide/using-spot-limits.html`;
const iam = `${aws}/IAM/latest/UserGuide/reference_iam-quotas.html`;
const secrets = `${aws}/secretsmanager/latest/userguide/reference_limits.html`;
const tagging = `${aws}/AWSEC2/latest/UserGuide/Using_Tags.html`;

const alibaba = "https://www.alibabacloud.com/help";
const aliAlb = `${alibaba}/en/slb/application-load-balancer/product-overview/quotas-and-limits`;
// Says how servers are counted.
const aliServers = `${alibaba}/doc-detail/198636.htm`;
const aliNlb = `${alibaba}/en/slb/network-load-balancer/user-guide/nlb-quotas`;
const aliGroup = `${alibaba}/en/ecs/user-guide/security-group-rules`;
const aliEcs = `${alibaba}/doc-detail/25412.htm`;
const aliVpc = `${alibaba}/en/virtual-private-cloud/latest/466327`;
const aliNat = `${alibaba}/en/nat-gateway/user-guide/manage-nat-gateway-quotas`;
const aliEip = `${alibaba}/en/eip/product-overview/limits`;
const aliShared = `${alibaba}/en/internet-shared-bandwidth/product-overview/limits`;
const aliRam = `${alibaba}/en/ram/product-overview/limits`;
const aliOos = `${alibaba}/doc-detail/183418.htm`;
const aliTag = `${alibaba}/en/resource-management/product-overview/limits`;

const fixed = (name: string, value: number, source: string): Quota => ({
  name,
  default: value,
  adjustable: false,
  source,
});

const raised = (name: string, value: number | undefined, source: string): Quota => ({
  name,
  default: value,
  adjustable: true,
  source,
});

const unconfirmed = (quota: Quota): Quota => ({ ...quota, unconfirmed: true });

export const quotas: QuotasByCloud = {
  aws: {
    rulesOfGroup: raised("Inbound or outbound rules per security group", 60, vpc),
    groupsOfInterface: raised("Security groups per network interface", 5, vpc),
    webBalancers: raised("Application Load Balancers per Region", 50, alb),
    webRules: raised("Rules per Application Load Balancer", 100, alb),
    webListeners: raised("Listeners per Application Load Balancer", 50, alb),
    webTargets: raised("Targets per Application Load Balancer", 1000, alb),
    streamBalancers: raised("Network Load Balancers per Region", 50, nlb),
    streamListeners: fixed("Listeners per Network Load Balancer", 50, nlb),
    // With cross-zone balancing all targets count in each zone.
    streamTargets: raised("Targets per Availability Zone per Network Load Balancer", 500, nlb),
    vcpus: raised("Running On-Demand Standard instances (vCPUs)", 5, ec2),
    gpuVcpus: unconfirmed(raised("Running On-Demand G and VT instances (vCPUs)", 0, instances)),
    spotVcpus: raised("All Standard Spot Instance Requests (vCPUs)", 5, spot),
    networks: raised("VPCs per Region", 5, vpc),
    natGateways: raised("NAT gateways per Availability Zone", 5, vpc),
    elasticAddresses: raised("Elastic IP addresses per Region", 5, vpc),
    policyCharacters: fixed("Characters in a role's inline policies", 10_240, iam),
    secretCharacters: fixed("Bytes in a secret value", 65_536, secrets),
    tags: fixed("Tags per resource", 50, tagging),
  },
  alibaba: {
    rulesOfGroup: unconfirmed(fixed("Security group rules per network interface", 1000, aliGroup)),
    groupsOfInterface: fixed("Security groups per network interface", 10, aliGroup),
    webBalancers: raised("ALB instances per region", 60, aliAlb),
    webRules: raised("Forwarding rules per Standard ALB instance", 100, aliServers),
    webListeners: raised("Listeners per Standard ALB instance", 50, aliAlb),
    webTargets: raised("Servers per ALB instance, counted for each listener and rule", 1000, aliServers),
    streamBalancers: raised("NLB instances per region", 60, aliNlb),
    streamListeners: raised("Listeners per NLB instance", 50, aliNlb),
    streamTargets: raised("Servers per NLB instance", 400, aliNlb),
    vcpus: raised("Pay-as-you-go vCPUs per instance family and region", undefined, aliEcs),
    gpuVcpus: raised("Pay-as-you-go vCPUs for GPU instance families per region", undefined, aliEcs),
    spotVcpus: raised("Preemptible vCPUs per instance family and region", undefined, aliEcs),
    networks: raised("VPCs per region", 10, aliVpc),
    natGateways: raised("NAT gateways per VPC", 5, aliNat),
    elasticAddresses: raised("Pay-as-you-go elastic IP addresses", 20, aliEip),
    sharedAddresses: raised("Elastic IP addresses per Internet Shared Bandwidth instance", 100, aliShared),
    // The provider's page names it (alicloud_common_bandwidth_package, "bandwidth"), the service's none.
    sharedMbps: unconfirmed(raised("Mbps per Internet Shared Bandwidth instance", 1000, aliShared)),
    policyCharacters: fixed("Characters in a custom policy", 6144, aliRam),
    secretCharacters: fixed("Characters in an OOS parameter value", 4096, aliOos),
    tags: fixed("Tags per resource", 20, aliTag),
  },
};

/** Undefined for what a cloud does not have. */
export const quotaOf = (cloud: Cloud, key: QuotaKey): Quota | undefined =>
  (quotas[cloud] as Partial<QuotasByCloud["alibaba"]>)[key];

/** Admin ranges beyond it go to further groups: on AWS inbound rules are counted alone. */
export const inboundRulesPerGroup: Readonly<Record<Cloud, number>> = {
  aws: quotas.aws.rulesOfGroup.default ?? 0,
  alibaba: quotas.alibaba.rulesOfGroup.default ?? 0,
};

/** Addresses of each subnet that the cloud keeps (VPC guides, "Subnet sizing", "vSwitch"). */
export const keptAddresses: Readonly<Record<Cloud, number>> = { aws: 5, alibaba: 4 };
