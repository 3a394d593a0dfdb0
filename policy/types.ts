/** The type tokens that several rules look at. */
export const awsType = {
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  listenerRule: "aws:lb/listenerRule:ListenerRule",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  group: "aws:autoscaling/group:Group",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  instance: "aws:ec2/instance:Instance",
  volume: "aws:ebs/volume:Volume",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  subnet: "aws:ec2/subnet:Subnet",
  secret: "aws:secretsmanager/secret:Secret",
} as const;

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
} as const;

/** The clouds' own databases. */
export const databaseType = {
  aws: "aws:docdb/cluster:Cluster",
  alibaba: "alicloud:mongodb/instance:Instance",
} as const;
