import type { RecordedResource, Value } from "../../recording/record.ts";

/** Where a type's physical name stands, and how long it may be. Without a given name the provider adds 8 characters. */
export interface NameLimit {
  readonly property: string;
  readonly max: number;
}

const limit = (property: string, max: number): NameLimit => ({ property, max });

/** From the clouds' API references: CreateLoadBalancer, CreateTargetGroup, CreateRole, CreateScalingGroup and so on. */
export const nameLimits: Readonly<Record<string, NameLimit>> = {
  "aws:lb/loadBalancer:LoadBalancer": limit("name", 32),
  "aws:lb/targetGroup:TargetGroup": limit("name", 32),
  "aws:autoscaling/group:Group": limit("name", 255),
  "aws:autoscaling/policy:Policy": limit("name", 255),
  "aws:autoscaling/schedule:Schedule": limit("scheduledActionName", 255),
  "aws:cloudwatch/metricAlarm:MetricAlarm": limit("name", 255),
  "aws:cloudwatch/logGroup:LogGroup": limit("name", 512),
  "aws:cloudwatch/dashboard:Dashboard": limit("dashboardName", 255),
  "aws:iam/user:User": limit("name", 64),
  "aws:iam/userPolicy:UserPolicy": limit("name", 128),
  "aws:sns/topic:Topic": limit("name", 256),
  "aws:s3/bucket:Bucket": limit("bucket", 63),
  "aws:docdb/cluster:Cluster": limit("clusterIdentifier", 63),
  "aws:docdb/clusterInstance:ClusterInstance": limit("identifier", 63),
  "aws:docdb/clusterParameterGroup:ClusterParameterGroup": limit("name", 255),
  "aws:docdb/subnetGroup:SubnetGroup": limit("name", 255),
  "aws:ec2/launchTemplate:LaunchTemplate": limit("name", 128),
  "aws:ec2/securityGroup:SecurityGroup": limit("name", 255),
  "aws:ec2/keyPair:KeyPair": limit("keyName", 255),
  "aws:iam/role:Role": limit("name", 64),
  "aws:iam/rolePolicy:RolePolicy": limit("name", 128),
  "aws:iam/instanceProfile:InstanceProfile": limit("name", 128),
  "aws:secretsmanager/secret:Secret": limit("name", 512),
  "aws:route53/zone:Zone": limit("name", 255),
  "aws:route53/record:Record": limit("name", 255),
  "alicloud:alb/loadBalancer:LoadBalancer": limit("loadBalancerName", 128),
  "alicloud:alb/serverGroup:ServerGroup": limit("serverGroupName", 128),
  "alicloud:alb/rule:Rule": limit("ruleName", 128),
  "alicloud:nlb/loadBalancer:LoadBalancer": limit("loadBalancerName", 128),
  "alicloud:nlb/serverGroup:ServerGroup": limit("serverGroupName", 128),
  "alicloud:ess/scalingGroup:ScalingGroup": limit("scalingGroupName", 64),
  "alicloud:ess/scalingRule:ScalingRule": limit("scalingRuleName", 64),
  "alicloud:ess/scheduledTask:ScheduledTask": limit("scheduledTaskName", 40),
  "alicloud:ess/alarm:Alarm": limit("name", 64),
  "alicloud:ess/lifecycleHook:LifecycleHook": limit("name", 64),
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": limit("launchTemplateName", 128),
  "alicloud:ecs/instance:Instance": limit("instanceName", 128),
  "alicloud:ecs/ecsDisk:EcsDisk": limit("diskName", 128),
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy": limit("autoSnapshotPolicyName", 128),
  "alicloud:ecs/ecsKeyPair:EcsKeyPair": limit("keyPairName", 128),
  "alicloud:ecs/securityGroup:SecurityGroup": limit("securityGroupName", 128),
  "alicloud:ecs/eipAddress:EipAddress": limit("addressName", 128),
  "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage": limit("bandwidthPackageName", 128),
  "alicloud:vpc/network:Network": limit("vpcName", 128),
  "alicloud:vpc/flowLog:FlowLog": limit("flowLogName", 128),
  "alicloud:vpc/switch:Switch": limit("vswitchName", 128),
  "alicloud:vpc/natGateway:NatGateway": limit("natGatewayName", 128),
  "alicloud:vpc/routeTable:RouteTable": limit("routeTableName", 128),
  "alicloud:vpc/snatEntry:SnatEntry": limit("snatEntryName", 128),
  "alicloud:vpc/routeEntry:RouteEntry": limit("name", 128),
  "alicloud:ram/role:Role": limit("roleName", 64),
  "alicloud:ram/policy:Policy": limit("policyName", 128),
  "alicloud:oos/secretParameter:SecretParameter": limit("secretParameterName", 180),
  "alicloud:kms/secret:Secret": limit("secretName", 64),
  "alicloud:mongodb/instance:Instance": limit("name", 256),
  "alicloud:pvtz/zone:Zone": limit("zoneName", 253),
  "alicloud:cms/alarm:Alarm": limit("name", 100),
  "alicloud:cms/alarmContact:AlarmContact": limit("alarmContactName", 40),
  "alicloud:cms/alarmContactGroup:AlarmContactGroup": limit("alarmContactGroupName", 128),
  "alicloud:log/project:Project": limit("projectName", 63),
  "alicloud:log/store:Store": limit("logstoreName", 63),
  "alicloud:oss/bucket:Bucket": limit("bucket", 63),
  "alicloud:ram/user:User": limit("name", 64),
  "alicloud:cas/serviceCertificate:ServiceCertificate": limit("certificateName", 64),
};

/** What a type would be called at the cloud; undefined for a type that has no name. */
export function physicalName({ type, name, inputs }: RecordedResource): string | undefined {
  const known = nameLimits[type];
  if (known === undefined) return undefined;
  const given = inputs[known.property];
  return typeof given === "string" ? given : `${name}-1234567`;
}

/** Inputs that look like a physical name, so that none is forgotten above. */
export const nameLike = ({ inputs }: RecordedResource, clusterName: string): readonly string[] =>
  Object.entries(inputs)
    .filter(
      ([key, value]: [string, Value]) =>
        /name$/i.test(key) && typeof value === "string" && value.startsWith(clusterName),
    )
    .map(([key]) => key);
