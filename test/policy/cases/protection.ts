import { broken, type Case } from "../broken.ts";

/** Encryption and identity. */

const statement = (fields: object) => JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", ...fields }] });

const awsListener = { unknown: "urn:pulumi:aws::ams::aws:lb/listener:Listener::ams-aws-balancer-http-80.arn" };
const alibabaListener = {
  unknown: "urn:pulumi:alibaba::ams::alicloud:alb/listener:Listener::ams-alibaba-balancer-http-80.id",
};

const encryption: readonly Case[] = [
  ...broken(
    "plain-http-only-redirects",
    "aws",
    [
      "one path",
      "lb/listenerRule balancer-https-443-hls",
      { listenerArn: awsListener },
      "lb/listener balancer-http-80",
    ],
    ["a redirect to HTTP", "lb/listener balancer-http-5080", { "defaultActions[0].redirect.protocol": "HTTP" }],
  ),
  ...broken("plain-http-only-redirects", "alibaba", [
    "one path",
    "alb/rule balancer-https-443-hls",
    { listenerId: alibabaListener },
    "alb/listener balancer-http-80",
  ]),
  ...broken(
    "modern-tls",
    "aws",
    ["TLS 1.0", "lb/listener balancer-https-443", { sslPolicy: "ELBSecurityPolicy-2016-08" }],
    ["the default", "lb/listener balancer-https-443", { sslPolicy: undefined }],
  ),
  ...broken(
    "modern-tls",
    "alibaba",
    ["TLS 1.0", "alb/listener balancer-https-443", { securityPolicyId: "tls_cipher_policy_1_0" }],
    ["a stream over TLS", "nlb/listener balancer-tcp-1935", { listenerProtocol: "TCPSSL" }],
  ),
  ...broken(
    "encrypted-disks",
    "aws",
    ["the data volume", "ebs/volume database-data", { encrypted: false }],
    ["a template's disk", "ec2/launchTemplate origin", { "blockDeviceMappings[0].ebs.encrypted": undefined }],
    ["a template that names no disk", "ec2/launchTemplate origin", { blockDeviceMappings: undefined }],
    ["a root disk of the machine's own", "ec2/instance database", { rootBlockDevice: { volumeSize: 20 } }],
    ["a further disk", "ec2/instance database", { ebsBlockDevices: [{ deviceName: "/dev/sdg" }] }],
  ),
  ...broken(
    "encrypted-disks",
    "alibaba",
    ["the data disk", "ecs/ecsDisk database-data", { encrypted: false }],
    ["a template's system disk", "ecs/ecsLaunchTemplate origin", { "systemDisk.encrypted": undefined }],
    ["a template's data disk", "ecs/ecsLaunchTemplate origin", { dataDisks: [{ size: 40 }] }],
    ["the machine's system disk", "ecs/instance database", { systemDiskEncrypted: false }],
  ),
];

const identity: readonly Case[] = [
  ...broken(
    "metadata-needs-a-session",
    "aws",
    ["version 1", "ec2/launchTemplate edge", { "metadataOptions.httpTokens": "optional" }],
    ["two hops", "ec2/launchTemplate edge", { "metadataOptions.httpPutResponseHopLimit": 2 }],
    ["nothing said", "ec2/launchTemplate database", { metadataOptions: undefined }],
    ["a machine", "ec2/instance database", { "metadataOptions.httpTokens": undefined }],
  ),
  ...broken(
    "metadata-needs-a-session",
    "alibaba",
    ["version 1", "ecs/ecsLaunchTemplate edge", { httpTokens: "optional" }],
    ["two hops", "ecs/ecsLaunchTemplate edge", { httpPutResponseHopLimit: 2 }],
    ["a machine", "ecs/instance database", { httpTokens: undefined }],
  ),
  ...broken(
    "roles-read-named-secrets",
    "aws",
    [
      "all secrets of a name",
      "iam/rolePolicy secrets-origin",
      {
        policy: statement({
          Action: "secretsmanager:GetSecretValue",
          Resource: "arn:aws:secretsmanager:ap-south-1:1:secret:ams-aws-*",
        }),
      },
    ],
    [
      "a foreign secret in a text that isn't known whole",
      "iam/rolePolicy secrets-origin",
      {
        policy: { unknown: "x", text: statement({ Action: "secretsmanager:GetSecretValue", Resource: "{other.arn}" }) },
      },
    ],
  ),
  ...broken(
    "roles-read-named-secrets",
    "alibaba",
    [
      "all secrets of a name",
      "ram/policy secrets-origin",
      {
        policyDocument: statement({
          Action: "oos:GetSecretParameter",
          Resource: "acs:oos:eu-central-1:*:secretparameter/ams-alibaba-*",
        }),
      },
    ],
    [
      "all secrets whose names end as this one's",
      "ram/policy secrets-origin",
      {
        policyDocument: statement({
          Action: "kms:GetSecretValue",
          Resource: "acs:kms:eu-central-1:*:secret/*ams-alibaba-media-1",
        }),
      },
    ],
  ),
  ...broken(
    "no-wildcard-grants",
    "aws",
    [
      "a service's actions",
      "iam/rolePolicy secrets-origin",
      { policy: statement({ Action: "ec2:*", Resource: "arn:aws:ec2:::instance/i-1" }) },
    ],
    [
      "everything",
      "iam/rolePolicy secrets-origin",
      { policy: statement({ Action: "ec2:DescribeInstances", Resource: "*" }) },
    ],
    [
      "all but",
      "iam/rolePolicy secrets-origin",
      { policy: statement({ NotAction: "iam:PassRole", Resource: "arn:aws:ec2:::instance/i-1" }) },
    ],
  ),
  ...broken("no-wildcard-grants", "alibaba", [
    "a service's actions",
    "ram/policy secrets-origin",
    { policyDocument: statement({ Action: ["ecs:*"], Resource: "acs:ecs:*:*:instance/i-1" }) },
  ]),
  ...broken("roles-trust-machines-alone", "aws", [
    "an account",
    "iam/role secrets-origin",
    { assumeRolePolicy: statement({ Action: "sts:AssumeRole", Principal: { AWS: "*" } }) },
  ]),
  ...broken("roles-trust-machines-alone", "alibaba", [
    "an account beside the machines",
    "ram/role secrets-origin",
    {
      assumeRolePolicyDocument: statement({
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs.aliyuncs.com", RAM: ["acs:ram::1:root"] },
      }),
    },
  ]),
  ...broken("no-broad-managed-policies", "aws", [
    "an administrator",
    "iam/rolePolicyAttachment database-snapshots",
    { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ]),
  ...broken("no-broad-managed-policies", "alibaba", [
    "an administrator",
    "ram/rolePolicyAttachment secrets-origin",
    { policyType: "System", policyName: "AdministratorAccess" },
  ]),
  ...broken(
    "machines-have-a-role",
    "aws",
    ["a template", "ec2/launchTemplate edge", { iamInstanceProfile: undefined }],
    ["the database", "ec2/instance database", { iamInstanceProfile: undefined }],
  ),
  ...broken(
    "machines-have-a-role",
    "alibaba",
    ["a template", "ecs/ecsLaunchTemplate edge", { ramRoleName: undefined }],
    ["the database", "ecs/ramRoleAttachment database", { instanceId: "i-another" }, "ecs/instance database"],
  ),
  ...broken("generated-secrets-are-long", "aws", [
    "a short one",
    "random:index/randomPassword:RandomPassword secrets-panel",
    { length: 12 },
  ]),
  ...broken("generated-secrets-are-long", "alibaba", [
    "a short one",
    "random:index/randomPassword:RandomPassword secrets-panel",
    { length: 12 },
  ]),
];

export const protection: readonly Case[] = [...encryption, ...identity];
