import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { ofType } from "../../../recording/read/links.ts";
import { isUnknown, valueAt } from "../../../recording/read/plain.ts";
import { type Expectation, expecting, isSet } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

interface Limit {
  readonly property: string;
  readonly max: number;
}

const limit = (property: string, max: number): Limit => ({ property, max });

/** Where a type's name at the cloud stands and how long it may be; from the clouds' API references. */
const limits: Readonly<Record<string, Limit>> = {
  [awsType.balancer]: limit("name", 32),
  [awsType.targetGroup]: limit("name", 32),
  [awsType.group]: limit("name", 255),
  [awsType.template]: limit("name", 128),
  [awsType.securityGroup]: limit("name", 255),
  [awsType.secret]: limit("name", 512),
  "aws:iam/role:Role": limit("name", 64),
  "aws:iam/rolePolicy:RolePolicy": limit("name", 128),
  "aws:iam/instanceProfile:InstanceProfile": limit("name", 128),
  [alibabaType.webBalancer]: limit("loadBalancerName", 128),
  [alibabaType.webTargets]: limit("serverGroupName", 128),
  [alibabaType.webRule]: limit("ruleName", 128),
  [alibabaType.streamBalancer]: limit("loadBalancerName", 128),
  [alibabaType.streamTargets]: limit("serverGroupName", 128),
  [alibabaType.group]: limit("scalingGroupName", 64),
  [alibabaType.template]: limit("launchTemplateName", 128),
  [alibabaType.instance]: limit("instanceName", 128),
  [alibabaType.disk]: limit("diskName", 128),
  [alibabaType.securityGroup]: limit("securityGroupName", 128),
  [alibabaType.parameter]: limit("secretParameterName", 180),
  [alibabaType.secret]: limit("secretName", 64),
  "alicloud:ram/role:Role": limit("roleName", 64),
  "alicloud:ram/policy:Policy": limit("policyName", 128),
};

/** Pulumi makes a name of the logical one, a hyphen and seven characters where none is given. */
function nameOf({ props, name }: Resource, { property }: Limit): string | undefined {
  const given = valueAt(props, property);
  if (given === undefined || given === null)
    return valueAt(props, "namePrefix") === undefined ? `${name}-1234567` : undefined;
  return isUnknown(given) ? undefined : String(given);
}

const namesFit: Rule = {
  id: "names-fit",
  concern: "naming",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "Names, including the characters that Pulumi adds, do not exceed the cloud's length limits",
  remedy: "shorten ams:name",
  looksAt: byCloud(Object.keys(limits)),
  find: (all) =>
    ofType(all, ...Object.keys(limits)).flatMap((on): readonly Fault[] => {
      const bound = limits[on.type];
      const name = bound === undefined ? undefined : nameOf(on, bound);
      if (bound === undefined || name === undefined || name.length <= bound.max) return [];
      return [{ on, fault: `${name} is ${name.length} characters long; the limit is ${bound.max}` }];
    }),
};

/** What CreateLoadBalancer and CreateTargetGroup of ELBv2 refuse. */
const legalName: Expectation = {
  path: "name",
  ok: (value) => value === undefined || /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(String(value)),
  wanted: "letters, digits and hyphens, starting and ending with a letter or digit, and not starting with internal-",
};

/** What both of Alibaba Cloud's balancers refuse. */
const legalAlibabaName = (path: string): Expectation => ({
  path,
  ok: (value) => value === undefined || /^[A-Za-z\p{Script=Han}][\w.\p{Script=Han}-]+$/u.test(String(value)),
  wanted: "a letter, followed by letters, digits, dots, underscores and hyphens",
});

const balancerNames: Rule = {
  id: "balancer-names-are-legal",
  concern: "naming",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "Load balancer and target group names contain only characters that their APIs accept",
  remedy: "change ams:name",
  ...expecting({
    [awsType.balancer]: [legalName],
    [awsType.targetGroup]: [legalName],
    [alibabaType.webBalancer]: [legalAlibabaName("loadBalancerName")],
    [alibabaType.webTargets]: [legalAlibabaName("serverGroupName")],
    [alibabaType.streamBalancer]: [legalAlibabaName("loadBalancerName")],
    [alibabaType.streamTargets]: [legalAlibabaName("serverGroupName")],
  }),
};

const described: Rule = {
  id: "firewall-is-described",
  concern: "naming",
  sources: { aws: ["CKV_AWS_23"], alibaba: ["own"] },
  demands: "Each security group and each of its rules has a description",
  remedy: "add a description",
  ...expecting({
    [awsType.securityGroup]: [isSet("description")],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [isSet("description")],
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [isSet("description")],
    [alibabaType.securityGroup]: [isSet("description")],
    [alibabaType.securityGroupRule]: [isSet("description")],
  }),
};

export const naming: readonly Rule[] = [namesFit, balancerNames, described];
