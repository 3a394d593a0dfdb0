import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { ofType } from "../../../recording/read/links.ts";
import { isMachineOrGroupTemplate } from "../../../recording/read/machines.ts";
import { type Found, isFields, isUnknown, listAt, type Plain, valueAt } from "../../../recording/read/plain.ts";
import { type Expectation, expecting } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

/** Types that take tags, of those that the stacks make; a test holds the list against the providers' SDKs. */
export const taggable: readonly string[] = [
  "aws:acm/certificate:Certificate",
  "aws:autoscaling/group:Group",
  "aws:ebs/volume:Volume",
  "aws:cloudfront/distribution:Distribution",
  "aws:cloudfront/function:Function",
  "aws:cloudfront/keyValueStore:KeyValueStore",
  "aws:cloudwatch/logDelivery:LogDelivery",
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:dlm/lifecyclePolicy:LifecyclePolicy",
  "aws:docdb/cluster:Cluster",
  "aws:docdb/clusterInstance:ClusterInstance",
  "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
  "aws:docdb/subnetGroup:SubnetGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/eip:Eip",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/instance:Instance",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/keyPair:KeyPair",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:iam/instanceProfile:InstanceProfile",
  "aws:iam/role:Role",
  "aws:lb/listener:Listener",
  "aws:lb/listenerRule:ListenerRule",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:lb/targetGroup:TargetGroup",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "alicloud:alb/listener:Listener",
  "alicloud:alb/loadBalancer:LoadBalancer",
  "alicloud:alb/serverGroup:ServerGroup",
  "alicloud:cas/serviceCertificate:ServiceCertificate",
  "alicloud:cdn/domainNew:DomainNew",
  "alicloud:cms/alarm:Alarm",
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy",
  "alicloud:ecs/ecsDisk:EcsDisk",
  "alicloud:ecs/ecsKeyPair:EcsKeyPair",
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
  "alicloud:ecs/eipAddress:EipAddress",
  "alicloud:ecs/instance:Instance",
  "alicloud:ecs/securityGroup:SecurityGroup",
  "alicloud:ess/scalingGroup:ScalingGroup",
  "alicloud:kms/secret:Secret",
  "alicloud:log/project:Project",
  "alicloud:mongodb/instance:Instance",
  "alicloud:nlb/listener:Listener",
  "alicloud:nlb/loadBalancer:LoadBalancer",
  "alicloud:nlb/serverGroup:ServerGroup",
  "alicloud:oss/bucket:Bucket",
  "alicloud:oos/secretParameter:SecretParameter",
  "alicloud:pvtz/zone:Zone",
  "alicloud:ram/policy:Policy",
  "alicloud:ram/role:Role",
  "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage",
  "alicloud:vpc/flowLog:FlowLog",
  "alicloud:vpc/natGateway:NatGateway",
  "alicloud:vpc/network:Network",
  "alicloud:vpc/routeTable:RouteTable",
  "alicloud:vpc/switch:Switch",
];

/** Name for the clouds' consoles, `ams-cluster` for bills and searches. */
export const required: readonly string[] = ["Name", "ams-cluster"];

/** Keys of tags in a map or in a list of keys and values; undefined while some of it isn't known. */
function keysOf(tags: Found): readonly string[] | undefined {
  if (isUnknown(tags)) return undefined;
  if (!Array.isArray(tags)) return isFields(tags) ? Object.keys(tags) : [];
  const keys: readonly Found[] = tags.map((tag: Plain) => (isUnknown(tag) ? tag : valueAt(tag, "key")));
  return keys.some(isUnknown) ? undefined : keys.map(String);
}

function missing(tags: Found): readonly string[] {
  const keys = keysOf(tags);
  return keys === undefined ? [] : required.filter((key) => !keys.includes(key));
}

const tagged: Rule = {
  id: "resources-are-tagged",
  concern: "tags",
  sources: { aws: ["own"], alibaba: ["Config required-tags"] },
  demands: `All resources that support tags have the tags ${required.join(" and ")}`,
  remedy: "add the cluster's tags and a Name tag",
  looksAt: byCloud(taggable),
  find: (all) =>
    ofType(all, ...taggable).flatMap((on): readonly Fault[] => {
      const keys = missing(on.props["tags"]);
      return keys.length === 0 ? [] : [{ on, fault: `it has no ${keys.join(" or ")} tag` }];
    }),
};

const hasAll = (path: string): Expectation => ({
  path,
  ok: (value) => missing(value).length === 0,
  wanted: `tags that include ${required.join(" and ")}`,
});

/** What a launch template gives the machines and their disks. */
function templateFaults(on: Resource): readonly Fault[] {
  const specifications = listAt(on.props, "tagSpecifications[]");
  if (specifications.some((one) => isUnknown(one) || isUnknown(valueAt(one, "resourceType")))) return [];
  return ["instance", "volume"].flatMap((kind): readonly Fault[] => {
    const own = specifications.find((one) => valueAt(one, "resourceType") === kind);
    const keys = missing(valueAt(own, "tags"));
    return keys.length === 0 ? [] : [{ on, fault: `its ${kind}s receive no ${keys.join(" or ")} tag` }];
  });
}

const alibabaMachines = expecting({
  [alibabaType.template]: [hasAll("templateTags")],
  [alibabaType.instance]: [hasAll("volumeTags")],
});

const machinesTagged: Rule = {
  id: "machines-get-tags",
  concern: "tags",
  sources: { aws: ["CKV_AWS_153"], alibaba: ["own"] },
  demands:
    "Machines that are started from a launch template are tagged, and so are the disks that are created with a machine",
  remedy: "propagate the cluster's tags to machines and disks",
  looksAt: byCloud([awsType.template, alibabaType.template, alibabaType.instance]),
  find: (all) => [
    ...ofType(all, awsType.template)
      .filter((on) => isMachineOrGroupTemplate(on, all))
      .flatMap(templateFaults),
    ...alibabaMachines.find(all),
  ],
};

export const tags: readonly Rule[] = [tagged, machinesTagged];
