import { broken, type Case } from "../broken.ts";

/** Ways in beside the firewall's rules, ways out, and whom a resource lets in. */

const internet = {
  unknown: "urn:pulumi:aws::ams::aws:ec2/internetGateway:InternetGateway::ams-aws-network-gateway.id",
};
const statement = (fields: object) => JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", ...fields }] });

const exposure: readonly Case[] = [
  ...broken(
    "no-other-ways-in",
    "aws",
    ["a peering", "ec2/route network-private-a", { vpcPeeringConnectionId: "pcx-0123456789abcdef0" }],
    [
      "a list of ranges that others change",
      "vpc/securityGroupIngressRule firewall-edge-database-tcp-27017-in",
      { prefixListId: "pl-0123456789abcdef0" },
    ],
    ["IPv6", "ec2/vpc network", { assignGeneratedIpv6CidrBlock: true }],
  ),
  ...broken("no-other-ways-in", "alibaba", [
    "a list of ranges that others change",
    "ecs/securityGroupRule firewall-edge-database-tcp-27017-in",
    { prefixListId: "pl-gw8123456789" },
  ]),
  ...broken("database-routes-stay-private", "aws", [
    "a route to the internet gateway",
    "ec2/route network-private-a",
    { gatewayId: internet, natGatewayId: undefined },
  ]),
  ...broken("database-routes-stay-private", "alibaba", [
    "a route to a machine",
    "vpc/routeEntry network-private-a",
    { nexthopType: "Instance" },
  ]),
  ...broken("security-groups-are-the-stacks", "aws", ["none", "lb/loadBalancer stream", { securityGroups: [] }]),
  ...broken("security-groups-are-the-stacks", "alibaba", [
    "none",
    "nlb/loadBalancer balancer-stream",
    { securityGroupIds: [] },
  ]),
  ...broken("egress-is-named", "aws", [
    "a balancer that sends to everybody",
    "vpc/securityGroupEgressRule firewall-balancer-edge-tcp-5080-out",
    { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" },
  ]),
  ...broken("egress-is-named", "alibaba", [
    "a database that sends to everybody on any port",
    "ecs/securityGroupRule firewall-database-internet-tcp-443-out",
    { portRange: "1/65535" },
  ]),
  ...broken(
    "resource-policies-name-this-account",
    "aws",
    [
      "a key for another account",
      "kms/key alarms",
      { policy: statement({ Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "kms:*", Resource: "*" }) },
    ],
    [
      "a secret for a service of any account",
      "secretsmanager/secret secrets-media",
      {
        policy: statement({
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
        }),
      },
    ],
  ),
  ...broken("resource-policies-name-this-account", "alibaba", [
    "a log project for another account",
    "log/project secrets-log",
    { policy: statement({ Principal: ["199988887777"], Action: "log:*", Resource: "*" }) },
  ]),
];

const identity: readonly Case[] = [
  ...broken(
    "roles-do-their-jobs-alone",
    "aws",
    [
      "passing a role under a condition",
      "iam/rolePolicy secrets-database",
      {
        policy: statement({
          Action: "iam:PassRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
        }),
      },
    ],
    [
      "starting commands on a named machine",
      "iam/rolePolicy secrets-database",
      { policy: statement({ Action: "ssm:SendCommand", Resource: "arn:aws:ec2:ap-south-1:*:instance/i-1" }) },
    ],
  ),
  ...broken("roles-do-their-jobs-alone", "alibaba", [
    "starting commands",
    "ram/policy secrets-database",
    { policyDocument: statement({ Action: "ecs:RunCommand", Resource: "acs:ecs:eu-central-1:*:instance/i-1" }) },
  ]),
  ...broken("dns-grants-are-for-challenges", "aws", [
    "any TXT record",
    "iam/rolePolicy secrets-database",
    {
      policy: statement({
        Action: "route53:ChangeResourceRecordSets",
        Resource: "arn:aws:route53:::hostedzone/Z0123456789",
        Condition: {
          "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
          Null: { "route53:ChangeResourceRecordSetsRecordTypes": "false" },
        },
      }),
    },
  ]),
  ...broken("grants-stay-in-this-account", "aws", [
    "another account's key",
    "iam/rolePolicy secrets-database",
    { policy: statement({ Action: "kms:Decrypt", Resource: "arn:aws:kms:ap-south-1:999988887777:key/x" }) },
  ]),
  ...broken("grants-stay-in-this-account", "alibaba", [
    "another account's bucket",
    "ram/policy secrets-database",
    { policyDocument: statement({ Action: "oss:PutObject", Resource: "acs:oss:eu-central-1:199988887777:other/*" }) },
  ]),
  ...broken("roles-read-what-their-machines-ask-for", "aws", [
    "the media machines' secret for the database",
    "iam/rolePolicy secrets-database",
    {
      policy: statement({
        Action: "secretsmanager:GetSecretValue",
        Resource: "arn:aws:secretsmanager:ap-south-1:*:secret:ams-aws-media-1-??????",
      }),
    },
  ]),
  ...broken("roles-read-what-their-machines-ask-for", "alibaba", [
    "the media machines' secret for the database",
    "ram/policy secrets-database",
    {
      policyDocument: statement({
        Action: "oos:GetSecretParameter",
        Resource: "acs:oos:eu-central-1:*:secretparameter/ams-alibaba-media-1",
      }),
    },
  ]),
  ...broken("machines-have-no-passwords", "aws", ["the image's", "ec2/instance database", { getPasswordData: true }]),
  ...broken(
    "machines-have-no-passwords",
    "alibaba",
    ["one of its own", "ecs/instance database", { password: "Passw0rd!" }],
    ["the image's", "ecs/ecsLaunchTemplate edge", { passwordInherit: true }],
  ),
  ...broken("no-other-identities", "aws", [
    "another account's role",
    "dlm/lifecyclePolicy database-snapshots",
    { executionRoleArn: "arn:aws:iam::999988887777:role/other" },
  ]),
];

export const waysIn: readonly Case[] = [...exposure, ...identity];
