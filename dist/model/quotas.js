"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.keptAddresses = exports.inboundRulesPerGroup = exports.quotas = exports.quotaKeys = void 0;
exports.quotaKeys = [
    "rulesOfGroup",
    "groupsOfInterface",
    "webRules",
    "webListeners",
    "webTargets",
    "streamListeners",
    "streamTargets",
    "vcpus",
    "gpuVcpus",
    "spotVcpus",
    "elasticAddresses",
    "policyCharacters",
    "tags",
];
const vpc = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const alb = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const nlb = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html";
const ec2 = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html";
const spot = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html";
const iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const tagging = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html";
const aliAlb = "https://www.alibabacloud.com/help/en/slb/application-load-balancer/user-guide/manage-alb-quotas";
const aliNlb = "https://www.alibabacloud.com/help/en/slb/network-load-balancer/user-guide/nlb-quotas";
const aliGroup = "https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-rules";
const aliEcs = "https://www.alibabacloud.com/help/en/ecs/user-guide/limits";
const aliEip = "https://www.alibabacloud.com/help/en/eip/limits";
const aliRam = "https://www.alibabacloud.com/help/en/ram/product-overview/limits";
const aliTag = "https://www.alibabacloud.com/help/en/resource-management/tag/product-overview/limits";
const quota = (name, value, adjustable, source) => ({
    name,
    default: value,
    adjustable,
    source,
});
exports.quotas = {
    aws: {
        rulesOfGroup: quota("Inbound or outbound rules per security group", 60, true, vpc),
        groupsOfInterface: quota("Security groups per network interface", 5, true, vpc),
        webRules: quota("Rules per Application Load Balancer", 100, true, alb),
        webListeners: quota("Listeners per Application Load Balancer", 50, true, alb),
        webTargets: quota("Targets per Application Load Balancer", 1000, true, alb),
        streamListeners: quota("Listeners per Network Load Balancer", 50, true, nlb),
        // With cross-zone balancing all targets count in each zone.
        streamTargets: quota("Targets per Availability Zone per Network Load Balancer", 500, true, nlb),
        vcpus: quota("Running On-Demand Standard instances (vCPUs)", 5, true, ec2),
        gpuVcpus: quota("Running On-Demand G and VT instances (vCPUs)", 0, true, ec2),
        spotVcpus: quota("All Standard Spot Instance Requests (vCPUs)", 5, true, spot),
        elasticAddresses: quota("EC2-VPC Elastic IPs", 5, true, vpc),
        policyCharacters: quota("Characters of a role's inline policies", 10_240, false, iam),
        tags: quota("Tags on a resource", 50, false, tagging),
    },
    alibaba: {
        rulesOfGroup: quota("Rules of all security groups of a network interface", 1000, false, aliGroup),
        groupsOfInterface: quota("Security groups of a network interface", 10, false, aliGroup),
        webRules: quota("Forwarding rules of an ALB instance", 100, true, aliAlb),
        webListeners: quota("Listeners of an ALB instance", 50, true, aliAlb),
        webTargets: quota("Servers of an ALB server group", 1000, false, aliAlb),
        streamListeners: quota("Listeners of an NLB instance", 50, true, aliNlb),
        streamTargets: quota("Servers of an NLB instance", 400, true, aliNlb),
        vcpus: quota("Pay-as-you-go vCPUs of the family in the region", undefined, true, aliEcs),
        gpuVcpus: quota("Pay-as-you-go vCPUs of GPU families in the region", undefined, true, aliEcs),
        spotVcpus: quota("Preemptible vCPUs in the region", undefined, true, aliEcs),
        elasticAddresses: quota("Elastic IP addresses of an account", 20, true, aliEip),
        policyCharacters: quota("Characters of a custom policy", 6144, false, aliRam),
        tags: quota("Tags on a resource", 20, false, aliTag),
    },
};
/** Admin ranges beyond it go to further groups: on AWS inbound rules are counted alone. */
exports.inboundRulesPerGroup = {
    aws: exports.quotas.aws.rulesOfGroup.default ?? 0,
    alibaba: exports.quotas.alibaba.rulesOfGroup.default ?? 0,
};
/** Addresses of each subnet that the cloud keeps (VPC guides, "Subnet sizing", "vSwitch"). */
exports.keptAddresses = { aws: 5, alibaba: 4 };
