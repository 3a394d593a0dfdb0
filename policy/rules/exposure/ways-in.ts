import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { isResolved, keyOf, linkOf, ofType, targetOf } from "../../../recording/read/links.ts";
import { balancerSubnets } from "../../../recording/read/machines.ts";
import { type Found, isUnknown, listAt, same, show, valueAt } from "../../../recording/read/plain.ts";
import { isAnybody } from "../../../recording/read/ports.ts";
import { type Expectation, expecting, faultsOf, is, isSet, orAbsent, unset } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

/** Ways into the network beside the firewall's rules: routes, gateways, IPv6, network ACLs, forwarded ports. */

const none = (...paths: readonly string[]): readonly Expectation[] => paths.map(unset);

const vpc = "aws:ec2/vpc:Vpc";
const awsRoute = "aws:ec2/route:Route";

/** The VPC's user guide, "Route table concepts": what a route may lead to besides NAT and internet gateways. */
const otherTargets = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "localGatewayId",
  "networkInterfaceId",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

const endsWithS3: Expectation = {
  path: "serviceName",
  ok: (value) => String(value).endsWith(".s3"),
  wanted: "S3's",
};

/** IPv6 ranges and routes are for dual-stack load balancers only, whose security groups filter the traffic. */
function ipv6Ways(all: readonly Resource[]): readonly Fault[] {
  const balancers = ofType(all, awsType.balancer).filter(({ props }) => same(props["ipAddressType"], "dualstack"));
  const homes = balancers.flatMap(({ props }) => listAt(props, "subnets[]").map(linkOf));
  const isMeant = (on: Resource): boolean =>
    balancers.length > 0 &&
    (on.type !== awsType.subnet || homes.includes(keyOf(on))) &&
    (on.type !== awsRoute || isInternet(on.props["gatewayId"], all));
  return ofType(all, vpc, awsType.subnet, awsRoute)
    .filter((on) => !isMeant(on))
    .flatMap((on) =>
      faultsOf(on, none("assignGeneratedIpv6CidrBlock", "ipv6CidrBlock", "destinationIpv6CidrBlock")).map((fault) => ({
        ...fault,
        fault: `${fault.fault}, because there is no dual-stack load balancer`,
      })),
    );
}

const otherWays = expecting({
  [awsRoute]: none(...otherTargets, "destinationPrefixListId"),
  "aws:ec2/routeTable:RouteTable": none("propagatingVgws[]", ...otherTargets.map((target) => `routes[].${target}`)),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": none("gatewayId"),
  // A gateway endpoint is a way out to S3 alone; an interface is a way in as well. Without a policy it leads to every bucket of everybody.
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    orAbsent(is("vpcEndpointType", "Gateway")),
    endsWithS3,
    isSet("policy"),
    ...none("subnetIds[]", "securityGroupIds[]", "privateDnsEnabled", "serviceNetworkArn"),
  ],
  [vpc]: none("ipv6IpamPoolId"),
  [awsType.subnet]: none("ipv6Native", "assignIpv6AddressOnCreation", "mapCustomerOwnedIpOnLaunch"),
  "aws:ec2/eip:Eip": none("publicIpv4Pool", "customerOwnedIpv4Pool"),
  [awsType.instance]: none("ipv6AddressCount", "ipv6Addresses[]"),
  [awsType.template]: none(
    "networkInterfaces[].ipv6AddressCount",
    "networkInterfaces[].ipv6Addresses[]",
    "networkInterfaces[].ipv6PrefixCount",
    "networkInterfaces[].ipv6Prefixes[]",
    "networkInterfaces[].ipv4PrefixCount",
    "securityGroupNames[]",
  ),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": none("prefixListId"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": none("prefixListId"),
  [awsType.securityGroup]: none("ingress[].prefixListIds[]", "egress[].prefixListIds[]", "ingress[].self"),
  "aws:ec2/securityGroupRule:SecurityGroupRule": none("prefixListIds[]"),
  "alicloud:vpc/network:Network": none("enableIpv6", "userCidrs[]", "systemRouteTableRoutePropagationEnable"),
  [alibabaType.subnet]: none("enableIpv6", "ipv6CidrBlockMask", "vpcIpv6CidrBlock"),
  "alicloud:vpc/routeTable:RouteTable": none("routePropagationEnable"),
  "alicloud:vpc/natGateway:NatGateway": none("privateLinkEnabled"),
  "alicloud:ecs/eipAddress:EipAddress": none("publicIpAddressPoolId"),
  [alibabaType.instance]: none("ipv6AddressCount", "ipv6Addresses[]", "networkInterfaces.securityGroupIds[]"),
  [alibabaType.template]: none("networkInterfaces.securityGroupId"),
  [alibabaType.securityGroupRule]: none("prefixListId"),
  [alibabaType.webBalancer]: none("ipv6AddressType"),
  [alibabaType.streamBalancer]: none("ipv6AddressType"),
  "alicloud:mongodb/instance:Instance": none("globalSecurityGroupLists[]", "securityGroupId"),
});

export const noOtherWays: Rule = {
  id: "no-other-ways-in",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "No traffic bypasses the firewall rules. The network has no peering connections, no additional gateways, and no IPv6 except for dual-stack load balancers. No rule uses a prefix list, because its entries can be changed outside the stack",
  remedy: "remove the setting, and allow only the address ranges that need access",
  looksAt: otherWays.looksAt,
  find: (all) => [...otherWays.find(all), ...ipv6Ways(all)],
};

/** What a route of the stack leads to, as a reference; inline routes of a table too. */
const routesOf = (on: Resource): readonly Found[] =>
  on.type === "aws:ec2/routeTable:RouteTable" ? listAt(on.props, "routes[]") : [on.props];

const isInternet = (value: Found, all: readonly Resource[]): boolean =>
  (
    targetOf(all, value)?.type ?? (typeof value === "string" && value.startsWith("igw-") ? "InternetGateway" : "")
  ).endsWith("InternetGateway");

/** Subnets that the internet reaches on purpose: of balancers, scaling groups and NAT gateways. */
const publicSubnets = (all: readonly Resource[]): readonly Found[] => [
  ...balancerSubnets(all),
  ...ofType(all, awsType.group).flatMap(({ props }) => listAt(props, "vpcZoneIdentifiers[]")),
  ...ofType(all, "aws:ec2/natGateway:NatGateway").map(({ props }) => props["subnetId"]),
];

const awsRoutes = [awsRoute, "aws:ec2/routeTable:RouteTable"] as const;
const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const alibabaRoute = "alicloud:vpc/routeEntry:RouteEntry";

export const privateRoutes: Rule = {
  id: "database-routes-stay-private",
  concern: "exposure",
  sources: { aws: ["FSBP RDS.46", "own"], alibaba: ["own"] },
  demands:
    "The database subnets reach the internet only through a NAT gateway, so they are unreachable from the internet",
  remedy: "set the NAT gateway as the route's target",
  looksAt: byCloud([...awsRoutes, association, alibabaRoute]),
  find: (all) => {
    const open = publicSubnets(all);
    // Else a subnet that can't be told may be any of these.
    if (!open.every((subnet) => isResolved(all, subnet))) return [];
    const homes = open.map(linkOf);
    const tables = ofType(all, association)
      .filter(({ props: { subnetId } }) => isResolved(all, subnetId) && !homes.includes(linkOf(subnetId)))
      .map(({ props }) => linkOf(props["routeTableId"]));
    const isPrivate = (on: Resource): boolean =>
      tables.includes(on.type === awsRoutes[1] ? keyOf(on) : linkOf(on.props["routeTableId"]));
    return [
      ...ofType(all, ...awsRoutes)
        .filter((on) => isPrivate(on) && routesOf(on).some((route) => isInternet(valueAt(route, "gatewayId"), all)))
        .map((on) => ({ on, fault: "it routes traffic from the database subnets to the internet gateway" })),
      ...ofType(all, alibabaRoute).flatMap((on): readonly Fault[] => {
        const kind = on.props["nexthopType"];
        if (kind === "NatGateway" || isUnknown(kind)) return [];
        return [{ on, fault: `nexthopType is ${show(kind)}, but must be NatGateway` }];
      }),
    ];
  },
};

const forwarded = "alicloud:vpc/forwardEntry:ForwardEntry";

export const noForwards: Rule = {
  id: "no-forwarded-ports",
  concern: "exposure",
  sources: { aws: [], alibaba: ["own"] },
  demands: "No DNAT entry on a NAT gateway exposes a machine to the internet",
  remedy: "remove the DNAT entry, and publish the port through a load balancer",
  notOn: { aws: "AWS NAT gateways do not forward inbound traffic" },
  looksAt: byCloud([forwarded]),
  find: (all) =>
    ofType(all, forwarded).map((on) => ({
      on,
      fault: `it forwards port ${show(on.props["externalPort"])} to ${show(on.props["internalIp"])}`,
    })),
};

const aclTypes: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/networkAclRule:NetworkAclRule": [""],
  "aws:ec2/networkAcl:NetworkAcl": ["ingress[]"],
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ["ingress[]"],
  "alicloud:vpc/networkAcl:NetworkAcl": ["ingressAclEntries[]"],
  "alicloud:vpc/networkAclEntries:NetworkAclEntries": ["ingresses[]"],
};

const entriesOf = (on: Resource): readonly Found[] =>
  (aclTypes[on.type] ?? []).flatMap((path) => (path === "" ? [on.props] : listAt(on.props, path)));

/** Whether an entry lets anybody in. An entry says its source under a name of each type's own. */
function letsAnybodyIn(entry: Found): boolean {
  const action = String(valueAt(entry, "ruleAction") ?? valueAt(entry, "action") ?? valueAt(entry, "policy"));
  const ranges = ["cidrBlock", "ipv6CidrBlock", "sourceCidrIp", "sourceCidrIpv6"].map((key) => valueAt(entry, key));
  const known = ranges.filter((range) => typeof range === "string" && range !== "");
  return (
    /^(allow|accept)$/i.test(action) &&
    valueAt(entry, "egress") !== true &&
    known.some((range) => isAnybody(String(range)))
  );
}

export const closedAcls: Rule = {
  id: "network-acls-open-nothing",
  concern: "exposure",
  sources: {
    aws: ["FSBP EC2.21", "CKV_AWS_229", "CKV_AWS_230", "CKV_AWS_231", "CKV_AWS_232"],
    alibaba: ["own"],
  },
  demands: "No network ACL allows inbound traffic from all addresses",
  remedy: "allow only specific address ranges, or remove the ACL: the security groups already filter the traffic",
  looksAt: byCloud(Object.keys(aclTypes)),
  find: (all) =>
    ofType(all, ...Object.keys(aclTypes))
      .filter((on) => entriesOf(on).some(letsAnybodyIn))
      .map((on) => ({ on, fault: "one of its entries allows all addresses" })),
};
