/** The type tokens that readers and rules look at. */
export const alibabaType = {
  webBalancer: "alicloud:alb/loadBalancer:LoadBalancer",
  webListener: "alicloud:alb/listener:Listener",
  webRule: "alicloud:alb/rule:Rule",
  webTargets: "alicloud:alb/serverGroup:ServerGroup",
  streamBalancer: "alicloud:nlb/loadBalancer:LoadBalancer",
  streamListener: "alicloud:nlb/listener:Listener",
  streamTargets: "alicloud:nlb/serverGroup:ServerGroup",
  group: "alicloud:ess/scalingGroup:ScalingGroup",
  refresh: "alicloud:ess/instanceRefresh:InstanceRefresh",
  template: "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
  instance: "alicloud:ecs/instance:Instance",
  disk: "alicloud:ecs/ecsDisk:EcsDisk",
  securityGroup: "alicloud:ecs/securityGroup:SecurityGroup",
  securityGroupRule: "alicloud:ecs/securityGroupRule:SecurityGroupRule",
  subnet: "alicloud:vpc/switch:Switch",
  parameter: "alicloud:oos/secretParameter:SecretParameter",
  secret: "alicloud:kms/secret:Secret",
  database: "alicloud:mongodb/instance:Instance",
} as const;

/** OSS keeps most of a bucket's settings in the bucket. */
export const alibabaBucket = {
  bucket: "alicloud:oss/bucket:Bucket",
  block: "alicloud:oss/bucketPublicAccessBlock:BucketPublicAccessBlock",
  acl: "alicloud:oss/bucketAcl:BucketAcl",
  object: "alicloud:oss/bucketObject:BucketObject",
  policy: "alicloud:oss/bucketPolicy:BucketPolicy",
} as const;
