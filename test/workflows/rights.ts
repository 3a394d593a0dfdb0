import type { RecordedResource } from "../../recording/record.ts";
import { valueAt } from "../../recording/value.ts";
import type { Request } from "../support/allowed.ts";

/** One thing that resources ask of whoever deploys them, beyond the calls that make and end their types (actions.ts). */
export interface Right {
  readonly what: string;
  /** What this resource needs of it; empty for most. */
  readonly of: (resource: RecordedResource) => readonly Request[];
}

const account = "123456789012";
const region = "ap-south-1";
const viaService = (service: string) => ({ "kms:ViaService": `${service}.${region}.amazonaws.com` });

export const asked = (
  actions: readonly string[],
  resource: string,
  context: Request["context"] = {},
): readonly Request[] => actions.map((action) => ({ action, resource, context }));
const requests = (actions: readonly string[], resource: string, context: Request["context"] = {}): readonly Request[] =>
  asked(actions, resource, { "aws:RequestedRegion": region, ...context });

export const textAt = (resource: RecordedResource, path: string): string | undefined => {
  const found = valueAt(resource.inputs, path);
  return typeof found === "string" ? found : undefined;
};

/** What a service asks of the caller for a resource under a key of the owner's. */
const ofKey =
  (paths: readonly string[], service: string, types: RegExp, actions: readonly string[]) => (one: RecordedResource) => {
    const key = types.test(one.type)
      ? paths.map((path) => textAt(one, path)).find((text) => text !== undefined)
      : undefined;
    if (key === undefined) return [];
    const context = { ...viaService(service), "kms:GrantIsForAWSResource": "true" };
    return requests(actions, key, context);
  };

const serviceRole =
  (types: RegExp, service: string, name: string, isAsked: (one: RecordedResource) => boolean = () => true) =>
  (one: RecordedResource): readonly Request[] =>
    types.test(one.type) && isAsked(one)
      ? requests(
          ["iam:CreateServiceLinkedRole"],
          `arn:aws:iam::${account}:role/aws-service-role/${service}.amazonaws.com/${name}`,
          { "iam:AWSServiceName": `${service}.amazonaws.com` },
        )
      : [];

const passed =
  (types: RegExp, service: string) =>
  (one: RecordedResource): readonly Request[] =>
    types.test(one.type)
      ? requests(["iam:PassRole"], `arn:aws:iam::${account}:role/${one.name}-1a2b3c4`, {
          "iam:PassedToService": `${service}.amazonaws.com`,
        })
      : [];

/** What objects ask for: to be written and read back, and to go, with each version, before their bucket can. */
export const ofObjects =
  (types: RegExp, bucket: string, list: string, actions: readonly string[]) =>
  (one: RecordedResource): readonly Request[] =>
    types.test(one.type)
      ? [{ action: list, resource: bucket }, ...asked(actions, `${bucket}/${textAt(one, "key")}`)]
      : [];

/**
 * Sources: AWS's service authorization reference (dependent actions of RunInstances, CreateAutoScalingGroup, CreateKey); EBS
 * user guide, "Requirements for Amazon EBS encryption"; Secrets Manager, "Secret encryption and decryption"; DocumentDB,
 * "Managing data at rest"; Auto Scaling, Elastic Load Balancing, RDS and Spot, their "Service-linked roles".
 */
export const awsRights: readonly Right[] = [
  {
    what: "read the parameters that templates resolve",
    of: (one) => {
      const image = /^resolve:ssm:(\/.*)$/.exec(textAt(one, "imageId") ?? "")?.[1];
      return image === undefined ? [] : requests(["ssm:GetParameters"], `arn:aws:ssm:${region}::parameter${image}`);
    },
  },
  {
    what: "make disks under a key of the owner's",
    of: ofKey(["blockDeviceMappings[0].ebs.kmsKeyId", "kmsKeyId"], "ec2", /launchTemplate:|ebs\/volume:/, [
      "kms:CreateGrant",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:GenerateDataKeyWithoutPlaintext",
    ]),
  },
  {
    what: "write secrets under a key of the owner's",
    of: ofKey(["kmsKeyId"], "secretsmanager", /secretsmanager\/secret:/, ["kms:Decrypt", "kms:GenerateDataKey"]),
  },
  {
    what: "make a managed database under a key of the owner's",
    of: ofKey(["kmsKeyId"], "rds", /docdb\/cluster:/, ["kms:CreateGrant", "kms:DescribeKey"]),
  },
  {
    what: "put a log under a key of the owner's",
    of: (one) =>
      one.type === "aws:cloudwatch/logGroup:LogGroup" && textAt(one, "kmsKeyId") !== undefined
        ? requests(["logs:AssociateKmsKey"], `arn:aws:logs:${region}:${account}:log-group:/ams/ams-test:*`)
        : [],
  },
  {
    what: "make the topic's key, with its tag",
    of: (one) =>
      one.type === "aws:kms/key:Key"
        ? requests(["kms:CreateKey", "kms:TagResource"], "*", { "aws:RequestTag/ams-cluster": "ams-test" })
        : [],
  },
  {
    what: "change and end the topic's key by its tag",
    of: (one) =>
      one.type === "aws:kms/key:Key"
        ? requests(
            ["kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion"],
            `arn:aws:kms:${region}:${account}:key/1`,
            { "aws:ResourceTag/ams-cluster": "ams-test" },
          )
        : [],
  },
  {
    // The authorization reference knows no resource of it.
    what: "end subscriptions, on no resource",
    of: (one) => (/topicSubscription:/.test(one.type) ? requests(["sns:Unsubscribe"], "*") : []),
  },
  {
    // S3's API reference, "DeleteObjects"; the provider reads an object's tags even if it has none.
    what: "write the machines' agents, and empty their bucket",
    of: ofObjects(/bucketObjectv2:/, `arn:aws:s3:::ams-test-agent-${region}-${account}`, "s3:ListBucketVersions", [
      "s3:PutObject",
      "s3:GetObject",
      "s3:GetObjectTagging",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
    ]),
  },
  { what: "hand the machines their roles", of: passed(/instanceProfile:/, "ec2") },
  { what: "hand the snapshots their role", of: passed(/lifecyclePolicy:/, "dlm") },
  {
    what: "make the groups' service role",
    of: serviceRole(/autoscaling\/group:/, "autoscaling", "AWSServiceRoleForAutoScaling"),
  },
  {
    what: "make the balancers' service role",
    of: serviceRole(/lb\/loadBalancer:/, "elasticloadbalancing", "AWSServiceRoleForElasticLoadBalancing"),
  },
  {
    what: "make the managed database's service role",
    of: serviceRole(/docdb\/cluster:/, "rds", "AWSServiceRoleForRDS"),
  },
  {
    what: "make the service role of machines on spot",
    of: serviceRole(/autoscaling\/group:/, "spot", "AWSServiceRoleForEC2Spot", ({ inputs }) => {
      const percent = valueAt(inputs, "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity");
      return typeof percent === "number" && percent < 100;
    }),
  },
];
