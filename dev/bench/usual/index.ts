import * as alicloud from "@pulumi/alicloud";
import * as aws from "@pulumi/aws";

// A handful of resources: far fewer than a cluster's, so that the comparison is kind to this side.
const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
const network = new alicloud.vpc.Network("network", { cidrBlock: "10.1.0.0/16" });

export const ids = [vpc.id, subnet.id, network.id];
