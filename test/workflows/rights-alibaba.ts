import type { RecordedResource } from "../../recording/record.ts";
import type { Request } from "../support/allowed.ts";
import { asked, ofObjects, type Right, textAt } from "./rights.ts";

const acsAccount = "1234567890123456";
const acs = (service: string, resource: string): string => `acs:${service}:eu-central-1:${acsAccount}:${resource}`;

const acsServiceRole =
  (types: RegExp, service: string) =>
  (one: RecordedResource): readonly Request[] =>
    types.test(one.type)
      ? asked(["ram:CreateServiceLinkedRole"], "*", { "ram:ServiceName": `${service}.aliyuncs.com` })
      : [];

/** Sources: ECS, "Disk encryption"; RAM, "Service-linked roles"; OOS, "Encryption parameters". */
export const alibabaRights: readonly Right[] = [
  {
    what: "make disks under a key of the owner's",
    of: (one) => {
      const key = ["systemDisk.kmsKeyId", "systemDiskKmsKeyId", "kmsKeyId"]
        .map((path) => textAt(one, path))
        .find(Boolean);
      if (key === undefined) return [];
      return asked(["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"], acs("kms", `key/${key}`));
    },
  },
  {
    what: "hand the machines their roles",
    of: (one) =>
      /ram\/role:/.test(one.type) ? asked(["ram:PassRole"], acs("ram", `role/${textAt(one, "roleName")}`)) : [],
  },
  {
    what: "make the secret that OOS keeps in KMS",
    of: (one) =>
      /oos\/secretParameter:/.test(one.type)
        ? asked(["kms:CreateSecret"], acs("kms", `secret/oos/${textAt(one, "secretParameterName")}`))
        : [],
  },
  {
    // The provider lists the account's buckets to see whether one is there.
    what: "find the machines' agents' bucket",
    of: (one) => (/oss\/bucket:/.test(one.type) ? asked(["oss:ListBuckets"], `acs:oss:*:${acsAccount}:*`) : []),
  },
  {
    // OSS, "PutObject", "HeadObject" and "DeleteMultipleObjects", their permissions; the provider names an object's ACL.
    what: "write the machines' agents, and empty their bucket",
    of: ofObjects(
      /oss\/bucketObject:/,
      `acs:oss:oss-eu-central-1:${acsAccount}:ams-test-agent-eu-central-1-${acsAccount}`,
      "oss:ListObjectVersions",
      ["oss:PutObject", "oss:PutObjectAcl", "oss:GetObject", "oss:DeleteObject", "oss:DeleteObjectVersion"],
    ),
  },
  { what: "make the groups' service role", of: acsServiceRole(/ess\/scalingGroup:/, "ess") },
  { what: "make the application balancer's service role", of: acsServiceRole(/alb\/loadBalancer:/, "alb") },
  { what: "make the network balancer's service role", of: acsServiceRole(/nlb\/loadBalancer:/, "nlb") },
  { what: "make the gateways' service role", of: acsServiceRole(/vpc\/natGateway:/, "nat") },
];
