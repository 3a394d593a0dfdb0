import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AmsCluster } from "ams-cluster";

const config = new pulumi.Config();
const region = new pulumi.Config("aws").require("region");
const zones = ["a", "b"];

const vpc = new aws.ec2.Vpc("video", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("video", { vpcId: vpc.id });
const open = new aws.ec2.RouteTable("open", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});

/** A subnet in each zone, and its address range, because the firewall rules contain ranges. */
function subnets(tier: string, first: number, table: aws.ec2.RouteTable) {
  return zones.map((zone, index) => {
    const cidr = `10.20.${first + index}.0/24`;
    const subnet = new aws.ec2.Subnet(`${tier}-${zone}`, {
      vpcId: vpc.id,
      availabilityZone: `${region}${zone}`,
      cidrBlock: cidr,
    });
    new aws.ec2.RouteTableAssociation(`${tier}-${zone}`, { subnetId: subnet.id, routeTableId: table.id });
    return { id: subnet.id, cidr };
  });
}

const balancer = subnets("balancer", 0, open);
const media = subnets("media", 10, open);

// The database machines download packages through a NAT gateway.
const address = new aws.ec2.Eip("nat", { domain: "vpc" });
const nat = new aws.ec2.NatGateway("video", { allocationId: address.id, subnetId: balancer[0].id });
const closed = new aws.ec2.RouteTable("closed", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }],
});
const database = subnets("database", 20, closed);

const key = new aws.kms.Key("video", { description: "Disks, recordings and secrets", enableKeyRotation: true });

const cluster = new AmsCluster("live", {
  cloud: "aws",
  network: { cidr: "10.20.0.0/16", zones, existing: { id: vpc.id, subnets: { balancer, media, database } } },
  certificate: { source: "none" },
  encryption: { keyId: key.arn },
  aws: { images: { media: config.require("image") } },
});

export const { publishUrl, playUrl } = cluster;
