import type { Plain } from "../../../recording/read/plain.ts";
import type { Thing } from "../broken.ts";
import { emptied, foreignRole, removed, set, statement } from "./edits.ts";
import { type Kind, kind, text } from "./kind.ts";

/** Ports that no listener publishes: the database's, the panel's, SSH, the proxies' own. */
const isInner = (thing: Thing): boolean =>
  /"(fromPort|toPort)":(22|27017|4444|6080|6081|8402)\b|"portRange":"(22|27017|4444|6080|6081|8402)\//.test(
    text(thing),
  );
const isIn = (thing: Thing): boolean => !text(thing).includes('"type":"egress"') && isInner(thing);
/** Of the balancers, or of the database to its like. */
const isNarrowEgress = ({ name }: Thing): boolean => /-(balancer|database-database)-.*-out/.test(name);
const isNarrowGroup = ({ name }: Thing): boolean => /firewall-(balancer|database)$/.test(name);
const isPrivateRoute = ({ name }: Thing): boolean => name.includes("-private-");
const everybody: Plain = "0.0.0.0/0";
const everybodyV6: Plain = "::/0";
const gateway = { unknown: "urn:pulumi:x::ams::aws:ec2/internetGateway:InternetGateway::ams-aws-network-gateway.id" };

/** Who reaches what, and who is trusted. */
export const reachKinds: readonly Kind[] = [
  kind("a trust in others", /(role assumeRolePolicy|ram\/role assumeRolePolicyDocument)$/, statement.trusts),
  kind(
    "a grant that is too much",
    /(iam\/(rolePolicy|userPolicy) policy|role inlinePolicies\[\]\.policy|ram\/policy policyDocument)$/,
    statement.grants,
  ),
  kind(
    "a resource that lets others in",
    /(s3\/bucketPolicy|kms\/key|secretsmanager\/secret|sns\/topic|oss\/bucket|oss\/bucketPolicy|log\/project|kms\/secret) policy$/,
    statement.shares,
  ),
  kind("a policy of somebody else's", /rolePolicyAttachment policyArn$/, [
    set("arn:aws:iam::aws:policy/AdministratorAccess"),
    set("arn:aws:iam::aws:policy/AmazonS3FullAccess"),
    set("arn:aws:iam::999988887777:policy/other"),
  ]),
  kind("a policy of somebody else's", /role managedPolicyArns$/, [set(["arn:aws:iam::aws:policy/ReadOnlyAccess"])]),
  kind("a policy of the cloud's", /PolicyAttachment policyType$/, [set("System")]),
  kind("a way in from anybody", /securityGroupIngressRule cidrIpv4$|securityGroupRule cidrIp$/, [set(everybody)], isIn),
  kind("a way in from anybody", /securityGroupIngressRule cidrIpv6$/, [set(everybodyV6)], isInner),
  kind("a way in from anybody", /securityGroupRule ipv6CidrIp$/, [set(everybodyV6)], isIn),
  kind("an inline way in", /securityGroup ingress\[\]\.cidrBlocks$/, [set([everybody])]),
  kind("an inline way in", /ecurityGroup ingress\[\]\.ipv6CidrBlocks$/, [set([everybodyV6])]),
  kind("a rule of the VPC's own group", /defaultSecurityGroup (in|e)gress\[\]\.cidrBlocks$/, [set([everybody])]),
  kind(
    "a way out of the balancers or the database",
    /securityGroupEgressRule cidrIpv4$/,
    [set(everybody)],
    isNarrowEgress,
  ),
  kind(
    "a way out of the balancers or the database",
    /securityGroupEgressRule cidrIpv6$/,
    [set(everybodyV6)],
    isNarrowEgress,
  ),
  kind("an inline way out", /securityGroup egress\[\]\.cidrBlocks$/, [set([everybody])], isNarrowGroup),
  kind("an inline way out", /ecurityGroup egress\[\]\.ipv6CidrBlocks$/, [set([everybodyV6])], isNarrowGroup),
  kind("peers without a rule", /ecurityGroup ingress\[\]\.self$/, [set(true)]),
  kind("a list that others change", /(Rule|route) (destination)?[pP]refixListId$/, [set("pl-0123456789abcdef0")]),
  kind("a list that others change", /ecurityGroup (in|e)gress\[\]\.prefixListIds$/, [set(["pl-0123456789abcdef0"])]),
  kind("peers without a rule", /innerAccessPolicy$/, [set("Accept"), removed]),
  kind(
    "no group",
    /(securityGroups|securityGroupIds|vpcSecurityGroupIds)$|loadBalancerSecurityGroupAttachment securityGroupId$|ecsLaunchTemplate securityGroupId$/,
    [emptied, set(["sg-0fedcba9876543210"])],
    (thing) => !/securityGroup/i.test(thing.type) || thing.type.includes("Attachment"),
  ),
  kind(
    "another route",
    /(route|routeTable) .*(carrier|egressOnly|local|transit)GatewayId$|vpcPeeringConnectionId$/,
    [set("x-0123456789abcdef0")],
    isPrivateRoute,
  ),
  kind(
    "a route to the internet",
    /(route gatewayId|routeTable routes\[\]\.gatewayId)$/,
    [set(gateway)],
    isPrivateRoute,
  ),
  kind("a gateway's own routes", /routeTableAssociation gatewayId$/, [set("igw-0123456789abcdef0")]),
  kind("IPv6", /(vpc assignGeneratedIpv6CidrBlock)$/, [set(true)]),
  kind("IPv6", /route destinationIpv6CidrBlock$|subnet ipv6CidrBlock$|vpc ipv6CidrBlock$/, [set("2001:db8::/56")]),
  kind("an address of the internet", /mapPublicIpOnLaunch$|instance associatePublicIpAddress$/, [set(true)]),
  kind("an address of the internet", /ecs\/instance internetMaxBandwidthOut$/, [set(10)]),
  kind(
    "an address or a group of others",
    /(userCidrs|globalSecurityGroupLists|instance networkInterfaces\.securityGroupIds)$/,
    [set(["x-0123456789"])],
  ),
  kind(
    "an address or a group of others",
    /(publicIpv4Pool|publicIpAddressPoolId|mongodb\/instance securityGroupId|networkInterfaces\.securityGroupId|vpcIpv6CidrBlock)$/,
    [set("x-0123456789")],
  ),
  kind("everybody in the database's list", /mongodb\/instance securityIpLists$/, [
    set(["0.0.0.0/0"]),
    set(["0.0.0.0"]),
  ]),
  kind("everybody in the database's list", /securityIpGroups\[\]\.securityIpList$/, [set("10.0.0.0/8,0.0.0.0/0")]),
  kind("a bucket's public access", /bucketObject(v2)? acl$/, [set("public-read")]),
  kind("a bucket's public access", /bucketPublicAccessBlock (block|ignore|restrict)/, [set(false), removed]),
  kind("a role of somebody else's", /(RoleArn|deliverCrossAccountRole|roleArn)$|instanceProfile role$/, [
    set(foreignRole),
  ]),
  kind("a role of somebody else's", /instance iamInstanceProfile$/, [set("admin")]),
];
