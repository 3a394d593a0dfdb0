import type { RecordedResource, Value } from "../../recording/record.ts";
import { Secret } from "../../recording/value.ts";
import { fill, showValue } from "./show.ts";

/** What matters of a resource, by type, in the templates of `show.ts`. */
const templates: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/vpc:Vpc": ["{cidrBlock}"],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["no traffic allowed"],
  "aws:ec2/subnet:Subnet": ["{cidrBlock}", "{availabilityZone}"],
  "aws:ec2/internetGateway:InternetGateway": [],
  "aws:ec2/routeTable:RouteTable": [],
  "aws:ec2/route:Route": ["{destinationCidrBlock} to {gatewayId}", "{destinationCidrBlock} to {natGatewayId}"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["{subnetId} uses {routeTableId}"],
  "aws:ec2/eip:Eip": ["fixed public address"],
  "aws:ec2/natGateway:NatGateway": ["in {subnetId}"],
  "aws:ec2/securityGroup:SecurityGroup": [],
  "aws:ec2/instance:Instance": ["{instanceType}", "{privateIp}"],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    "{instanceType}",
    "{imageId}",
    "{blockDeviceMappings[0].ebs.volumeSize} GiB",
  ],
  "aws:ec2/volumeAttachment:VolumeAttachment": ["{volumeId} on {instanceId}"],
  "aws:ebs/volume:Volume": ["{size} GiB {type}", "encrypted? encrypted", "{availabilityZone}"],
  "aws:secretsmanager/secret:Secret": ["{name}", "recoverable for {recoveryWindowInDays} days after deletion"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secret value"],
  "aws:s3/bucket:Bucket": ["{bucket}"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["blockPublicPolicy? no public access"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "{rules[0].applyServerSideEncryptionByDefault.sseAlgorithm}",
  ],
  "aws:s3/bucketVersioning:BucketVersioning": ["{versioningConfiguration.status}"],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    "objects expire after {rules[0].expiration.days} days",
    "old versions expire after {rules[0].noncurrentVersionExpiration.noncurrentDays} days",
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["{contentType}"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["{vpcEndpointType}", "{serviceName}"],
  "aws:ec2/flowLog:FlowLog": ["{trafficType} to {logDestination}"],
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": [
    "every {policyDetails.schedules[0].createRule.interval} hours",
    "{policyDetails.schedules[0].retainRule.count} kept",
  ],
  "aws:iam/role:Role": ["assumed by its machines"],
  "aws:iam/rolePolicy:RolePolicy": ["access to its own secret, log, metrics and lifecycle actions"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["{policyArn}"],
  "aws:iam/instanceProfile:InstanceProfile": ["for role {role}"],
  "aws:acm/certificate:Certificate": ["{domainName}", "validated by {validationMethod}"],
  "aws:acm/certificateValidation:CertificateValidation": ["waits until the certificate is issued"],
  "aws:route53/zone:Zone": ["{name}", "private"],
  "aws:route53/record:Record": ["{name} {type} {records}", "{name} {type} {aliases[0].name}"],
  "aws:lb/loadBalancer:LoadBalancer": ["{loadBalancerType}"],
  "aws:lb/targetGroup:TargetGroup": [
    "{protocol} {port}",
    "GET {healthCheck.path} on {healthCheck.port} every {healthCheck.interval} s",
  ],
  "aws:lb/listener:Listener": ["{protocol} {port}"],
  "aws:autoscaling/group:Group": ["{minSize} to {maxSize} machines", "cooldown {defaultCooldown} s"],
  "aws:autoscaling/policy:Policy": [
    "targets {targetTrackingConfiguration.targetValue} % {targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType}",
    "targets {targetTrackingConfiguration.targetValue} % {targetTrackingConfiguration.customizedMetricSpecification.metricName}",
    "{predictiveScalingConfiguration.mode}",
    "changes the size by {stepAdjustments[0].scalingAdjustment} % in one step",
  ],
  "aws:autoscaling/schedule:Schedule": [
    "at least {minSize} machines from {recurrence} {timeZone}",
    "at least {minSize} machines from {startTime}",
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "{metricName}",
    "{metricQueries[0].metric.metricName}",
    "{comparisonOperator} {threshold} for {evaluationPeriods} min",
  ],
  "aws:cloudwatch/dashboard:Dashboard": ["{dashboardName}"],
  "aws:cloudwatch/logGroup:LogGroup": ["{name}", "{retentionInDays} days"],
  "alicloud:vpc/network:Network": ["{cidrBlock}"],
  "alicloud:vpc/switch:Switch": ["{cidrBlock}", "{zoneId}"],
  "alicloud:vpc/natGateway:NatGateway": ["{natType}", "in {vswitchId}"],
  "alicloud:vpc/routeTable:RouteTable": [],
  "alicloud:vpc/routeTableAttachment:RouteTableAttachment": ["{vswitchId} uses {routeTableId}"],
  "alicloud:vpc/routeEntry:RouteEntry": ["{destinationCidrblock} to {nexthopId}"],
  "alicloud:vpc/snatEntry:SnatEntry": ["{sourceVswitchId} as {snatIp}", "{sourceCidr} as {snatIp}"],
  "alicloud:ecs/eipAddress:EipAddress": ["fixed public address", "{bandwidth} Mbps"],
  "alicloud:ecs/eipAssociation:EipAssociation": ["on {instanceId}"],
  "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage": ["{bandwidth} Mbps shared", "{internetChargeType}"],
  "alicloud:vpc/commonBandwithPackageAttachment:CommonBandwithPackageAttachment": ["shares {bandwidthPackageId}"],
  "alicloud:alb/loadBalancerCommonBandwidthPackageAttachment:LoadBalancerCommonBandwidthPackageAttachment": [
    "shares {bandwidthPackageId}",
  ],
  "alicloud:nlb/loadbalancerCommonBandwidthPackageAttachment:LoadbalancerCommonBandwidthPackageAttachment": [
    "shares {bandwidthPackageId}",
  ],
  "alicloud:ecs/securityGroup:SecurityGroup": [],
  "alicloud:ecs/instance:Instance": ["{instanceType}", "{privateIp}"],
  "alicloud:ecs/ecsDisk:EcsDisk": ["{size} GiB {category}", "encrypted? encrypted", "{zoneId}"],
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment": ["{diskId} on {instanceId}"],
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": ["{instanceType}", "{imageId}", "{systemDisk.size} GiB"],
  "alicloud:ecs/ramRoleAttachment:RamRoleAttachment": ["{ramRoleName} on {instanceId}"],
  "alicloud:oos/secretParameter:SecretParameter": ["{secretParameterName}"],
  "alicloud:kms/secret:Secret": ["{secretName}"],
  "alicloud:oss/bucket:Bucket": [
    "{bucket}",
    "{serverSideEncryptionRule.sseAlgorithm}",
    "versioning {versioning.status}",
  ],
  "alicloud:oss/bucketPublicAccessBlock:BucketPublicAccessBlock": ["blockPublicAccess? no public access"],
  "alicloud:oss/bucketPolicy:BucketPolicy": [],
  "alicloud:oss/bucketObject:BucketObject": ["{contentType}"],
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy": ["at {timePoints}:00", "kept {retentionDays} days"],
  "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment": ["for {diskId}"],
  "alicloud:log/storeIndex:StoreIndex": ["for {logstore}"],
  "alicloud:vpc/flowLog:FlowLog": ["{trafficType} to {logStoreName}"],
  "alicloud:alb/loadBalancerAccessLogConfigAttachment:LoadBalancerAccessLogConfigAttachment": ["to {logStore}"],
  "alicloud:ram/role:Role": ["assumed by its machines"],
  "alicloud:ram/policy:Policy": ["access to its own secret, log, metrics and lifecycle actions"],
  "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment": ["{policyName}"],
  "alicloud:pvtz/zone:Zone": ["{zoneName}", "private"],
  "alicloud:pvtz/zoneAttachment:ZoneAttachment": ["in {vpcs[0].vpcId}"],
  "alicloud:pvtz/zoneRecord:ZoneRecord": ["{rr} {type} {value}"],
  "alicloud:alb/loadBalancer:LoadBalancer": ["application, {loadBalancerEdition}"],
  "alicloud:alb/loadBalancerSecurityGroupAttachment:LoadBalancerSecurityGroupAttachment": ["{securityGroupId}"],
  "alicloud:alb/serverGroup:ServerGroup": [
    "{protocol}",
    "GET {healthCheckConfig.healthCheckPath} on {healthCheckConfig.healthCheckConnectPort} every {healthCheckConfig.healthCheckInterval} s",
  ],
  "alicloud:alb/listener:Listener": ["{listenerProtocol} {listenerPort}"],
  "alicloud:nlb/loadBalancer:LoadBalancer": ["network"],
  "alicloud:nlb/serverGroup:ServerGroup": [
    "{protocol}",
    "GET {healthCheck.healthCheckUrl} on {healthCheck.healthCheckConnectPort} every {healthCheck.healthCheckInterval} s",
  ],
  "alicloud:nlb/listener:Listener": ["{listenerProtocol} {listenerPort}"],
  "alicloud:ess/scalingGroup:ScalingGroup": ["{minSize} to {maxSize} machines", "cooldown {defaultCooldown} s"],
  "alicloud:ess/scalingRule:ScalingRule": [
    "targets {targetValue} % CPU",
    "{predictiveScalingMode}",
    "changes the size by {stepAdjustments[0].scalingAdjustment} % in one step",
  ],
  "alicloud:ess/lifecycleHook:LifecycleHook": ["{lifecycleTransition}", "{heartbeatTimeout} s, then {defaultResult}"],
  "alicloud:ess/instanceRefresh:InstanceRefresh": [
    "rolls to version {desiredConfigurationLaunchTemplateVersion}",
    "{minHealthyPercentage} to {maxHealthyPercentage} % in service",
    "pauses {checkpointPauseTime} min after the first machine",
  ],
  "alicloud:ess/scheduledTask:ScheduledTask": [
    "at least {minValue} machines",
    "from {launchTime}",
    "on days {recurrenceValue}",
  ],
  "alicloud:ess/alarm:Alarm": ["{metricName} {comparisonOperator} {threshold}"],
  "alicloud:cms/alarm:Alarm": ["{metric} {escalationsCritical.comparisonOperator} {escalationsCritical.threshold}"],
  "alicloud:log/store:Store": ["{logstoreName}", "{retentionPeriod} days"],
  "alicloud:ess/serverGroupAttachment:ServerGroupAttachment": ["joins {serverGroupId} on {port}"],
  "alicloud:dns/alidnsRecord:AlidnsRecord": ["{rr} {type} {value}"],
  "random:index/randomPassword:RandomPassword": ["{length} letters and digits"],
};

/** Said by other columns, or of no interest to an operator. */
const dull = /^(tags|name|description|.*Name|.*Description|resourceGroupId|forceDestroy|dryRun)$/i;

export function summarize({ type, inputs }: RecordedResource, clusterName: string): readonly string[] {
  const known = templates[type];
  if (known !== undefined) {
    return known.map((template) => fill(template, inputs, clusterName)).filter((text) => text !== "");
  }
  return Object.entries(inputs)
    .filter(([key, value]) => !dull.test(key) && isShort(value))
    .slice(0, 3)
    .map(([key, value]) => `${key} ${showValue(value, clusterName)}`);
}

const isShort = (value: Value): boolean => !(value instanceof Secret) && showValue(value, "\0").length <= 40;
